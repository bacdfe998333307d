"""Starting the pages: what goes wrong is said in one clear message."""

import os
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from dashboards import serve
from dashboards.cli import parser
from dashboards.hall.room import MOST_PHONES
from dashboards.hall.rooms import MOST_ROOMS
from dashboards.serving import log
from dashboards.serving.options import options
from model.errors import VeerkrachtError


def test_a_taken_port_gives_one_clear_message(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status = serve.main(["--port", str(port)])

    said = capsys.readouterr()
    assert status == 2
    assert said.err.count("\n") == 1
    assert str(port) in said.err
    assert "--port" in said.err


@pytest.mark.parametrize("port", ["-1", "65536", "http", "1.5"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        serve.main(["--port", port])

    assert ended.value.code == 2
    assert "choose a whole number" in capsys.readouterr().err


def test_an_address_that_is_not_ours_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status = serve.main(["--host", "192.0.2.1", "--port", "0"])

    assert status == 2
    assert "192.0.2.1" in capsys.readouterr().err


def test_a_fault_while_the_model_is_made_ends_it_with_one_clear_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing() -> None:
        message = "the model cannot be compiled here."
        raise VeerkrachtError(message)

    monkeypatch.setattr(serve, "_warm_up", failing)
    monkeypatch.setattr(log, "quiet", lambda: None)

    assert serve.main(["--port", "0"]) == 2
    assert capsys.readouterr().err == "veerkracht: the model cannot be compiled here.\n"


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what is said once the first line was printed: that is as far as these pages come."""
    message = "the model is asked for."

    def failing(**_: object) -> None:
        raise VeerkrachtError(message)

    monkeypatch.setattr("scenarios.evaluate", failing)
    monkeypatch.setattr(log, "quiet", lambda: None)
    return message


def test_pages_whose_first_lines_nobody_reads_are_served_all_the_same(
    reached: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "w", encoding="utf-8") as nobody:
        monkeypatch.setattr("sys.stdout", nobody)
        assert serve.main(["--port", "0"]) == 2
        assert capsys.readouterr().err == f"veerkracht: {reached}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without a full device")
@pytest.mark.usefixtures("reached")
def test_an_address_that_cannot_be_printed_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert serve.main(["--port", "0"]) == 2
        assert "cannot print: No space left" in capsys.readouterr().err


def test_only_pages_that_others_can_reach_have_a_code() -> None:
    assert options([]).code == ""
    assert options(["--host", "localhost"]).code == ""
    codes = {options(["--host", "0.0.0.0"]).code, options(["--name", "laptop.local"]).code}  # noqa: S104
    assert len(codes) == 2
    assert all(len(code) == 6 for code in codes)


@pytest.mark.parametrize("path", ["demo", "/a b", "/../x", "//x", "/a?b"])
def test_a_root_path_that_is_none_is_refused(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options(["--root-path", path])
    assert "is not a path" in capsys.readouterr().err


def test_the_command_dashboard_takes_the_same_options() -> None:
    given = parser().parse_args(
        ["dashboard", "--host", "::1", "--port", "0", "--name", "a", "--root-path", "/demo/"]
    )

    assert (given.host, given.port, given.name, given.root_path) == ("::1", 0, ["a"], "/demo")


def test_the_pages_ask_for_nothing_outside() -> None:
    assert serve.ENVIRONMENT["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert serve.ENVIRONMENT["SOLARA_ASSETS_PROXY"] == "True"


def test_a_full_room_never_meets_the_most_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    given = [1024, 65_536]
    monkeypatch.setattr(resource, "getrlimit", lambda _: tuple(given))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: given.__setitem__(0, limits[0]))

    assert serve.connections() >= 2 * MOST_ROOMS * MOST_PHONES
    assert given[0] > serve.connections()
    given[:] = [1024, 1024]
    assert serve.connections() < 1024

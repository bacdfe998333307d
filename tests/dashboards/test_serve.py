"""Starting the pages: what goes wrong is said in one clear message."""

import socket

import pytest

from dashboards import serve


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


def test_ctrl_c_while_the_model_is_made_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "_warm_up", interrupted)

    assert serve.main(["--port", "0"]) == 0
    assert capsys.readouterr().err == ""


def test_the_pages_ask_for_nothing_outside() -> None:
    assert serve.ENVIRONMENT["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert serve.ENVIRONMENT["SOLARA_ASSETS_PROXY"] == "True"

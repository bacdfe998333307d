"""The command `cbs` fetches, reads and checks, and says plainly what came and what did not."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from calibration.cbs import service, snapshot
from dashboards.cli import main
from model.disk import cache
from tests.calibration.cbs.made_up import TABLE, Cbs, status


@pytest.fixture
def cbs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Cbs]:
    """A service on this machine, asked without waiting."""
    found = Cbs()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(service, "SPACING", 0.0)
    monkeypatch.setattr(service, "WAITS", (0.0,) * 4)
    monkeypatch.setenv(service.V4_VARIABLE, found.addresses.v4)
    monkeypatch.setenv(service.V3_VARIABLE, found.addresses.v3)
    yield found
    found.stop()


@pytest.mark.usefixtures("cbs")
def test_a_table_is_fetched_and_what_its_cells_say_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "kept"

    assert main(["cbs", "fetch", TABLE, "--out", str(out), "--quiet"]) == 0

    told = capsys.readouterr().out
    assert "24 cells by OData v4, version: Version 1, Modified 2026-06-01." in told
    cells = [line.replace("│", " ").split() for line in told.splitlines()]
    assert ["secret", "Confidential", "2"] in cells
    assert "times 1,000" in told
    assert snapshot.is_snapshot(out)


def test_a_fault_is_one_message_and_nothing_is_left(
    cbs: Cbs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cbs.fail("Observations", status(503), times=9)

    assert main(["cbs", "fetch", TABLE, "--out", str(tmp_path / "kept"), "--quiet"]) == 2

    told = capsys.readouterr().err
    assert told.startswith("veerkracht cbs: 127.0.0.1:")
    assert "status 503" in told
    assert not (tmp_path / "kept").exists()


def test_a_file_is_read_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "duo.csv"
    path.write_bytes("GEMEENTE;AANTAL\nCuraçao;1.250\nDelft;geheim\n".encode("latin-1"))
    arguments = ["cbs", "fetch", "--from-file", str(path), "--out", str(tmp_path / "kept")]

    assert main([*arguments, "--value", "AANTAL", "--decimal", "comma"]) == 0

    told = capsys.readouterr().out
    assert "'other' is a word that this program does not know" in told
    about = json.loads((tmp_path / "kept" / "manifest.json").read_text(encoding="utf-8"))
    assert (about["table"], about["protocol"], about["address"]) == ("duo", "file", "duo.csv")
    assert (tmp_path / "kept" / "cells.csv").read_text(encoding="utf-8").splitlines()[1] == (
        "Curaçao,AANTAL,AANTAL,,1250.0,1249.5,1250.5,,number,"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["fetch", "--out", "x"], "name a table"),
        (["fetch", "1", "--out", "x", "--value", "N"], "are for --from-file"),
        (["fetch", "--from-file", "f", "--out", "x", "--filter", "a"], "--filter is for fetching"),
        (["fetch", "1", "--out", "x", "--v4", "http://cbs.example"], "cannot be used"),
        (["fetch", "a/b", "--out", "x"], "is no number of a table"),
        (["check", "a/b"], "is no number of a table"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cbs", *arguments]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("cbs")
def test_check_ends_with_one_when_something_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cbs", "check", TABLE]) == 1

    told = capsys.readouterr().out
    assert f"{TABLE}: as expected: OData v4 has the table" in told
    assert "DIFFERS: OData v3 says its version by Modified, MetaDataModified" in told
    assert "written without the live service" in told


def test_the_tables_that_matter_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cbs", "list"]) == 0

    told = capsys.readouterr().out
    assert told.startswith("84780NED  ")
    assert "It would replace" in told


def test_without_a_network_one_message_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(*_: object) -> None:
        raise OSError("no network")

    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(service, "SPACING", 0.0)
    monkeypatch.setattr(service, "WAITS", (0.0,) * 4)
    monkeypatch.setattr(socket, "getaddrinfo", closed)

    assert main(["cbs", "fetch", TABLE, "--out", str(tmp_path / "kept"), "--quiet"]) == 2
    assert "no connection (is there a network here?)" in capsys.readouterr().err

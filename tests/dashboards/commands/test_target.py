"""The command `target` makes a target of a file and says how near runs come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from calibration.monitors.observed import Observed
from dashboards.cli import main
from dashboards.commands.outside import target as command
from tests.calibration.made_up import made_up

# Made up.
FILE = "Regio;Jaar;Aandeel (%);Leerlingen (aantal);Vsv'ers (aantal)\nDelft;2023;1,20;10000;120\n"
MAKE = ["--value", "Aandeel", "--keep", "Regio=Delft", "--like", "leaving_vo_eu11"]
WHY = ["--discrepancy", "0.1", "--reason", "One town."]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of figures, and runs without the model, whose rates stand below."""
    path = tmp_path / "delft.csv"
    path.write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "200")
    rates = iter((0.0120, 0.0124, 0.0128))

    def run(**_: object) -> Observed:
        rate = next(rates)
        return made_up({("vsv_vo_expected", "eu11", "all"): {5: rate}})

    monkeypatch.setattr(command, "observe_run", run)
    return path


Capture = pytest.CaptureFixture[str]


def test_from_a_file_to_a_target_to_a_verdict(file: Path, tmp_path: Path, capsys: Capture) -> None:
    mine = tmp_path / "mine.toml"
    assert main(["target", "new", str(file), *MAKE, *WHY, "--out", str(mine)]) == 0

    assert main(["target", "check", str(mine)]) == 0

    told = capsys.readouterr().out
    assert f"veerkracht target check {mine}" in told
    assert "leaving_vo_eu11_delft: 1.2 percent per year; fit" in told
    assert "quantity of the model: `vsv_vo_expected`, eu11, registered, crude, years 4-8" in told
    assert "the figure does not say of how many it is a share" in told
    assert "the program has 'leaving_vo_eu11' about the same quantity" in told
    assert "3 runs of 2,000 families: 1.2, 1.24, 1.28 percent per year" in told
    assert "noise between runs 0.04" in told
    assert "holds: +0.39 total errors" in told  # 1.2 log(1.24 / 1.2) over 0.1


def test_a_target_is_printed_with_what_is_missing(file: Path, capsys: Capture) -> None:
    assert main(["target", "new", str(file), *MAKE, "--n", "Leerlingen"]) == 0

    told = capsys.readouterr().out
    assert "\n# discrepancy =\n# reason =\n" in told
    assert "\nn = 10000\n" in told


def test_a_file_can_be_looked_at_without_runs(file: Path, tmp_path: Path, capsys: Capture) -> None:
    mine = tmp_path / "mine.toml"
    main(["target", "new", str(file), *MAKE, *WHY, "--out", str(mine)])

    assert main(["target", "check", str(mine), "--no-runs"]) == 0
    assert "runs of" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new", "FILE", *MAKE, "--keep", "Delft"], "write a column and a word"),
        (["new", "FILE", *MAKE, "--like", "leaving_vo"], "no target 'leaving_vo'"),
        (["new", "FILE", *MAKE, "--out", "FILE"], "there is such a file already"),
        (["check", "FILE"], "Each target begins with"),
        (["check", "MINE", "--replicates", "0"], "give 1 to 100"),
        (["check", "MINE", "--families", "all"], "noise is told at a size"),
        (["check", "MINE", "--families", "x"], "is not a number of families"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    file: Path,
    tmp_path: Path,
    arguments: list[str],
    told: str,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = tmp_path / "mine.toml"
    main(["target", "new", str(file), *MAKE, *WHY, "--out", str(mine)])
    places: dict[str, str] = {"FILE": str(file), "MINE": str(mine)}
    never: Callable[..., Observed] = pytest.fail
    monkeypatch.setattr(command, "observe_run", never)

    assert main(["target", *(places.get(one, one) for one in arguments)]) == 2
    assert told in capsys.readouterr().err

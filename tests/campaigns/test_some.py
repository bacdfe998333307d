"""A few cases of every campaign, and that a campaign would see what is wrong."""

import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from calibration.targets import reader
from model.errors import InputError
from tests.campaigns.campaign import Result, command, luck_of
from tests.campaigns.cases import mangled
from tests.campaigns.live import CAMPAIGNS, SEED, lived
from tests.campaigns.page import page


@pytest.fixture(autouse=True)
def _here(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what cases share lie where the tests' own folders do."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.getbasetemp()))


SOME = [one.name for one in CAMPAIGNS.values() if one.some]


@pytest.mark.parametrize("name", SOME)
def test_some_cases_find_nothing(name: str) -> None:
    found = lived(name, range(CAMPAIGNS[name].some), SEED)

    assert len(found) == CAMPAIGNS[name].some
    assert [one for one in found if one.finding] == []


def test_processes_of_their_own_can_live_them() -> None:
    asked = [sys.executable, "-m", "tests.campaigns", "packages", "--minutes", "0"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "the same command goes on" in done.stdout


def test_a_case_is_the_same_whenever_it_is_lived() -> None:
    assert lived("mangled", [7], SEED) == lived("mangled", range(5, 9), SEED)[2:3]
    assert luck_of("edits", 3, 1).random() == luck_of("edits", 3, 1).random()
    assert luck_of("edits", 3, 1).random() != luck_of("kills", 3, 1).random()


def test_a_reader_that_takes_everything_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = mangled.CAMPAIGN.prepare(tmp_path / "shared")
    monkeypatch.setattr(
        mangled, "targets_in", lambda _: [SimpleNamespace(discrepancy=0.0)], raising=True
    )

    findings = set()
    for number in range(60):
        place = tmp_path / str(number)
        place.mkdir()
        findings.add(case(number, luck_of("mangled", number, SEED), place).finding)

    assert {"accepted", "it says something else now"} <= findings


def test_a_traceback_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("dashboards.commands.lists.levers", failing)

    assert command("levers").finding.startswith("traceback: RuntimeError")


def test_the_page_names_every_finding() -> None:
    one = {"mangled": [Result(4, "target: twice", "refused", "accepted | so")]}
    told = page({"mangled": CAMPAIGNS["mangled"]}, one, {"mangled": "0123abcd"}, seed=1)

    assert "| target: twice | refused | 1 | 1 |" in told
    assert "- 4, target: twice: accepted / so" in told
    assert "| 1 | 20,000 | 1 | 0123abcd |" in told


def test_what_was_lived_elsewhere_stays_on_the_page() -> None:
    names = ("mangled", "kills", "edits")
    some = {name: CAMPAIGNS[name] for name in names}
    lived_there = {"kills": [Result(4, "main, SIGINT", "the same numbers", "it never ends")]}
    lived_here = {"mangled": [Result(4, "target: twice", "refused", "")]}
    nothing: dict[str, list[Result]] = {name: [] for name in names}
    before = page(some, nothing | lived_there, dict.fromkeys(names, "0123abcd"), seed=1)

    told = page(some, nothing | lived_here, dict.fromkeys(names, "4567"), seed=1, before=before)

    assert "| 1 | 400 | 1 | 0123abcd |" in told
    assert "| 1 | 20,000 | 0 | 4567 |" in told
    assert "| 0 | 300 | – | – |" in told
    assert told.count("- 4, main, SIGINT: it never ends") == 1
    assert told.index("## mangled") < told.index("## kills")
    assert "## edits" not in told


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe[", "line 1: this is not plain text in UTF-8"),
        (b"x = " + b"[" * 5000, "deeper than anybody needs"),
        (b"x = 99999-99-99", r"\[\[target\]\]"),
    ],
)
def test_a_file_of_targets_that_is_no_text_is_refused(
    data: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(data)

    with pytest.raises(InputError, match=says):
        reader.targets_in(path)

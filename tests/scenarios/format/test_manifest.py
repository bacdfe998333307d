"""`run.json` says itself what a folder holds, and is held against that once, when it is read."""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from model.errors import Cancelled, StorageError
from model.outcomes.registry import BY_OUTCOME, SERIES
from model.policy.scenario import Scenario
from model.registry import BY_PARAMETER, LEVERS
from scenarios.format.manifest import MANIFEST, platforms, python_here, read_about
from scenarios.format.parts import card_of
from scenarios.format.sealed import SEAL, sealed
from scenarios.runs.run import open_run, run_pairs
from scenarios.runs.verify import verify
from scenarios.store.list_runs import list_runs

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {
    "families": 40, "years": 2, "seed": 7, "replicates": range(2), "workers": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def made(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a finished ensemble with draws; tests work on copies."""
    folder = tmp_path_factory.mktemp("made") / "run"
    run_pairs(pair, **SMALL, draws="prior", out=folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Give a folder of its own, beside another that is whole."""
    shutil.copytree(made, tmp_path / "whole")
    shutil.copytree(made, tmp_path / "run")
    return tmp_path / "run"


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    return found


def test_a_folder_says_what_its_numbers_are_of_and_with_what_they_were_made(made: Path) -> None:
    about = record(made)

    assert [(one["outcome"], one["layer"]) for one in about["series"]] == list(SERIES)
    for one in about["series"]:
        row = BY_OUTCOME[one["outcome"]]
        assert (one["unit"], one["moment"], one["level"]) == (row.unit, row.moment, row.level)
    levers = {one["name"]: (one["unit"], one["value"]) for one in about["levers"]}
    assert levers == {one.name: (one.unit, one.base) for one in LEVERS}
    parameters = {one["name"]: (one["unit"], one["value"]) for one in about["parameters"]}
    assert parameters == {name: (row.unit, row.value) for name, row in BY_PARAMETER.items()}
    columns = pq.ParquetFile(made / "outcomes" / "part-00000.parquet").schema_arrow.names
    assert {one[end] for one in about["series"] for end in ("total", "of")} < set(columns)


def test_every_part_and_card_carries_the_id_of_the_ensemble_and_of_each_run(made: Path) -> None:
    ensemble = record(made)["ensemble"]
    path = made / "outcomes" / "part-00000.parquet"
    card = json.loads(card_of(path).read_text("utf-8"))
    told = json.loads(pq.ParquetFile(path).schema_arrow.metadata[b"veerkracht"])

    assert card["ensemble"] == told["ensemble"] == ensemble
    assert card["runs"] == told["runs"]
    assert len({one["id"] for one in card["runs"]}) == len(card["runs"]) == 8


def test_an_id_is_the_same_for_the_same_and_another_for_anything_else(
    pair: Pair, made: Path, tmp_path: Path
) -> None:
    def ensemble(**changes: Any) -> str:  # noqa: ANN401 - settings of any kind
        settings = SMALL | {"draws": "prior"} | changes
        scenarios = settings.pop("scenarios", pair)
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        with pytest.raises(Cancelled):  # the id is there before anybody has lived
            run_pairs(scenarios, **settings, out=folder, stop=lambda: True)
        return read_about(folder)["ensemble"]

    mine = read_about(made)["ensemble"]

    assert ensemble() == mine
    assert ensemble(replicates=range(1)) == mine
    others = [
        ensemble(seed=8),
        ensemble(families=42),
        ensemble(draws="none"),
        ensemble(scenarios=pair[::-1]),
        ensemble(scenarios=pair[:1]),
    ]
    assert len({mine, *others}) == 6


SETTINGS = ("families", "years", "seed", "draws", "draws_from", "replicates")
FIELDS = (
    "started", "finished", "settings", "scenarios", "seeds", "school_years", "levers", "parameters",
    "series", "populations", "groups", "made_by", "code_digest", "versions", "python", "ensemble",
    "parts", "data_digest", "ended", "draws_sha256", "program", "format",
)  # fmt: skip


def test_the_fields_that_tests_take_away_are_all_there_are(made: Path) -> None:
    assert {*FIELDS, "seal", "composition"} == set(record(made))
    assert set(SETTINGS) == set(record(made)["settings"])


def refused(folder: Path) -> str:
    """Return how a folder is refused, by all that read it, and listed beside a whole one."""
    for look in (read_about, open_run, verify):
        with pytest.raises(StorageError, match=r"^damaged: ") as caught:
            look(folder)
    listed = {one.folder.name: one for one in list_runs(folder.parent)}
    assert (listed["run"].state, listed["run"].told) == ("damaged", str(caught.value))
    assert listed["whole"].state == "finished"
    return str(caught.value)


@pytest.mark.parametrize("seal", [False, True])
@pytest.mark.parametrize("name", [*FIELDS, *(f"settings.{one}" for one in SETTINGS)])
def test_a_field_that_is_missing_is_damage_that_hides_no_other_run(
    folder: Path, name: str, *, seal: bool
) -> None:
    about = record(folder)
    inner, _, last = name.rpartition(".")
    del (about[inner] if inner else about)[last]
    (folder / MANIFEST).write_text(json.dumps(sealed(about) if seal else about), "utf-8")

    told = refused(folder)

    assert last in told or name in {"program", "format"}


WRONG: list[tuple[str, object, str]] = [
    ("settings.years", "x", "settings.years is 'x'; input should be a valid integer"),
    ("settings.years", 0, "settings.years is less than 1"),
    ("settings.families", 2.5, "settings.families is 2.5; input should be a valid integer"),
    ("settings.draws", "guess", "settings.draws is 'guess'; input should be 'none', 'prior' or"),
    ("settings.replicates", [0, 0], "settings.replicates are not different"),
    ("settings.replicates", [], "settings.replicates are not different"),
    ("settings.replicates", [-1, 0], "settings.replicates are not different"),
    ("settings", [], "settings is []; input should be"),
    ("finished", "yes", "finished is 'yes'; input should be a valid boolean"),
    ("seeds", {"0": 7}, "seeds are not those of its replicates"),
    ("seeds", {"0": 7, "1": "\x1b[2J"}, r"seeds.1 is '\x1b[2J'; input should be a valid integer"),
    ("scenarios", [], "scenarios has none, one without an id, or one twice"),
    ("scenarios", [{"id": "a"}, {"id": "a"}], "scenarios has none, one without an id, or one tw"),
    ("scenarios", [{}], "scenarios has none, one without an id, or one twice"),
    ("scenarios", "s01_reference", "scenarios is 's01_reference'; input should be a valid list"),
    ("parts", {"../../other.parquet": "0"}, "parts has a name that no part has"),
    ("groups", [["all"]], "groups are not pairs of dimension and group"),
    ("series", [1], "series.0 is 1; input should be a valid dictionary"),
    ("parameters", {"school.fade_rate": 0.2}, "parameters is {'school.fade_rate': 0.2}; input"),
    ("format", "3", "it does not say that veerkracht wrote it"),
    ("program", "another", "it does not say that veerkracht wrote it"),
]


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_a_field_of_another_kind_is_named_with_what_it_should_be(
    folder: Path, name: str, value: object, told: str
) -> None:
    about = record(folder)
    inner, _, last = name.rpartition(".")
    (about[inner] if inner else about)[last] = value
    (folder / MANIFEST).write_text(json.dumps(sealed(about)), "utf-8")

    assert told in refused(folder)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[" * 100_000, "it is no JSON (recursion limit"),
        (b'{"a":' * 100_000, "it is no JSON (recursion limit"),
        (b"", "it is no JSON (EOF"),
        (b"\xff\xfe", "it is no JSON ("),
        (b"[]", "it is no record"),
        (b"{}", "it does not say that veerkracht wrote it"),
    ],
    ids=["lists", "records", "nothing", "other bytes", "a list", "an empty record"],
)
def test_what_is_no_record_is_said_to_be_damaged(folder: Path, content: bytes, told: str) -> None:
    (folder / MANIFEST).write_bytes(content)

    assert told in refused(folder)


def later(about: dict[str, Any]) -> None:
    about["ended"] = "2030-01-01T00:00:00+00:00"


def other_python(about: dict[str, Any]) -> None:
    about["python"] = "2.7"


def without_seal(about: dict[str, Any]) -> None:
    del about[SEAL]


def other_size(about: dict[str, Any]) -> None:
    about["settings"]["families"] = 4000


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (later, "it was changed after it was written"),
        (other_python, "it was changed after it was written"),
        (without_seal, "it was changed after it was written"),
        (other_size, "its scenarios, settings or parameters are not those that were run"),
    ],
)
def test_whatever_is_changed_in_it_by_hand_is_seen(
    folder: Path, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    about = record(folder)
    change(about)
    (folder / MANIFEST).write_text(json.dumps(about), "utf-8")

    assert told in refused(folder)


def test_a_column_that_is_named_twice_is_damage(folder: Path) -> None:
    about = record(folder)
    about["series"].append(about["series"][0])
    (folder / MANIFEST).write_text(json.dumps(sealed(about)), "utf-8")

    assert "series names a column twice" in refused(folder)


def test_a_format_to_come_is_no_damage_and_says_what_reads_it(folder: Path) -> None:
    about = record(folder) | {"format": 4}
    (folder / MANIFEST).write_text(json.dumps(sealed(about)), "utf-8")

    with pytest.raises(StorageError, match=r"has format 4; this version of veerkracht reads forma"):
        open_run(folder)
    assert {one.state for one in list_runs(folder.parent)} == {"finished", "damaged"}


def test_numbers_in_it_come_back_as_they_were(made: Path) -> None:
    run = open_run(made)

    assert run.parameters == {name: row.value for name, row in BY_PARAMETER.items()}
    assert run.about["seeds"] == {"0": 7, "1": 0x9A1D8A6CDAF5FBB4}


def test_a_platform_is_system_processor_and_numpys_exponential() -> None:
    here = python_here()
    assert here.startswith(platform.python_version())
    assert f"{sys.platform} {platform.machine()}, exponential of " in here
    wide = "3.13.0 on linux x86_64, exponential of X86_V4"
    narrow = "3.12.9 on linux x86_64, exponential of X86_V3"

    assert platforms(wide, wide.replace("3.13.0", "3.12.1")) == ("", "")
    assert platforms(narrow, wide) == (
        "linux x86_64, exponential of X86_V3",
        "linux x86_64, exponential of X86_V4",
    )
    assert platforms("3.13.0 on linux x86_64", wide) == ("", "")
    assert platforms("3.13.0 on darwin arm64", wide) == ("darwin arm64", "linux x86_64")


def test_the_exponential_that_a_platform_names_is_the_one_that_numpy_takes() -> None:
    code = "from scenarios.format.manifest import python_here; print(python_here())"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"NPY_DISABLE_CPU_FEATURES": "X86_V4 X86_V3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "exponential of X86_V4" not in told
    assert "exponential of" in told

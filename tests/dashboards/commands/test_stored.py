"""Stored runs from the terminal: listed, exported, reported and verified, also those of before."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow.parquet as pq
import pytest

from dashboards.cli import main
from model import registry
from model.aliases import RENAMED
from model.policy.record import to_record
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.registry import LEVERS
from scenarios.format import manifest
from scenarios.format.layout import Series, observed_now
from scenarios.format.parts import card_of
from scenarios.format.sealed import sealed
from scenarios.runs.run import open_run, run_pairs
from scenarios.runs.verify import Place, Verdict
from scenarios.store.run_folder import data_digest, read_parts

FORMAT_2 = Path(__file__).parents[2] / "data" / "run_format2"
SIZE = ("--families", "40", "--years", "2", "--quiet", "--workers", "1")
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that runs a command and returns its status and what it printed."""

    def run(*words: str | Path) -> tuple[int, str]:
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small run; tests work on copies."""
    folder = tmp_path_factory.mktemp("made") / "run"
    assert main(["run", "s00_frozen_2023", *SIZE, "--out", str(folder)]) == 0
    return folder


STORED = Path(__file__).parents[2] / "data" / "run_format2"


@pytest.mark.parametrize("width", [50, 80])
def test_no_row_of_a_comparison_breaks_in_a_terminal(
    width: int, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    _, told = say("results", STORED, "--language", "nl")
    rows = told.partition("verschil (95%)")[2].splitlines()

    assert sum(row.startswith("  kloof") for row in rows) > 5
    assert max(map(len, rows)) <= width
    assert [row for row in rows if re.fullmatch(r"[\d.,%+-]+", row)] == []


def lacking(folder: Path, *outcomes: str) -> None:
    """Make a folder of before one of a version that did not observe some outcomes."""
    path = folder / "outcomes" / "part-00000.parquet"
    table = pq.read_table(path)
    pq.write_table(
        table.drop_columns([one for one in table.column_names if one.startswith(outcomes)]), path
    )
    rehashed(folder, path)


def rehashed(folder: Path, path: Path) -> None:
    """Make card and run.json say what a part is now."""
    content = path.read_bytes()
    card = json.loads(card_of(path).read_text("utf-8"))
    card |= {"size": len(content), "sha256": sha256(content).hexdigest()}
    card_of(path).write_text(json.dumps(sealed(card) if "seal" in card else card), "utf-8")
    about = json.loads((folder / "run.json").read_text("utf-8"))
    about["parts"] = {path.name: card["sha256"]}
    about["data_digest"] = data_digest(read_parts(folder))
    (folder / "run.json").write_text(json.dumps(sealed(about) if "seal" in about else about))


@pytest.mark.parametrize("content", ["{}", "[" * 100_000, '{"program": "veerkracht"}'])
def test_a_folder_that_is_damaged_is_listed_as_such_beside_the_others(
    say: Say, made: Path, tmp_path: Path, content: str
) -> None:
    shutil.copytree(made, tmp_path / "good")
    shutil.copytree(FORMAT_2, tmp_path / "old")
    shutil.copytree(made, tmp_path / "bad")
    (tmp_path / "bad" / "run.json").write_text(content, "utf-8")

    status, told = say("results", tmp_path)

    assert status == 0
    assert f"{tmp_path / 'good'}  [finished]" in told
    assert f"{tmp_path / 'old'}  [finished]" in told
    assert f"{tmp_path / 'bad'}  [damaged: {tmp_path / 'bad' / 'run.json'}: it " in told
    for command in (("verify",), ("results", "--csv", "-"), ("report",)):
        status, told = say(command[0], tmp_path / "bad", *command[1:])
        assert status == 2
        assert f"veerkracht {command[0]}: damaged: " in told


def test_numbers_whose_run_json_is_gone_are_no_empty_folder(say: Say, tmp_path: Path) -> None:
    folder = shutil.copytree(FORMAT_2, tmp_path / "run")
    (folder / "run.json").unlink()

    for looked_at in (folder, tmp_path):
        status, told = say("results", looked_at)
        assert status == 0
        assert f"{folder}  [damaged: {folder / 'run.json'}: it is gone, and only it says" in told


def test_verify_has_a_status_for_a_run_of_another_version(say: Say) -> None:
    status, told = say("verify", FORMAT_2, "--quiet")

    assert status == 3
    assert told.startswith("Another version of the model made this run (now model ")
    assert "The numbers of its 4 runs are as they were stored." in told


def test_stored_runs_are_listed_verified_and_written_in_dutch_too(say: Say, tmp_path: Path) -> None:
    dutch = ("--language", "nl")
    _, listed = say("results", FORMAT_2.parent, *dutch)
    _, verified = say("verify", FORMAT_2, "--quiet", *dutch)
    _, written = say("results", FORMAT_2, "--csv", tmp_path / "a.csv", *dutch)

    assert f"{FORMAT_2}  [af]" in listed
    assert re.search(r", 0,\d MB: .* gezinnen, 5 jaar, 2 herhaling", listed)
    assert verified.startswith("Een andere versie van het model maakte deze run (nu model ")
    assert re.match(r"Geschreven: .*a\.csv, [\d.]+ rijen, [\d.]+ daarvan verborgen", written)


@pytest.mark.parametrize(("language", "there"), [("en", "there, "), ("nl", "bewaard, ")])
def test_verify_names_the_first_places_that_differ(
    say: Say, monkeypatch: pytest.MonkeyPatch, language: str, there: str
) -> None:
    run = ("s05_flex_law", 0, 3)
    at = ("poor_share", "actual", "total", "2030/31", "eu11", "all", "all")
    verdict = Verdict(
        n_stored=8,
        n=8,
        different=(run,),
        where=(
            Place(run=run, kind="years", before="2023/24", now="2024/25"),
            Place(run=run, kind="weights"),
            Place(run=run, kind="number", at=at, before="2", now="3", n=1200),
        ),
    )
    monkeypatch.setattr("dashboards.commands.proving.verify.verify_run", lambda *_, **__: verdict)

    status, told = say("verify", FORMAT_2, "--quiet", "--language", language)

    assert status == 1
    first, *places = told.splitlines()
    assert "1" in first
    assert "8" in first
    assert all(place.startswith("  s05_flex_law, ") for place in places)
    assert f"2023/24 {there}2024/25" in places[0]
    assert f"2030/31, eu11 all all: 2 {there}3" in places[2]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Another platform"), ("nl", "Een ander platform")]
)
def test_verify_names_the_platform_where_bits_are_of_another(
    say: Say, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    run = ("s05_flex_law", 0, 3)
    where = (Place(run=run, kind="weights"),)
    other = {"platform_here": "linux x86_64", "platform_then": "darwin arm64"}
    different = Verdict(n_stored=8, n=8, different=(run,), where=where)
    for verdict, is_told in (
        (replace(different, **other), True),  # type: ignore[arg-type]
        (different, False),
        (Verdict(n_stored=8, n=8, **other), False),  # type: ignore[arg-type]
    ):
        monkeypatch.setattr(
            "dashboards.commands.proving.verify.verify_run", lambda *_, v=verdict, **__: v
        )
        _, told = say("verify", FORMAT_2, "--quiet", "--language", language)

        assert (f"{said}: " in told) == is_told
        assert ("darwin arm64" in told) == is_told


def test_verify_has_a_status_for_each_verdict(say: Say, made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made, tmp_path / "run")
    status, told = say("verify", folder, "--quiet", "--workers", "1")
    assert (status, told) == (0, "Same: all numbers of 1 runs, to the bit.\n")

    part = folder / "outcomes" / "part-00000.parquet"
    table = pq.read_table(part)
    place = table.column_names.index("hours_cv.actual.sum")
    twice = [None if one is None else 2.0 * one for one in table.column(place).to_pylist()]
    pq.write_table(table.set_column(place, "hours_cv.actual.sum", [twice]), part)
    rehashed(folder, part)
    status, told = say("verify", folder, "--quiet", "--workers", "1")

    assert status == 2
    assert f"damaged: {part}: its numbers are not those that were written" in told
    status, told = say("verify", made, "--quiet", "--replicates", "0")
    assert status == 2
    assert "has none of these replicates; it has 0." in told


def test_a_run_of_before_is_exported_and_reported(say: Say, tmp_path: Path) -> None:
    csv, page = tmp_path / "old.csv", tmp_path / "old.html"

    status, told = say("results", FORMAT_2, "--csv", csv, "--outcome", "income_eur_month")
    assert status == 0, told
    status, told = say("report", FORMAT_2, "--reach", "0", "--file", page, "--language", "en")
    assert status == 0, told

    table = pd.read_csv(csv)
    assert set(table["layer"]) == {"actual"}
    assert set(table["unit"]) == {"EUR per month"}
    assert "9110545043701d6ff2cc99c3e9fdc47883ace8c15ac811421181a9dc4170ae39" in page.read_text()


def test_a_run_that_lacks_an_outcome_is_exported_and_reported_without_it(
    say: Say, tmp_path: Path
) -> None:
    folder = shutil.copytree(FORMAT_2, tmp_path / "run")
    lacking(folder, "poor_share", "vsv_vo_expected", "hours_cv", "language_at_4")
    page = tmp_path / "page.html"

    status, _ = say("results", folder, "--csv", tmp_path / "o.csv", "--outcome", "vsv_mbo_expected")
    assert status == 0
    status, told = say("results", folder, "--csv", tmp_path / "p.csv", "--outcome", "poor_share")
    assert status == 2
    assert "this run has no 'poor_share': the version of the model that made it did not" in told
    assert not (tmp_path / "p.csv").exists()
    status, told = say("results", folder)
    assert status == 0, told
    assert "s05_flex_law" in told
    status, told = say("report", folder, "--reach", "0", "--file", page, "--language", "en")
    assert status == 0, told
    assert "Outcomes that this run lacks" in page.read_text("utf-8")


def test_the_layer_of_an_export_is_chosen_also_by_its_word_of_before(
    say: Say, tmp_path: Path
) -> None:
    found = {}
    for layer in ("actual", "true", "registered", "both"):
        words = ("--outcome", "vsv_vo_expected", "--year", "each", "--layer", layer)
        status, told = say("results", FORMAT_2, "--csv", tmp_path / f"{layer}.csv", *words)
        assert status == 0, told
        found[layer] = pd.read_csv(tmp_path / f"{layer}.csv")

    assert found["true"].equals(found["actual"])
    assert set(found["registered"]["layer"]) == {"registered"}
    assert len(found["both"]) == len(found["actual"]) + len(found["registered"])
    status, told = say("results", FORMAT_2, "--csv", "-", "--layer", "truth")
    assert status == 2
    assert "there is no layer 'truth'; there are actual and registered." in told


RENAMES = (
    ("lever", "help_with_law", "legal_help_access"),
    ("parameter", "school.yearly_fade", "school.fade_rate"),
    ("outcome", "child_poverty", "poor_share"),
)
"""Names of a version that there might have been, and those of today."""


@pytest.fixture
def of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a run that was stored when a lever, a parameter and an outcome had other names."""
    former = {now: then for _, then, now in RENAMES}

    def series(one: Series) -> Series:
        name = former.get(one["outcome"], one["outcome"])
        columns = {key: name + str(one[key])[len(one["outcome"]) :] for key in ("total", "of")}
        return {**one, "outcome": name, **columns}  # type: ignore[typeddict-item]

    def record(scenario: Scenario) -> dict[str, object]:
        text = json.dumps(to_record(scenario))
        for now, then in former.items():
            text = text.replace(now, then)
        return dict(json.loads(text))

    now = observed_now()
    assert now.composition is not None
    weighted = [[former.get(name, name), layer] for name, layer in now.composition["series"]]
    then = replace(
        now,
        series=tuple(map(series, now.series)),
        composition={**now.composition, "series": weighted},
    )
    ledger = {former.get(name, name): row for name, row in registry.BY_PARAMETER.items()}
    levers = tuple(
        SimpleNamespace(name=former.get(one.name, one.name), unit=one.unit, base=one.base)
        for one in LEVERS
    )
    plan = Scenario(
        id="plan",
        title_en="A plan",
        levers=(LeverChange(lever="legal_help_access", value=1.0),),
        parameters=(ParameterChange(parameter="school.fade_rate", value=0.3),),
    )
    for kind, old, new in RENAMES:
        monkeypatch.setitem(RENAMED[kind], old, new)  # type: ignore[index]
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "to_record", record)
        patched.setattr(manifest, "observed_now", lambda: then)
        patched.setattr(manifest, "BY_PARAMETER", ledger)
        patched.setattr(manifest, "LEVERS", levers)
        scenarios = (Scenario(), plan)
        run_pairs(scenarios, families=40, years=2, workers=1, out=tmp_path / "runs" / "renamed")
    return tmp_path / "runs" / "renamed"


def test_a_run_whose_names_were_renamed_since_is_as_good_as_any(
    say: Say, of_before: Path, tmp_path: Path
) -> None:
    about = (of_before / "run.json").read_text("utf-8")
    for _, old, new in RENAMES:
        assert f'"{old}"' in about
        assert f'"{new}"' not in about
    run = open_run(of_before)
    assert run.parameters["school.fade_rate"] == registry.BY_PARAMETER["school.fade_rate"].value
    assert "poor_share" in run.outcomes

    status, told = say("results", of_before.parent)
    assert (status, f"{of_before}  [finished]" in told) == (0, True)
    found = {}
    for name in ("child_poverty", "poor_share"):
        words = ("--csv", tmp_path / f"{name}.csv", "--outcome", name, "--year", "each")
        status, told = say("results", of_before, *words)
        assert status == 0, told
        found[name] = pd.read_csv(tmp_path / f"{name}.csv")
    assert set(found["poor_share"]["outcome"]) == {"poor_share"}
    assert found["child_poverty"].equals(found["poor_share"])

    page = tmp_path / "page.html"
    status, told = say("report", of_before, "--reach", "20", "--file", page, "--language", "en")
    assert status == 0, told
    assert "help_with_law" not in page.read_text("utf-8")
    status, told = say("verify", of_before, "--quiet", "--workers", "1")
    assert (status, told) == (0, "Same: all numbers of 2 runs, to the bit.\n")

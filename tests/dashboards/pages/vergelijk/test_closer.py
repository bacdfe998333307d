"""Closer looks: every number is that of the terminal, and small groups have none."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from dashboards.cli import main
from dashboards.commands.comparing.detail import comparisons
from dashboards.exports.about import KINDS
from dashboards.figures.scales import SCALES
from dashboards.pages.vergelijk import view
from dashboards.pages.vergelijk.closer import (
    cohorts,
    flows,
    grid,
    groups,
    look,
    reach,
    takes,
    years,
)
from dashboards.pages.vergelijk.state import DIMENSIONS, NOBODY, VIEWS, Choice
from dashboards.proof.carriers import proof_in
from dashboards.report.taken import Kind, taken
from dashboards.service import studied
from dashboards.service.prepared import TODAY
from dashboards.service.studied import Grouped
from dashboards.service.studies import Studies, Study, Work
from dashboards.service.use_study import Looked
from dashboards.texts import LANGUAGES, Texts, texts
from dashboards.texts.numbers import on_scale
from model.outcomes.registry import BY_OUTCOME
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.files.load import load
from scenarios.pairs.cohorts import Cohorts
from scenarios.pairs.reach import Exposure
from scenarios.runs.run import run_pairs
from scenarios.store import lived_before

Scenarios = dict[str, Scenario]
ONE = Choice(first="s19_housing", second=NOBODY, third=NOBODY, outcome="forced_moves")
ENGLISH = texts("en")


def live(study: Study[Any]) -> Looked[Any]:
    """Return a study that is done."""
    work = Work(study)
    work.live(lambda: False)
    assert work.fault is None
    return Looked(key=study.key, state="done", percent=100, found=work.found)


@pytest.fixture(scope="module")
def small() -> Any:  # noqa: ANN401 - a patch, which lasts for the module
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(studied, "FAMILIES", 400)
        patch.setattr(studied, "REPLICATES", 3)
        patch.setattr(studied, "FAMILIES_REACHED", 200)
        patch.setattr(studied, "FAMILIES_FOLLOWED", 600)
        yield patch


@pytest.fixture(scope="module")
def pair() -> tuple[Scenario, list[Scenario]]:
    return load(TODAY), [load("s19_housing")]


@pytest.fixture(scope="module")
def grouped(small: object, pair: tuple[Scenario, list[Scenario]]) -> Looked[Grouped]:
    assert small
    return live(studied.grouped(*pair))


@pytest.fixture(scope="module")
def reached(small: object, pair: tuple[Scenario, list[Scenario]]) -> Looked[tuple[Exposure, ...]]:
    assert small
    return live(studied.reached(*pair))


@pytest.fixture(scope="module")
def followed(small: object, pair: tuple[Scenario, list[Scenario]]) -> Looked[tuple[Cohorts, ...]]:
    assert small
    return live(studied.followed(*pair, "birth"))


@pytest.mark.parametrize("dimension", [*DIMENSIONS, "municipality"])
def test_every_group_has_the_number_and_range_that_the_terminal_prints(
    dimension: str, grouped: Looked[Grouped], scenarios: Scenarios
) -> None:
    assert grouped.found is not None
    # Groups of the letter are of children, so an outcome of families is not counted by them.
    outcome = "poor_share" if dimension == "letter_group" else ONE.outcome
    choice = replace(ONE, outcome=outcome)
    table = groups.table(choice, grouped, scenarios, dimension, ENGLISH)
    printed = "".join(comparisons(grouped.found.run, outcomes=[outcome], t=ENGLISH, by=dimension))
    blocks = dict(re.findall(r"^\S.*?, (.+)\n((?:  .*\n)+)", printed, re.MULTILINE))
    many, scale = SCALES[outcome].many, BY_OUTCOME[outcome].measure.scale

    assert any(row["cells"][0]["strip"] for row in table["rows"])
    for row in table["rows"]:
        line = next(one for one in blocks[row["label"]].splitlines() if one.startswith("  EU-11"))
        cell = row["cells"][0]
        if cell["strip"] is None:
            assert ENGLISH("terminal.small_group") in line
            continue
        mine = [many_of(one) / many * scale for one in numbers_in(cell["number"], cell["range"])]
        # Where no replicate differs there is no range in either.
        theirs = numbers_in(line)[2 : 2 + len(mine)]
        assert len(mine) == (3 if " to " in line else 1)
        for one, other in zip(mine, theirs, strict=True):
            digits = len(other.partition(".")[2])
            assert one == pytest.approx(many_of(other), abs=10.0**-digits), (line, cell)


def test_an_outcome_of_families_says_that_it_is_not_counted_by_groups_of_children(
    grouped: Looked[Grouped], scenarios: Scenarios, t: Texts
) -> None:
    table = groups.table(ONE, grouped, scenarios, "letter_group", t)

    assert (table["rows"], table["told"]) == ([], t("compare.groups.none"))


def numbers_in(*texts: str) -> list[str]:
    """Return the numbers in texts, with their signs."""
    return re.findall(r"[+\u2212-]?\d+(?:\.\d+)?", " ".join(texts).replace("EU-11", ""))


def many_of(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-"))


def test_a_group_that_is_too_small_has_no_number(
    grouped: Looked[Grouped], scenarios: Scenarios, t: Texts
) -> None:
    assert grouped.found is not None
    hidden = [one for one in grouped.found.answers if one.is_small and one.population == "eu11"]
    rows = groups.table(ONE, grouped, scenarios, "origin", t)["rows"]
    small = {one.group.partition(":")[2] for one in hidden if one.outcome == ONE.outcome}

    assert small & {row["name"] for row in rows}
    for row in rows:
        if row["name"] in small:
            assert row["cells"] == [grid.plain(t("compare.groups.small"))]
            assert row["note"] == ""


def test_a_number_behind_which_stand_few_events_is_hatched(
    grouped: Looked[Grouped], scenarios: Scenarios, t: Texts
) -> None:
    assert grouped.found is not None
    choice = Choice(first="s19_housing", second=NOBODY, third=NOBODY, outcome="vsv_vo_expected")
    rows = groups.table(choice, grouped, scenarios, "family_type", t)["rows"]
    by_name = {
        one.group.partition(":")[2]: one
        for one in grouped.found.answers
        if one.outcome == choice.outcome and one.population == "eu11"
    }

    for row in rows:
        one = by_name[row["name"]]
        if not one.is_small:
            events = one.behind * len(one.years) * one.n * min(one.level, one.level_base)
            assert row["is_few"] == (events < groups.FEWEST)
    assert any(row["is_few"] for row in rows)


def test_a_tile_says_what_its_row_says(
    grouped: Looked[Grouped], scenarios: Scenarios, t: Texts
) -> None:
    rows = groups.table(ONE, grouped, scenarios, "municipality", t)["rows"]
    (map_,) = groups.tiles(ONE, grouped, scenarios, t)["maps"]

    assert {tile["name"] for tile in map_["tiles"]} == {row["name"] for row in rows}
    assert len({(tile["row"], tile["column"]) for tile in map_["tiles"]}) == len(map_["tiles"])
    for tile, row in zip(map_["tiles"], rows, strict=True):
        assert (tile["number"], tile["is_few"]) == (row["cells"][0]["number"], row["is_few"])


def test_the_reach_of_a_plan_is_that_of_the_terminal(
    reached: Looked[tuple[Exposure, ...]], scenarios: Scenarios, t: Texts
) -> None:
    assert reached.found is not None
    (found,) = reached.found
    table, levers = reach.tables(ONE, reached, scenarios, t)
    rows = found.table[(found.table["dimension"] == "all") & (found.table["population"] == "eu11")]
    last = rows[rows["school_year"] == rows["school_year"].max()].set_index("outcome")["value"]

    assert [row["cells"][0]["number"] for row in table["rows"]] == [
        t.percent(last[name], 1) for name in reach.YEARLY
    ]
    by_lever = found.by_lever().set_index("lever")
    assert [row["name"] for row in levers["rows"]] == list(by_lever.index)
    for row in levers["rows"]:
        assert row["cells"][2]["number"] == t.percent(by_lever.loc[row["name"], "children"], 1)


def test_a_cohort_is_that_of_the_terminal(
    followed: Looked[tuple[Cohorts, ...]], scenarios: Scenarios, t: Texts
) -> None:
    assert followed.found is not None
    (found,) = followed.found
    whole = found.table[(found.table["population"] == "eu11") & found.table["every_age"]]
    tables = cohorts.tables(ONE, followed, scenarios, t)

    assert sum(len(table["rows"]) for table in tables) == len(whole) > 0
    many = SCALES[cohorts.LIKE].many
    for table, birthday in zip(tables, (18, 23), strict=True):
        mine = whole[whole["birthday"] == birthday].set_index("cohort")
        for row in table["rows"]:
            one = mine.loc[row["name"]]
            if one["mark"]:
                assert row["cells"][1]["number"] == t("compare.groups.small")
                continue
            ends = (float(one[name]) for name in ("difference", "low", "high"))
            assert row["cells"][1]["number"] == on_scale(tuple(ends), many, t)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_every_file_comes_what_the_plans_change(
    language: str,
    grouped: Looked[Grouped],
    scenarios: Scenarios,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert grouped.found is not None
    monkeypatch.setattr(takes, "OUTCOMES", (ONE.outcome,))
    studies, t = Studies(), texts(language)
    study = Study(key=grouped.key, live=lambda *_: grouped.found)
    work = studies.want("a", study)
    assert work is not None
    work.live(lambda: False)
    changes = [one["text"] for one in view.differ(ONE, scenarios, t)["plans"][0]["settings"]]
    assert changes
    files = {
        kind: takes.file_of(taken, studies, grouped.key, kind, language)
        for kind in KINDS
        if kind != "report"
    }
    studies.close()

    for kind in ("csv", "csv_nl", "parquet"):
        file = files[kind]
        assert file is not None
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            text = archive.read("plans.txt").decode()
        assert all(one in text for one in changes)
    assert files["excel"] is not None
    book = openpyxl.load_workbook(io.BytesIO(files["excel"].content), read_only=True)
    about = [row[1] for row in book["about"].values if len(row) > 1]
    assert about[-len(changes) :] == changes


def test_a_file_that_was_taken_along_proves_itself(
    grouped: Looked[Grouped], tmp_path: Path
) -> None:
    assert grouped.found is not None
    files: tuple[tuple[Kind, str], ...] = (
        ("csv", "numbers.csv"),
        ("csv_nl", "numbers.csv"),
        ("parquet", "numbers.parquet"),
        ("excel", "veerkracht.xlsx"),
    )
    for kind, name in files:
        file = taken(grouped.found.run, kind, "en", outcomes=[ONE.outcome], differs=[("A", ["b"])])
        path = tmp_path / name
        if kind != "excel":
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                archive.extractall(tmp_path)
        else:
            path.write_bytes(file.content)
        proof, _ = proof_in(path)

        assert proof["data_digest"] == grouped.found.run.digest
        assert proof["asked"]["outcome"] == [ONE.outcome]


def test_a_table_to_take_along_is_that_of_the_terminal(
    grouped: Looked[Grouped],
    tmp_path: Path,
) -> None:
    assert grouped.found is not None
    folder = tmp_path / "run"
    run_pairs(
        grouped.found.plans,
        families=studied.FAMILIES,
        replicates=range(studied.REPLICATES),
        out=folder,
        workers=1,
    )
    main(["results", str(folder), "--outcome", ONE.outcome, "--csv", str(tmp_path / "x.csv")])
    file = taken(grouped.found.run, "csv", "en", outcomes=[ONE.outcome], differs=[])
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        numbers = archive.read("numbers.csv")

    assert numbers == (tmp_path / "x.csv").read_bytes()
    assert len(list(csv.reader(io.StringIO(numbers.decode())))) > 100


@pytest.mark.parametrize(("kind", "language"), [("gold", "nl"), ("csv", "fr")])
def test_what_cannot_be_taken_is_not_there(kind: str, language: str) -> None:
    assert takes.file_of(taken, Studies(), "0123456789ab", kind, language) is None
    assert takes.file_of(taken, Studies(), "0123456789ab", "csv", "nl") is None


@pytest.mark.parametrize("name", VIEWS)
def test_a_look_that_is_not_there_yet_says_how_far_it_is(
    name: str, scenarios: Scenarios, t: Texts
) -> None:
    nothing: Looked[Any] = Looked(percent=40)
    told: dict[str, Callable[[], Any]] = {
        "groups": lambda: groups.table(ONE, nothing, scenarios, "origin", t),
        "municipalities": lambda: groups.table(ONE, nothing, scenarios, "municipality", t),
        "cohorts": lambda: cohorts.tables(ONE, nothing, scenarios, t)[0],
        "flows": lambda: flows.table(ONE, nothing, scenarios, t),
        "reach": lambda: reach.tables(ONE, nothing, scenarios, t)[0],
        "take": lambda: takes.offered(ONE, nothing, "", scenarios, t),
        "years": lambda: years.table(ONE, {}, scenarios, t),
    }
    table: dict[str, Any] = told[name]()

    waits = t("compare.closer.percent", percent="40")
    assert table["told"] == (t("compare.ranked.waiting") if name == "years" else waits)
    assert not table.get("rows")
    assert name in [item["name"] for item in look.tabs(ONE, t)["items"]]


def test_two_plans_of_one_id_are_told_apart(pair: tuple[Scenario, list[Scenario]]) -> None:
    base, (other,) = pair

    assert [one.id for one in studied.distinct((base, other, other))] == [
        base.id,
        other.id,
        f"{other.id}_2",
    ]


def test_the_picture_holds_every_number_of_the_table_and_what_plans_change(
    scenarios: Scenarios, t: Texts
) -> None:
    answers: dict[str, PairedSums | None] = dict.fromkeys(ONE.compared)
    table = view.table(ONE, answers, scenarios, t)
    table["rows"][0]["cells"][0] |= {"number": "<b>1</b>", "range": "0 & 2"}
    picture = view.picture(table, view.differ(ONE, scenarios, t), t)

    assert "&lt;b&gt;1&lt;/b&gt; 0 &amp; 2" in picture
    assert picture.count("<text") > len(table["rows"])


def test_groups_are_lived_once_and_then_taken_from_the_cache(
    small: object,
    pair: tuple[Scenario, list[Scenario]],
    grouped: Looked[Grouped],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert small
    kept: dict[str, bytes] = {}
    shelf = SimpleNamespace(
        get=lambda _, key: kept.get(key), put=lambda _, key, content: kept.update({key: content})
    )
    monkeypatch.setattr(lived_before, "shelf", shelf)
    base, (plan,) = pair
    (prepared,) = studied.prepared_groups({TODAY: base, plan.id: plan})
    assert live(prepared).found == len(kept) == 2

    lived: list[int] = []
    study = studied.grouped(*pair)
    found = study.live(lambda done, _: lived.append(done), lambda: False)
    assert lived == []
    assert grouped.found is not None
    assert found.run.digest == grouped.found.run.digest
    assert repr(found.answers) == repr(grouped.found.answers)

    # What is of other people is not taken.
    monkeypatch.setattr(studied, "REPLICATES", 2)
    studied.grouped(*pair).live(lambda done, _: lived.append(done), lambda: False)
    assert lived

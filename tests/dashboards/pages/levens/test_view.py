"""Levens without a browser: words and numbers are those of the terminal, and none is an effect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

import pytest

from dashboards.cli import main
from dashboards.pages.levens import picture, view
from dashboards.pages.levens.state import (
    ENDINGS,
    FAMILY_TYPES,
    MUNICIPALITIES,
    START,
    Choice,
    changed,
    from_query,
    query,
)
from dashboards.service import lives as service
from dashboards.service.lives import Found, Life, lives_of, telling_lives
from dashboards.service.prepared import TODAY
from dashboards.service.studies import Study
from dashboards.service.use_study import Looked
from dashboards.texts import Texts, texts
from model.disk import cache
from model.policy.scenario import Scenario
from model.state import MEANINGS
from scenarios.files.load import load
from scenarios.pairs.find_twins import BETTER, DIRECTIONS, WORSE

Scenarios = dict[str, Scenario]
PLAN = "s21_all"
CHOICE = Choice(alternative=PLAN)
NAMES = (TODAY, PLAN, "s05_flex_law")


def live[Seen](study: Study[Seen]) -> Seen:
    """Return what a study finds."""
    return study.live(lambda *_: None, lambda: False)


@pytest.fixture(scope="module")
def small() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "FAMILIES", 300)
        patch.setattr(service, "YEARS", 10)
        yield patch


@pytest.fixture(scope="module")
def found(small: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Found:
    small.setenv(cache.VARIABLE, str(tmp_path_factory.mktemp("cache")))
    return live(telling_lives(load(TODAY), load(PLAN)))


@pytest.fixture(scope="module")
def life(found: Found) -> Life:
    return found.lives[view.listed(CHOICE, found)[0].child]


def test_what_was_kept_comes_back_to_the_digit(found: Found) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "telling", fail)
        assert live(telling_lives(load(TODAY), load(PLAN))) == found


def test_every_direction_comes_in_turn(found: Found) -> None:
    rows = view.listed(CHOICE, found)
    ways = [next(k for k, kinds in enumerate(DIRECTIONS) if row.kind in kinds) for row in rows]

    assert ways[:3] == [0, 1, 2]
    assert {row.child for row in rows} == set(found.lives)
    for ending in ENDINGS[1:]:
        shown = view.listed(replace(CHOICE, ending=ending), found)
        assert shown
        assert {row.kind for row in shown} <= set(view.KINDS[ending])


@pytest.mark.parametrize("place", MUNICIPALITIES[:3])
@pytest.mark.parametrize("kind", FAMILY_TYPES)
def test_only_families_of_the_place_and_type_are_shown(place: str, kind: str, found: Found) -> None:
    rows = view.listed(replace(CHOICE, municipality=place, family_type=kind), found)

    assert all((row.municipality, row.family_type) == (place, kind) for row in rows)


def test_the_list_is_that_of_the_terminal(found: Found, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["twins", TODAY, PLAN, "--families", "300", "--years", "10", "--most", "3"]
    assert main([*asked, "--language", "en"]) == 0
    printed = re.sub(r"[│┃\s]+", " ", capsys.readouterr().out)
    t = texts("en")

    for row in view.listed(CHOICE, found):
        chance = " → ".join(view.chances(row, t))
        assert re.search(rf" {row.child} {row.family} .{{0,60}}{re.escape(chance)}", printed), row


def test_a_life_is_that_of_the_terminal(
    found: Found, scenarios: Scenarios, capsys: pytest.CaptureFixture[str]
) -> None:
    row = view.listed(CHOICE, found)[0]
    asked = ["twins", TODAY, PLAN, "--families", "300", "--years", "10"]
    assert main([*asked, "--child", str(row.child), "--language", "en"]) == 0
    printed = re.sub(r"[^\w.:]+", "", capsys.readouterr().out)
    t = texts("en")
    shown = found.lives[row.child]
    tables = (view.happens(CHOICE, shown, scenarios, t), view.acquaintances(shown, t))

    assert shown.divergence is not None
    for table in tables:
        assert table["rows"]
        for one in table["rows"]:
            month, *_ = one["cells"]
            assert re.sub(r"[^\w.:]+", "", month.removeprefix("Family ")) in printed
    for value in ("base", "alternative"):
        assert str(shown.divergence.first[value]) in printed


def test_a_child_that_is_not_kept_is_lived_alike(found: Found) -> None:
    child = next(iter(found.lives))

    assert live(lives_of(load(TODAY), load(PLAN), child)) == found.lives[child]


def test_how_rare_a_family_is_counts_families(found: Found, scenarios: Scenarios) -> None:
    rows = view.listed(CHOICE, found)
    said = view.reasons(CHOICE, found, rows[0], scenarios, texts("en"))["why"]

    assert f"{rows[0].alike} of the {found.n_families} families" in said[1]
    for kind in (BETTER[1], WORSE[1]):
        ranked = [row.alike for row in found.rows if row.kind == kind]
        assert ranked == sorted(ranked)
    assert all(1 <= row.alike <= found.n_families for row in found.rows)


def test_it_is_said_to_be_no_effect(found: Found, scenarios: Scenarios, t: Texts) -> None:
    row = view.listed(CHOICE, found)[0]
    told = view.reasons(CHOICE, found, row, scenarios, t)

    assert t.number(2000) in told["words"]["caution"]
    assert PLAN in told["way"]


def test_the_first_parting_is_a_sentence_with_month_cause_and_values(
    life: Life, found: Found, t: Texts
) -> None:
    said = " ".join(view.parting(life.divergence, t))

    assert life.divergence is not None
    assert t.month(life.divergence.month + 2023 * 12 + 7) in said
    for one in found.lives.values():
        assert view.parting(one.divergence, t)
    assert view.parting(None, t) == [t("lives.together")]


def test_fields_in_words_are_fields_of_the_model(t: Texts) -> None:
    known = {name for kind in ("family", "adult", "child") for name in MEANINGS[kind]}

    assert set(t.part("lives.field")) <= known


def test_the_time_line_has_both_lives_and_the_parting(life: Life, t: Texts) -> None:
    drawn = picture.time_line(life, t)

    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn
    assert [lane["is_base"] for lane in drawn["lanes"]] == [True, False] * (
        len(drawn["lanes"]) // 2
    )
    assert life.divergence is not None
    assert drawn["parted"]["at"] == life.divergence.month
    for lane in drawn["lanes"]:
        assert all(a["end"] <= b["start"] for a, b in pairwise(lane["bars"]))
        assert all(bar["label"] in lane["reading"] for bar in lane["bars"])


def test_lines_lie_within_their_axis_and_part_with_the_lives(life: Life, t: Texts) -> None:
    for chart in picture.charts(life, t):
        values = [one for line in chart["lines"] for one in line["values"] if one is not None]
        assert values
        assert chart["low"] <= min(values)
        assert max(values) <= chart["high"]
        base, other = (line["values"] for line in chart["lines"])
        assert life.divergence is not None
        assert base[: life.divergence.month] == other[: life.divergence.month]


def test_a_page_is_small(found: Found, scenarios: Scenarios, t: Texts) -> None:
    for one in found.lives.values():
        parts: list[Any] = [
            picture.time_line(one, t),
            picture.charts(one, t),
            view.happens(CHOICE, one, scenarios, t),
            view.acquaintances(one, t),
        ]
        assert len(json.dumps(parts)) < 100_000


def test_the_address_holds_everything_and_nothing_else() -> None:
    choice = Choice(
        alternative="s05_flex_law",
        ending="more",
        municipality="rotterdam",
        family_type="recent",
        child=317,
        language="en",
    )

    assert from_query(query(choice, NAMES), NAMES) == (choice, ())
    assert query(START, NAMES) == ""
    dropped = from_query("child=-1&ending=worst&municipality=paris&alternative=x", NAMES)
    assert dropped[0] == START
    assert len(dropped[1]) == 4


@pytest.mark.parametrize("name", ["alternative", "ending", "municipality", "family_type"])
def test_another_search_begins_with_its_first_family(name: str) -> None:
    choice = replace(START, child=317)
    value = {"alternative": "s05_flex_law", "ending": "same", "municipality": "westland"}
    found = changed(choice, name, value.get(name, "recent"), NAMES)

    assert found is not None
    assert found.child == 0


def test_a_child_that_is_not_there_is_said_to_be_left_out(found: Found) -> None:
    rows = view.listed(CHOICE, found)

    assert not view.is_missing(CHOICE, found, rows)
    assert view.is_missing(replace(CHOICE, child=9_999_999), found, rows)
    assert not view.is_missing(replace(CHOICE, child=rows[1].child), found, rows)
    assert view.seen(replace(CHOICE, child=rows[1].child), rows) is rows[1]


def test_where_there_is_no_family_it_is_said(t: Texts) -> None:
    told = view.one(CHOICE, [], "", None, t)

    assert told["told"] == t("lives.nobody")
    assert told["title"] == ""


def test_what_is_not_there_yet_is_told(t: Texts) -> None:
    states: list[Literal["waiting", "full", "fault"]] = ["waiting", "full", "fault"]
    for one in states:
        assert view.waiting(Looked(state=one, percent=40, fault="Why."), t)
    assert view.waiting(Looked(state="done"), t) == ""

"""Zekerheid without a browser: three sentences, bars, checks, what stands still, and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from calibration.grades.found import Kept, Moving, Range, ledger_digest, load
from calibration.standing.kept import stood
from calibration.targets.reader import load_targets
from calibration.verdicts import NO, NOT_JUDGED, OPEN, YES
from dashboards.documents import validation
from dashboards.documents.limits import DOCS, PAGES, limits, text_of
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages.aanbevelingen.state import Choice as LetterChoice
from dashboards.pages.aanbevelingen.view import listed as letter
from dashboards.pages.places import way_to_zekerheid
from dashboards.pages.vergelijk import state as compare
from dashboards.pages.vergelijk.view import table
from dashboards.pages.zekerheid import checks, view
from dashboards.pages.zekerheid.dutch import translated
from dashboards.pages.zekerheid.state import START, Choice, changed, from_query, query
from dashboards.service.answering import Answering
from dashboards.service.prepared import TODAY, question
from dashboards.texts import Texts, look_words, texts
from model.policy.scenario import Scenario
from model.registry import BY_NAME, BY_PARAMETER
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.replicates import Memory, Replicates
from scenarios.authoring.differences import changes
from scenarios.format.draws_file import write_draws
from scenarios.runs import parameter_samples

Scenarios = dict[str, Scenario]
FLEX = Choice(scenario="s05_flex_law")
SETS = ("luck", "all", "D", "C", "AB")


def study(**ends: tuple[float, float, float]) -> Kept:
    """Return a study of one effect, about -1 in 10,000; `ends` are low, high and same of a set."""
    rows = []
    for name in SETS:
        low, high, same = ends.get(name, (-0.00012, -0.00008, 1.0))
        luck = 1.0 if name == "luck" else 0.001
        rows.append(
            Range("s05_flex_law", "vsv_vo_expected", name, 60, -0.0001, low, high, same, luck)
        )
    return Kept(
        digest=ledger_digest(),
        families=2000,
        years=15,
        seed=1,
        n_worlds=dict.fromkeys(SETS, 60),
        numbers={"luck": 0, "all": 499, "D": 450, "C": 14, "AB": 35},
        ranges=tuple(rows),
        moving=(Moving("s05_flex_law", "vsv_vo_expected", "school.leave_vo", -0.44),),
    )


def turns(kept: Kept, t: Texts) -> str:
    return view.turns(kept.ranges_of("s05_flex_law", "vsv_vo_expected"), t)


def test_nothing_turned_it_is_said_only_when_nothing_did(t: Texts) -> None:
    assert t("certainty.three.never", n="60") in turns(study(), t)
    told = turns(study(all=(-0.0003, 0.0001, 0.9)), t)
    assert t("certainty.three.never", n="60") not in told
    assert t("certainty.three.seldom", turned="6", n="60") in told


def test_the_way_is_that_of_the_larger_samples(t: Texts) -> None:
    assert t("certainty.three.goes_less", n="60") in turns(study(), t)
    up = study(luck=(0.00008, 0.00012, 1.0))
    up = replace(up, ranges=tuple(replace(one, middle=0.0001) for one in up.ranges))
    assert t("certainty.three.goes_more", n="60") in turns(up, t)


def test_what_chance_leaves_open_has_no_direction_to_turn(t: Texts) -> None:
    kept = study(luck=(-0.0002, 0.0001, 1.0), all=(-0.0003, 0.0001, 0.6))

    assert turns(kept, t) == t("certainty.three.chance")


def test_a_grade_that_turns_it_on_its_own_is_named(t: Texts) -> None:
    both = turns(study(all=(-0.0003, 0.0001, 0.8), D=(-0.0003, 0.0001, 0.8)), t)
    together = turns(study(all=(-0.0003, 0.0001, 0.8)), t)

    assert t("certainty.three.grade") in both
    assert t("certainty.three.grade") not in together


def by_luck(kept: Kept, *names: str) -> Kept:
    """Return a study in which some sets spread no further than luck."""
    return replace(
        kept,
        ranges=tuple(replace(one, by_luck=0.4) if one.set in names else one for one in kept.ranges),
    )


def test_what_spreads_no_further_than_luck_turns_nothing_and_has_no_bar(
    scenarios: Scenarios, t: Texts
) -> None:
    wide = study(all=(-0.0003, 0.0001, 0.8), D=(-0.0003, 0.0001, 0.8))

    assert turns(by_luck(wide, "all"), t) == t("certainty.three.not_told", n="60")
    assert t("certainty.three.grade") not in turns(by_luck(wide, "D"), t)
    found = view.grades(FLEX, by_luck(wide, "D"), scenarios, t)["rows"]
    rows = {row["name"]: row for row in found}
    assert rows["D"]["range"] == t("certainty.grades.unseen")
    assert rows["D"]["strip"]["bar"] is None
    assert rows["D"]["same"] == "–"
    assert rows["all"]["strip"]["bar"] is not None


def test_a_plan_that_was_not_lived_says_so(t: Texts) -> None:
    assert view.turns({}, t) == t("certainty.three.not_lived")


def test_without_a_posterior_levels_are_said_to_be_set_and_nothing_else(
    t: Texts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parameter_samples, "POSTERIOR", tmp_path / "posterior.parquet")
    placed = sum(bool(row.fitted) for row in BY_PARAMETER.values())

    assert view.calibrated(t) == t(
        "certainty.three.levels", n=str(len(BY_PARAMETER)), set=str(placed)
    )


@pytest.mark.parametrize("restricted", [False, True])
def test_a_posterior_that_is_shipped_is_told_from_its_file(
    restricted: bool, t: Texts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "posterior.parquet"
    free = [row for row in BY_PARAMETER.values() if row.is_free]
    draws = pd.DataFrame({row.name: [row.value] * 3 for row in free})
    write_draws(
        path,
        draws,
        fitted=["work.p_hire", "school.leave_vo"],
        digests={"targets": "x"},
        restricted=restricted,
    )
    monkeypatch.setattr(parameter_samples, "POSTERIOR", path)
    told = view.calibrated(t)

    assert told.startswith(t("certainty.three.posterior", n=str(len(BY_PARAMETER)), fitted="2"))
    assert (t("certainty.three.restricted") in told) == restricted


def test_what_is_assumed_of_a_plan_are_its_levers_of_grade_d(
    scenarios: Scenarios, t: Texts
) -> None:
    unknown = t("certainty.three.unknown_effect", levers="").rstrip(". ")
    for scenario in scenarios.values():
        told = view.assumed(scenarios[TODAY], scenario, t)
        moved = {one.name for one in changes(scenario, scenarios[TODAY]) if one.kind == "lever"}
        assumed = {name for name in moved if BY_NAME[name].effect_grade == "D"}
        named = told.partition(unknown)[2].strip(" :.")
        assert {t(f"lever.{name}.label") for name in assumed} == {
            one for one in named.split("; ") if one
        }
        assert (t("certainty.three.known_effect") in told) == bool(moved and not assumed)


def test_every_set_has_its_bar_and_numbers(scenarios: Scenarios, t: Texts) -> None:
    found = view.grades(FLEX, study(all=(-0.0003, 0.0001, 0.8)), scenarios, t)
    rows = {row["name"]: row for row in found["rows"]}

    assert list(rows) == ["luck", "all", "AB", "C", "D"]
    assert rows["luck"]["same"] == "–"
    assert rows["all"]["same"] == t("certainty.same", n="48", worlds="60")
    assert rows["all"]["range"] == t(
        "look.between", low=f"\N{MINUS SIGN}{t.number(3.0, 1)}", high=f"+{t.number(1.0, 1)}"
    )
    assert rows["all"]["strip"]["bar"][0] < 500 < rows["all"]["strip"]["bar"][1]
    assert rows["D"]["strip"]["bar"][1] < 500
    assert [row["name"] for row in found["moving"]] == ["school.leave_vo"]
    assert found["command"] == "veerkracht certainty s05_flex_law --outcome vsv_vo_expected"


def test_an_axis_holds_every_plan_and_is_never_drawn_in() -> None:
    small = study()
    wide = study(all=(-0.01, 0.001, 0.8))

    assert view.half_of(small, "vsv_vo_expected") == SCALES["vsv_vo_expected"].half
    assert view.half_of(wide, "vsv_vo_expected") == 0.01
    assert view.half_of(wide, "poor_share") == SCALES["poor_share"].half


def test_a_study_of_another_ledger_says_so(scenarios: Scenarios, t: Texts) -> None:
    old = replace(study(), digest="of before")

    assert t("certainty.grades.stale") in view.grades(FLEX, old, scenarios, t)["notes"]
    assert t("certainty.grades.stale") not in view.grades(FLEX, study(), scenarios, t)["notes"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_is_kept_can_be_shown_of_every_plan(
    outcome: str, scenarios: Scenarios, t: Texts
) -> None:
    for name in scenarios:
        if name != TODAY:
            choice = Choice(scenario=name, outcome=outcome)
            assert view.three(choice, load(), scenarios, t)["items"][2]["text"]
            rows = view.grades(choice, load(), scenarios, t)["rows"]
            assert all("nan" not in f"{row['number']}{row['range']}" for row in rows)


@pytest.fixture
def sums(answering: Answering, scenarios: Scenarios) -> PairedSums:
    """Give a made-up answer of five replicates."""
    assert answering
    lived = Replicates(question(scenarios, FLEX.scenario), Memory())
    for _ in range(5):
        lived.live()
    return lived.sums()


def test_the_headline_is_that_of_the_other_pages(
    sums: PairedSums, scenarios: Scenarios, t: Texts
) -> None:
    told = view.sure(FLEX, sums, False, scenarios, t)
    look = sums.look(FLEX.outcome)

    assert told["sentence"] == look_words.told(look, SCALES[FLEX.outcome].many, t).sentence
    assert (told["word"], told["n"], told["changed"]) == (look.word, 5, "")
    waiting = view.sure(FLEX, None, False, scenarios, t)
    assert (waiting["sentence"], waiting["n"]) == (t("letter.waiting"), 0)
    assert view.sure(FLEX, None, True, scenarios, t)["sentence"] == t("letter.fault")


def test_who_comes_from_a_changed_plan_reads_that_this_is_another(
    scenarios: Scenarios, t: Texts
) -> None:
    choice, dropped = from_query("scenario=s15_preschool&plan=changed", tuple(scenarios))

    assert dropped == ()
    assert view.sure(choice, None, False, scenarios, t)["changed"] == t("certainty.changed")
    other = changed(choice, "scenario", "s19_housing", tuple(scenarios))
    assert other == Choice(scenario="s19_housing")


def test_headlines_of_other_pages_lead_here_with_plan_and_outcome(
    sums: PairedSums, scenarios: Scenarios, t: Texts
) -> None:
    rows = table(compare.Choice(language="en"), {"s05_flex_law": sums}, scenarios, t)["rows"]
    row = next(row for row in rows if row["name"] == "forced_moves")
    cell = row["cells"][1]
    opened, dropped = from_query(urlsplit(cell["way"]).query, tuple(scenarios))

    assert dropped == ()
    assert opened == Choice(scenario="s05_flex_law", outcome="forced_moves", language="en")
    first = letter(LetterChoice(outcome="poor_share"), {}, scenarios, t)["rows"][0]
    opened, dropped = from_query(urlsplit(first["way"]).query, tuple(scenarios))
    assert dropped == ()
    assert opened.outcome == "poor_share"


def test_all_that_was_chosen_stands_in_the_address(scenarios: Scenarios) -> None:
    names = tuple(scenarios)
    choice = Choice(
        scenario="s19_housing",
        outcome="poor_share",
        plan="changed",
        language="en",
        theme="dark",
        screen="far",
    )

    assert from_query(query(choice, names), names) == (choice, ())
    assert query(Choice(), names) == ""
    assert set(parse_qs(query(choice, names))) == {
        "scenario", "outcome", "plan", "language", "theme", "screen",
    }  # fmt: skip
    address = way_to_zekerheid("s19_housing", "poor_share", choice, START, is_changed=True)
    assert from_query(urlsplit(address).query, names) == (choice, ())


@pytest.mark.parametrize(
    "part", ["scenario=s01_reference", "scenario=own.x", "outcome=wealth", "plan=mine"]
)
def test_what_does_not_exist_is_left_out_and_named(part: str, scenarios: Scenarios) -> None:
    assert from_query(part, tuple(scenarios)) == (Choice(), (part,))


def test_what_does_not_fit_comes_first_and_nothing_judged_is_left_out(t: Texts) -> None:
    found = checks.checks(t)
    rows = [*found["first"], *found["rest"]]
    report = validation.read(validation.NOW)
    judged = {
        row["key"]
        for row in report
        if row["block"] in {"fit", "check", "pattern", "stay"} and row["holds"] in {YES, NO, OPEN}
    } | {row["key"] for row in report if row["block"] == "fed in" and row["holds"] == NO}

    assert {row["name"] for row in rows} == judged
    order = [row["verdict_name"] for row in rows]
    assert order == sorted(order, key=["no", "open", "yes"].index)
    assert all(row["why"] for row in rows if row["verdict_name"] == "no")
    counted = re.findall(r"\d+", found["counts"])
    assert [int(one) for one in counted] == [order.count(one) for one in ("yes", "no", "open")]


def test_every_target_and_pattern_has_a_name_in_both_languages(t: Texts) -> None:
    names = t.part("certainty.row")
    wanted = [name for name, one in load_targets().items() if one.kind != "standing still"]

    assert [name for name in wanted if name not in names] == []
    assert [row["name"] for row in _all(t) if row["label"] == "" or "`" in row["label"]] == []


def _all(t: Texts) -> Iterator[dict[str, Any]]:
    found = checks.checks(t)
    yield from (*found["first"], *found["rest"])


def test_a_number_lies_beside_what_may_be_as_it_was_judged(t: Texts) -> None:
    for row in _all(t):
        strip = row["strip"]
        if strip is None:
            continue
        low, high = strip["may"]
        assert (low <= strip["middle"] <= high) or row["verdict_name"] != "yes", row["name"]
        assert 0 <= strip["bar"][0] <= strip["middle"] <= strip["bar"][1] <= 1000


def test_what_moves_by_itself_comes_first_and_every_row_has_words(t: Texts) -> None:
    found = checks.still(t)
    rows = [*found["first"], *found["rest"]]

    assert len(rows) == len(stood())
    assert len(found["first"]) == sum(one.verdict == NO for one in stood())
    counted = [int(one) for one in re.findall(r"\d+", found["counts"])]
    assert counted == [
        sum(one.verdict == YES for one in stood()),
        sum(one.verdict == NO for one in stood()),
        sum(one.verdict not in {YES, NO} for one in stood()),
    ]
    assert NOT_JUDGED in {one.verdict for one in stood()}
    assert len(found["ages"]) == 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_limits_are_those_of_the_documents_without_their_markup(language: str) -> None:
    page = (DOCS / PAGES[language]).read_text("utf-8")
    found = limits(language)
    told = [
        *(text for one in found for text in one["paragraphs"]),
        *(part for one in found for point in one["points"] for part in point),
    ]

    assert page == text_of(language), "run python -m dashboards.documents"
    assert len(found) == page.count("\n## ")
    assert sum(len(one["points"]) for one in found) == page.count("\n- ")
    assert not any(mark in text for text in told for mark in ("**", "](", "# ", "\n"))
    words = re.sub(r"[^\w]+", " ", " ".join(told))
    assert "voorspelling" in words if language == "nl" else "forecast" in words


def test_a_sentence_of_the_ledger_stands_in_the_readers_language_or_says_that_it_does_not() -> None:
    sentence = "How long a fixed contract lasts."

    assert translated(sentence, texts("nl")) == {
        "text": "Hoe lang een tijdelijk contract duurt.",
        "lang": "nl",
    }
    assert translated(sentence, texts("en")) == {"text": sentence, "lang": "en"}
    assert translated("A new one.", texts("nl")) == {"text": "A new one.", "lang": "en"}

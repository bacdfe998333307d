"""Digits: the same on terminal, report and page, and never a zero that is not one."""

import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboards.cli import main
from dashboards.commands.comparing.detail import comparisons, few_draws
from dashboards.figures.scales import SCALES
from dashboards.pages.verken import view as parts
from dashboards.pages.verken.state import Choice
from dashboards.report.report import report
from dashboards.report.words import ANSWERED
from dashboards.service.use_answer import Found
from dashboards.texts import Texts, texts
from dashboards.texts.answer_words import certainty, over_time, sentence
from dashboards.texts.numbers import (
    MISSING,
    changes,
    differences,
    interval,
    level,
    level_long,
    limit,
    on_scale,
    so_many,
    unsigned,
    with_unit,
    written,
)
from model.calendar import START_NUMBER
from model.outcomes.registry import OUTCOMES
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.answer import Answer, NotKnowing
from scenarios.statistics.answers import answers
from scenarios.statistics.over_time import over_times, told_as
from scenarios.statistics.overview import overview

NAN = float("nan")
ONE = Answer(
    outcome="vsv_mbo_expected",
    population="eu11",
    group="all",
    layer="actual",
    base="a",
    alternative="b",
    years=("2030/31", "2031/32"),
    level_base=0.0936,
    level=0.0921,
    value=-0.00148,
    low=-0.0029,
    high=-0.00004,
    p_sign=0.981,
    confidence=0.95,
    n=20,
    behind=1234.4,
    is_small=False,
)


def said(words: str) -> str:
    """Return a text with plain minus signs and single spaces."""
    return re.sub(r"\s+", " ", words.replace("\N{MINUS SIGN}", "-"))


def test_a_difference_has_two_figures_of_its_interval_and_no_zero_with_a_sign() -> None:
    digits = written(ONE, texts("en"))

    assert [said(one) for one in (digits.difference, digits.low, digits.high)] == [
        "-0.148",
        "-0.290",
        "-0.004",
    ]
    assert (digits.base, digits.level, digits.p_sign) == ("9.36%", "9.21%", "98.1%")
    assert (digits.behind, digits.size) == ("1,234 students", "0.148 percentage points")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((0.0, -0.0012, 0.0012), ["0", "-0.12", "+0.12"]),
        ((1e-12, -0.0012, 0.0012), ["0.00", "-0.12", "+0.12"]),
        ((-1e-12, NAN, NAN), ["0.000000", MISSING, MISSING]),
        ((0.0, NAN, NAN), ["0", MISSING, MISSING]),
        ((-0.15, NAN, NAN), ["-15.00", MISSING, MISSING]),
        ((-0.000032, NAN, NAN), ["-0.0032", MISSING, MISSING]),
    ],
)
def test_nothing_small_and_unknown_are_told_apart(
    values: tuple[float, ...], told: list[str]
) -> None:
    found = differences("vsv_mbo_expected", texts("en"), *values)

    assert [said(one) for one in found] == told
    assert not any(re.fullmatch(r"[+-]0(\.0+)?", said(one)) for one in found)


@pytest.mark.parametrize(
    ("outcome", "value", "dutch", "english"),
    [
        ("vsv_vo_expected", 0.0123, "1,23%", "1.23%"),
        ("income_eur_month", 1980.4, "1.980 euro per maand", "1,980 euros per month"),
        ("forced_moves", 0.0234, "2,3 per 100 gezinnen per jaar", "2.3 per 100 families per year"),
        ("language_at_12", -0.412, "-0,41 standaardafwijking", "-0.41 standard deviations"),
        ("n_mbo", 1234.2, "1.234 studenten", "1,234 students"),
    ],
)
def test_levels_are_written_in_their_unit(
    outcome: str, value: float, dutch: str, english: str
) -> None:
    assert said(level_long(outcome, value, texts("nl"))) == dutch
    assert said(level_long(outcome, value, texts("en"))) == english


def test_a_mean_of_zero_is_told_with_its_interval() -> None:
    told = interval("ve_take_up", 0.0, -0.0012, 0.0012, t=texts("nl"))

    assert said(told) == "0 (-0,12 tot +0,12)"
    assert interval("ve_take_up", 0.0, NAN, NAN, t=texts("nl")) == "0"


def test_every_outcome_has_words_for_its_numbers(t: Texts) -> None:
    for outcome in OUTCOMES:
        one = replace(ONE, outcome=outcome.name, behind=1234.4 if outcome.of else NAN)
        digits = written(one, t)
        assert with_unit(outcome.name, "1", t) in f"1 {digits.size.split(' ', 1)[1]}"
        assert limit(outcome.name, outcome.smallest.value, t)


def test_a_difference_of_shares_is_told_as_so_many(t: Texts) -> None:
    many = {"nl": "15 op elke 10.000 studenten", "en": "15 in every 10,000 students"}
    less = {"nl": "minder dan 1 op elke 10.000", "en": "less than 1 in every 10,000"}

    assert so_many(ONE, t) == many[t.language]
    assert so_many(replace(ONE, value=0.00002), t).startswith(less[t.language])
    assert so_many(replace(ONE, outcome="trust"), t) == ""


def test_a_small_group_shows_no_digit(t: Texts) -> None:
    small = replace(ONE, is_small=True)

    assert set(vars(written(small, t)).values()) == {MISSING}
    assert not re.search(r"\d", sentence(small, t).replace("10", ""))
    assert certainty(small, t) == ""


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (-0.0029, -0.00004, "lower in the model, from 9.36% to 9.21%"),
        (0.00004, 0.0029, "higher in the model"),
        (-0.0029, 0.0004, "does not show whether it becomes lower or higher"),
        (-0.0008, 0.0004, "With 95% certainty the difference is less than 0.1 percentage points"),
        (-0.0008, -0.0004, "That is little: with 95% certainty less than 0.1 percentage points"),
        (NAN, NAN, "so lower. That is 0.15 percentage points (15 in every 10,000 students)"),
    ],
)
def test_the_words_follow_from_the_interval(low: float, high: float, says: str) -> None:
    assert says in sentence(replace(ONE, low=low, high=high), texts("en"))


def test_certainty_is_about_chance_and_about_not_knowing_apart() -> None:
    t = texts("en")
    known = replace(ONE, p_sign=0.99999, not_knowing=NotKnowing(-0.004, 0.001, 0.85))

    assert "is 98.1%." in certainty(ONE, t)
    assert t("answer.only_chance") in certainty(ONE, t)
    assert "is more than 99.9%." in certainty(known, t)
    assert "between -0.40 and +0.10 percentage points, and in 85%" in said(certainty(known, t))


@pytest.mark.parametrize(("n", "is_few"), [(2, True), (38, True), (39, False), (200, False)])
def test_too_few_draws_to_know_what_is_not_known_are_told(n: int, is_few: bool) -> None:
    known = replace(ONE, n=n, not_knowing=NotKnowing(-0.004, 0.001, 0.85))

    assert ("Only from 39 on" in certainty(known, texts("en"))) == is_few
    assert ("Pas vanaf 39 keer" in certainty(known, texts("nl"))) == is_few


def test_one_draw_is_said_to_tell_nothing_and_a_few_to_tell_little() -> None:
    assert (
        few_draws(1, texts("en"))
        == "One draw says nothing of not knowing. 95% takes --replicates 39."
    )
    assert few_draws(3, texts("en")).startswith("3 draws say little of not knowing")


POLICY = Scenario(
    id="lessons",
    title_nl="Meer les",
    title_en="More lessons",
    levers=(
        LeverChange(lever="extra_education_hours", value=3.0, start=START_NUMBER + 6.0),
        LeverChange(lever="care_access_level", value=0.9),
    ),
)


QUESTION = Question(base=FROZEN_2023, alternative=POLICY, years=8)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    """Give a stored run that is large enough to show mbo."""
    return run_pairs(
        (FROZEN_2023, POLICY),
        families=500,
        years=8,
        replicates=range(3),
        out=tmp_path_factory.mktemp("runs") / "lessons",
        workers=1,
    )


def lived(n: int) -> PairedSums:
    """Return as many replicates as the page has lived of the same question."""
    found = Replicates(QUESTION, Memory())
    while found.n < n:
        next(found)
    return found.sums()


def test_terminal_report_and_page_show_the_same_digits_and_years(
    run: Ensemble, capsys: pytest.CaptureFixture[str]
) -> None:
    t = texts("en")
    both = answers(run, outcome=ANSWERED, population="eu11", dimension=told_as(run))
    found = [one for one in both if one.group == "all"]
    changed = {one.answer.outcome: one for one in over_times(run, both)}
    assert [one.reading != "small" for one in found] == [True, True]

    assert main(["results", str(run.folder), "--outcome", "vsv_mbo", "--outcome", "vsv_vo"]) == 0
    terminal = capsys.readouterr().out
    sheet = html.unescape(re.sub(r"<[^>]+>", " ", report(run, "en", reach_families=0)))
    seen = Found(question=QUESTION, families=500, sums=lived(3), state="ready")
    shown = parts.answer(seen, QUESTION, Choice(base="", alternative=""), t)
    cards = {card["name"]: card for card in shown["cards"]}

    for one in found:
        digits = written(one, t)
        row = f"{digits.base} {digits.level} {digits.difference} ({digits.low} to {digits.high})"
        assert said(f"EU-11 {row} {digits.p_sign} {t.number(one.behind)}") in said(terminal)
        assert said(sentence(one, t)) in said(sheet)
        since = over_time(changed[one.outcome], t)
        assert said(since) in said(sheet)
        card, many = cards[one.outcome], SCALES[one.outcome].many
        number, low, high = on_scale((one.value, one.low, one.high), many, t)
        assert card["number"] == number
        assert card["range"] == f"between {low} and {high}"
        held = written(changed[one.outcome].answer, t)
        row = f"{held.base} {held.level} {held.difference} ({held.low} to {held.high})"
        assert said(f"EU-11 {row} {held.p_sign}") in said(terminal)
        base, policy, *crude = changes(changed[one.outcome], t)
        told = f"since 2023/24: {base} and {policy} (crude: {' and '.join(crude)})"
        assert said(told) in said(terminal)
        for number in map(unsigned, (held.difference, base, policy, *crude)):
            assert number in since
        for number in map(unsigned, (digits.difference, digits.low, digits.high)):
            assert number in sentence(one, t)
    years = "2025/26 to 2029/30"
    assert f"School years {years} together" in said(terminal)
    assert f"School years {years} together" in said(sheet)
    assert f"School years {years} together" in shown["basis"]
    assert level("trust", NAN, t) == MISSING


def test_the_page_hides_what_terminal_and_report_hide(run: Ensemble) -> None:
    page = lived(3)

    for outcome in ("vsv_vo_expected", "vsv_mbo_expected", "contract_zero_hours"):
        (told,) = answers(run, outcome=outcome, population="eu11")
        assert page.look(outcome).answer.is_small <= told.is_small


def test_a_year_on_the_page_has_the_numbers_of_the_report(run: Ensemble) -> None:
    page = lived(3)
    for outcome in ("vsv_mbo_expected", "forced_moves"):
        by_year = page.by_year(outcome)
        rows = overview(run, outcome=outcome, dimension="all", all_cells=True)
        rows = rows[(rows["population"] == "eu11") & (rows["scenario"] == POLICY.id)]
        assert len(rows) >= 5
        for row in rows.to_dict("records"):
            year = page.school_years.index(row["school_year"])
            told = (by_year.levels[0, 1], by_year.difference, by_year.low, by_year.high)
            stored = [row[name] for name in ("level", "difference", "low", "high")]
            if not np.isnan(told[0][year]):
                assert [one[year] for one in told] == pytest.approx(stored, rel=1e-12, nan_ok=True)


def test_a_comparison_on_the_screen_has_no_empty_zero_and_no_infinity(run: Ensemble) -> None:
    everything = "\n".join(
        comparisons(
            run,
            outcomes=[outcome.name for outcome in OUTCOMES],
            by="letter_group",
            t=texts("en"),
        )
    )

    assert not re.search(r"[+-]0(\.0+)?[ )]", said(everything))
    assert "inf" not in everything.replace("information", "")
    assert "nan" not in everything


def test_a_run_is_compared_by_every_name_of_an_outcome(
    run: Ensemble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, file = str(run.folder), str(tmp_path / "a.csv")

    assert main(["results", folder, "--csv", file, "--outcome", "vsv_mbo"]) == 0
    assert set(run.table(outcome="vsv_mbo")["outcome"]) == {"vsv_mbo_expected"}
    assert main(["results", folder, "--outcome", "preschol"]) == 2
    assert "Did you mean 'preschool'" in capsys.readouterr().err


def test_outcomes_are_listed_with_unit_other_names_and_what_matters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["outcomes"]) == 0
    told = said(capsys.readouterr().out)

    assert all(outcome.name in told for outcome in OUTCOMES)
    assert "vsv_mbo_expected Early leaving in mbo" in told
    assert "Unit: % per year. Also: vsv_mbo." in told
    assert "Matters from 0.1 percentage points: one student in 1,000 a year" in told

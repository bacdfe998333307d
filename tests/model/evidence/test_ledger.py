"""The ledger: every number has limits, a prior, a grade and a source, and something reads it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from calibration.readers import rules_reading, unread
from calibration.sources import ASSUMPTION, load_sources, used_keys
from model.evidence.ledger import (
    FIXED,
    GRADES,
    LAWS,
    UNVERIFIED,
    Grade,
    Law,
    Prior,
    digest,
    lognormal,
    normal,
    number,
    uniform,
)
from model.registry import BY_PARAMETER

ROWS = list(BY_PARAMETER.values())

UNIT_OF_SUFFIX = {
    "_eur_month": "EUR per month",
    "_eur_hour": "EUR per hour",
    "_months": "months",
    "_years": "years",
    "_weeks": "weeks",
    "_days": "days",
    "_thousand": "thousand",
}


def declared(**changes: Any) -> float:  # noqa: ANN401 - a value of any argument
    """Declare a number that is right, but for what is changed."""
    right: dict[str, Any] = {
        "value": 0.3,
        "unit": "share",
        "limits": (0.0, 1.0),
        "prior": uniform(0.2, 0.6),
        "source": "assumption",
        "grade": "D",
    }
    return number(**(right | changes))


def test_a_number_has_a_unit_limits_around_it_and_a_grade() -> None:
    wrong = [
        row.name
        for row in ROWS
        if not row.unit.strip() or not row.low <= row.value <= row.high or row.grade not in GRADES
    ]

    assert wrong == []


def test_no_unverified_number_lies_on_an_end_of_its_limits() -> None:
    rows = [row for row in ROWS if row.grade in UNVERIFIED and row.low < row.high]

    assert [row.name for row in rows if row.value in (row.low, row.high)] == []


def test_a_prior_lies_within_its_limits() -> None:
    points = {row.name: (row.low, *row.likely, row.high) for row in ROWS if row.is_free}

    assert [name for name, four in points.items() if list(four) != sorted(four)] == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": 1.2}, "the value lies outside its limits 0.0 to 1.0"),
        ({"prior": uniform(0.2, 1.1)}, "the prior's points 0.2 and 1.1 lie outside the limits"),
        ({"prior": normal(-0.1, 0.4)}, "narrow the prior or widen the limits"),
        ({"value": 0.0}, "an unverified value lies on an end of its limits"),
        ({"value": 1.0, "grade": "C", "source": "S13"}, "nothing says that the world ends"),
        ({"value": 0.3, "limits": (0.3, 0.3)}, "limits of one point need the prior FIXED"),
        ({"fitted": "by hand"}, "fitted = 'by hand' does not say to what"),
        ({"fitted": "by hand: "}, "write how, a colon, and the patterns or figures"),
        ({"fitted": ": P1a"}, "does not say to what"),
    ],
    ids=str,
)
def test_a_declaration_that_cannot_be_is_refused_with_what_to_do(
    changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        declared(**changes)


@pytest.mark.parametrize("grade", ["A", "B"])
def test_what_was_read_may_be_an_end_the_law_is_one(grade: Grade) -> None:
    declared(value=1.0, grade=grade, source="letter")
    declared(value=0.3, limits=(0.3, 0.3), prior=FIXED)


@pytest.mark.parametrize(
    ("law", "low", "high", "told"),
    [
        ("uniform", 0.4, 0.4, "needs two points in order"),
        ("normal", 0.5, 0.1, "needs two points in order"),
        ("lognormal", 0.0, 0.1, "lies above 0"),
        ("logit_normal", 0.5, 1.0, "lies between 0 and 1"),
        ("gamma", 0.1, 0.4, "the law 'gamma', not one of fixed, uniform, normal, lognormal"),
    ],
)
def test_an_unknown_law_and_points_that_a_law_cannot_have_are_refused(
    law: Any,  # noqa: ANN401 - also what the type refuses
    low: float,
    high: float,
    told: str,
) -> None:
    with pytest.raises(ValueError, match=told):
        Prior(law, low, high)


@pytest.mark.parametrize("law", [law for law in LAWS if law not in ("fixed", "uniform")])
def test_the_points_of_a_prior_are_its_5_and_95_percent(law: Law) -> None:
    prior = Prior(law, 0.3, 0.5)

    assert prior.quantile(0.05, limits=(0.0, 1.0)) == pytest.approx(0.3)
    assert prior.quantile(0.95, limits=(0.0, 1.0)) == pytest.approx(0.5)


def test_what_reaches_over_the_limits_is_cut_off_and_the_rest_keeps_its_shape() -> None:
    prior, limits = normal(0.0, 1.0), (0.3, 2.0)
    shares = [k / 100 for k in range(101)]
    cut = [prior.quantile(share, limits=limits) for share in shares]

    assert cut == sorted(cut)
    assert cut[0] == pytest.approx(0.3)
    assert cut[-1] <= 2.0
    # 25.5% lies below 0.3; with a third of the rest that is 50.3% of the whole law.
    assert prior.quantile(1 / 3, limits=limits) == pytest.approx(0.5026, abs=0.0005)


def test_a_lognormal_is_even_in_ratios() -> None:
    prior = lognormal(1.0, 4.0)

    assert prior.quantile(0.5, limits=(0.0, 1000.0)) == pytest.approx(2.0)


def test_the_digest_tells_priors_apart_and_nothing_else() -> None:
    rows = ROWS[:3]
    moved = [replace(rows[0], prior=normal(0.27, 0.44)), *rows[1:]]
    renamed = [replace(rows[0], source="S6", value=0.3), *rows[1:]]

    assert digest(rows) == digest(reversed(rows)) == digest(renamed)
    assert digest(rows) != digest(moved)


def test_probabilities_and_shares_stay_between_0_and_1() -> None:
    names = [row for row in ROWS if row.field.startswith(("p_", "share_", "q_"))]
    levels = [row for row in names if not row.field.endswith("_extra")]

    assert [row.name for row in levels if row.low < 0.0 or row.high > 1.0] == []


def test_a_name_carries_the_unit() -> None:
    wrong = [
        f"{row.name}: {row.unit}"
        for row in ROWS
        for suffix, unit in UNIT_OF_SUFFIX.items()
        if row.field.endswith(suffix) and not row.unit.startswith(unit)
    ]
    hours = [row for row in ROWS if re.search(r"(?<!_eur)_hour$", row.field)]

    assert wrong == []
    assert {row.unit for row in hours} == {"clock hour"}


def test_a_unit_stands_in_the_name() -> None:
    wrong = [
        f"{row.name}: {row.unit}"
        for row in ROWS
        if (row.unit.startswith("EUR per month") and "_eur_month" not in row.field)
        or (row.unit.startswith("probability per month") and not row.field.startswith("p_"))
        or (row.unit == "months" and not row.field.endswith("months"))
    ]

    assert wrong == []


def test_field_names_are_unique_over_submodels() -> None:
    names = [row.field for row in ROWS]

    assert len(set(names)) == len(names)


def test_every_source_that_is_used_is_listed_and_every_one_listed_is_used() -> None:
    listed, used = set(load_sources()), used_keys()

    assert used - listed == set()
    assert listed - used == set()


def test_only_the_letter_gives_grade_a() -> None:
    assert {row.source for row in ROWS if row.grade == "A"} == {"letter"}
    assert {row.grade for row in ROWS if row.source == "letter"} == {"A"}


def test_an_assumption_is_graded_d() -> None:
    assumed = {source.key for source in load_sources().values() if source.kind == ASSUMPTION}

    assert {row.grade for row in ROWS if row.source in assumed} == {"D"}


def test_a_source_that_was_not_read_gives_no_grade_b() -> None:
    recalled = {
        source.key for source in load_sources().values() if source.read.startswith("not read")
    }

    assert {row.grade for row in ROWS if row.source in recalled} <= {"C", "D"}


def test_a_source_that_was_read_has_an_address() -> None:
    without = {source.key for source in load_sources().values() if not source.url}
    read = {
        s.key for s in load_sources().values() if not s.read.startswith(("not read", "nothing"))
    }

    assert without & read == set()
    assert all(s.url.startswith("http") for s in load_sources().values() if s.key in read)


def test_every_number_is_read_by_a_rule_a_step_or_the_population() -> None:
    assert unread() == []


def test_a_rule_is_named_as_the_reader_of_what_it_is_handed() -> None:
    assert "submodels.work.rules.p_hired" in rules_reading()["p_hire"]
    assert rules_reading()["leave_mbo1"] == ("submodels.leaving.rules.leaving_intercept",)
    assert rules_reading()["leave_18_mbo"] == ("submodels.leaving.rules.p_leave_year",)
    assert "submodels.school.rules_learning.faded" in rules_reading()["fade_rate"]
    assert rules_reading()["wage_ratio_median"] == ("population.rules.wage_at_entry",)
    assert "population.origins.municipality_shares" in rules_reading()["eu11_helmond_thousand"]

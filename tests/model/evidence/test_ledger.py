"""The ledger: every number has a unit, a range, a grade and a source, and something reads it."""

import re

from calibration.readers import rules_reading, unread
from calibration.sources import ASSUMPTION, load_sources, used_keys
from model.evidence.ledger import GRADES
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


def test_a_number_has_a_unit_a_range_around_it_and_a_grade() -> None:
    wrong = [
        row.name
        for row in ROWS
        if not row.unit.strip() or not row.low <= row.value <= row.high or row.grade not in GRADES
    ]

    assert wrong == []


def test_probabilities_and_shares_stay_between_0_and_1() -> None:
    names = [row for row in ROWS if row.field.startswith(("p_", "share_", "q_"))]

    assert [row.name for row in names if row.low < 0.0 or row.high > 1.0] == []


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
    assert rules_reading()["leave_mbo1"] == ("submodels.school.rules_leaving.leaving_intercept",)
    assert rules_reading()["leave_18_mbo"] == ("submodels.school.rules_leaving.p_leave_year",)
    assert "submodels.school.rules_learning.faded" in rules_reading()["fade_rate"]
    assert rules_reading()["wage_ratio_median"] == ("population.rules.wage_at_entry",)
    assert "population.origins.municipality_shares" in rules_reading()["eu11_helmond_thousand"]

"""Every rule says what was worked out for it by hand, and a turned sign would be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.known_answers import TABLES, Example, declared_rules, read
from tests.model.turned_signs import SAME, unseen

RULES = declared_rules()
EXAMPLES, MISTAKES = read(TABLES, RULES)


def rows_of(rule: str) -> list[Example]:
    return [example for example in EXAMPLES if example.rule == rule]


def mistakes_in(folder: Path, table: str) -> list[str]:
    """What is wrong with a table, said to be of the submodel stay."""
    (folder / "stay.toml").write_text(table, "utf-8")
    names = ("p_changes_plan", "p_returns_for_a_while", "must_enrol")
    return read(folder, {name: RULES[name] for name in names})[1]


def test_every_rule_has_known_answers_and_the_tables_are_well_written() -> None:
    assert MISTAKES == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_was_worked_out_for_it(rule: str) -> None:
    wrong = [
        f"{row.place}: expected {row.expected}, the rule says {RULES[rule](**row.given)}"
        for row in rows_of(rule)
        if not row.holds(RULES[rule])
    ]
    assert wrong == []


@pytest.mark.parametrize("rule", RULES)
def test_a_turned_sign_in_a_rule_turns_a_row_red(rule: str) -> None:
    missed = unseen(RULES[rule], rows_of(rule))

    assert missed == [what for what in SAME if what.startswith(f"{rule}: ")]


def test_a_rule_with_the_wrong_answer_turns_its_row_red() -> None:
    row = rows_of("must_enrol")[0]

    assert row.holds(RULES["must_enrol"])
    assert not row.holds(lambda age_months: age_months >= 60)


def test_a_table_that_is_wrong_is_told_so_in_words(tmp_path: Path) -> None:
    told = mistakes_in(
        tmp_path,
        """
        [[p_returns_for_a_whil]]
        given = { p_year = 0.12, intention = 1 }

        [[p_changes_plan]]
        given = { intention = 0, target = 0.6, lag_month = 12 }
        expected = 0.05
        how = "a twelfth of the share"

        [[p_changes_plan]]
        but = { target = "far" }
        expected = true
        because = "nothing"
        """,
    )

    first = "stay.toml, p_changes_plan, row 1"
    second = "stay.toml, p_changes_plan, row 2"
    assert sorted(told) == sorted(
        [
            "stay.toml: there is no rule p_returns_for_a_whil. Is p_returns_for_a_while meant?",
            f"{first}: lag_months is not given.",
            f"{first}: the rule takes no lag_month. Is lag_months meant?",
            f"{second}: because is no part of a row.",
            f"{second}: how says how the answer was worked out.",
            f"{second}: lag_months is not given.",
            f"{second}: target = 'far' is no float.",
            f"{second}: expected = True is no float, as the rule returns.",
            "The rule p_returns_for_a_while has no row.",
            "The rule p_changes_plan has no row.",
            "The rule must_enrol has no row.",
        ]
    )


def test_kinds_are_kept_apart_and_members_are_known_by_name(tmp_path: Path) -> None:
    told = mistakes_in(
        tmp_path,
        """
        [[must_enrol]]
        given = { age_months = 60.5 }
        expected = 0
        how = "five years old"

        [[must_enrol]]
        given = { age_months = "Stage.PO9" }
        expected = false
        how = "no such member"

        [[must_enrol]]
        given = { age_months = "Stage.PO8" }
        expected = false
        how = "a member counts as its number"
        """,
    )

    assert told[:4] == [
        "stay.toml: must_enrol is a rule of school; move it to school.toml.",
        "stay.toml, must_enrol, row 1: age_months = 60.5 is no int.",
        "stay.toml, must_enrol, row 1: expected = 0 is no bool, as the rule returns.",
        "stay.toml, must_enrol, row 2: age_months = 'Stage.PO9' is no int.",
    ]
    assert "The rule must_enrol has no row." not in told

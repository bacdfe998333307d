"""A scenario in plain words."""

import re

import pytest

from dashboards.texts.phrases import DUTCH_UNITS, MONTHS, PHRASES, Language
from dashboards.texts.scenario_words import (
    UNNAMED_KINDS,
    explain,
    explain_rows,
    status_text,
    target_words,
)
from model.calendar import month_number
from model.enums import LetterGroup, Municipality
from model.evidence.ledger import GRADES
from model.policy.scenario import FROZEN_2023, Scenario, Target
from model.registry import LEVERS
from scenarios import compose, load, names
from scenarios.authoring.differences import Difference, changes

LANGUAGES: tuple[Language, ...] = ("nl", "en")
HELMOND = {"municipalities": ["helmond"]}


def only(scenario: Scenario, against: Scenario = FROZEN_2023) -> Difference:
    """Return the one difference between two scenarios."""
    (difference,) = changes(scenario, against)
    return difference


def test_a_change_has_old_and_new_value_months_ramp_and_target() -> None:
    scenario = compose(
        levers={
            "course_hours": {
                "value": 250,
                "start": "2025-01",
                "ramp_months": 12,
                "end": "2030-01",
                "for": HELMOND,
            }
        }
    )

    assert only(scenario) == Difference(
        kind="lever",
        name="course_hours",
        old=100,
        new=250,
        start=month_number("2025-01"),
        ramp_months=12,
        end=month_number("2030-01"),
        target=Target(municipalities=(Municipality.HELMOND,)),
    )


def test_the_old_value_is_that_of_the_base_in_the_same_months() -> None:
    change = next(
        change
        for change in changes(load("s07_enforcement"), load("s01_reference"))
        if change.name == "inspection_intensity"
    )

    assert (change.old, change.new) == (1.2, 2)


def test_what_a_base_has_and_the_scenario_does_not_is_a_change_too() -> None:
    back = changes(load("s01_reference"), load("s07_enforcement"))
    forth = changes(load("s07_enforcement"), load("s01_reference"))

    assert [(c.name, c.old, c.new) for c in back] == [(c.name, c.new, c.old) for c in forth]


@pytest.mark.parametrize(
    "levers",
    [
        {"course_hours": 100},
        {"course_hours": {"value": 100, "start": "2026-01", "for": HELMOND}},
        {"civic_loan_max_eur": 10000},
        {"bandwidth_extra_max": {"value": 0.3, "start": "reform_start"}},
        {"reform_start": "2028-01"},
    ],
)
def test_a_lever_set_to_what_it_was_is_no_change(levers: dict[str, object]) -> None:
    assert changes(compose(levers=levers), FROZEN_2023) == ()


def test_the_same_value_reached_in_two_ways_is_no_change() -> None:
    steps = [
        {"value": 0.1},
        {"value": 0.05, "start": "2025-01"},
        {"value": 0.03, "start": "2026-01"},
    ]
    straight = [*steps[:2], {"value": 0.02, "start": "2025-06"}, steps[2]]
    one = compose(levers={"info_contact_rate": steps})
    other = compose(levers={"info_contact_rate": straight})

    assert {change.start for change in changes(one, other)} == {month_number("2025-06")}


def test_a_change_that_begins_after_the_usual_horizon_is_seen() -> None:
    scenario = compose(levers={"course_hours": {"value": 250, "start": "2060-01"}})

    assert only(scenario).start == month_number("2060-01")


def test_steps_in_time_are_changes_of_their_own() -> None:
    scenario = compose(
        levers={
            "course_hours": [{"value": 200, "start": "2025-01"}, {"value": 300, "start": "2027-01"}]
        }
    )
    first, second = changes(scenario, FROZEN_2023)

    assert (first.new, first.end) == (200, month_number("2027-01"))
    assert (second.new, second.start, second.end) == (300, month_number("2027-01"), None)


def test_a_group_that_a_change_passes_by_is_named() -> None:
    change = changes(load("s08_information"), load("s01_reference"))[0]

    assert change.target is None
    assert [target.municipalities for target in change.except_for] == [
        (Municipality.EINDHOVEN, Municipality.HELMOND, Municipality.TILBURG)
    ]


def test_a_narrow_group_inside_a_wide_one_has_its_own_change() -> None:
    scenario = compose(
        levers={
            "course_hours": [
                {"value": 200, "for": {"municipalities": ["helmond", "tilburg"]}},
                {"value": 300, "for": HELMOND},
            ]
        }
    )

    assert {
        len(c.target.municipalities): c.new for c in changes(scenario, FROZEN_2023) if c.target
    } == {
        2: 200,
        1: 300,
    }


def test_what_starts_with_the_bill_says_so_and_moves_with_it() -> None:
    later = compose("s04_chain", levers={"reform_start": "2029-06"})
    chain = next(
        change
        for change in changes(later, load("s01_reference"))
        if change.name == "chain_interval_months"
    )

    assert chain.start == month_number("2029-06")
    assert chain.with_bill


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scenario_can_be_explained_in_both_languages(name: str, language: Language) -> None:
    scenario = load(name)
    base = load(scenario.compare_with or name)
    text = explain(scenario, base, {}, language)

    assert text.count("\n- ") == len(changes(scenario, base))
    assert getattr(scenario, f"title_{language}") in text
    assert not re.search(r"[{}]|None|  ", text)


def test_an_explanation_in_english_reads_like_this() -> None:
    text = explain(
        load("s05_flex_law"),
        load("s01_reference"),
        {"zero_hours_abolished": "Zero-hours contract abolished"},
        "en",
    )

    assert "Builds on s02_bandwidth, s03_agency and s04_chain." in text
    assert "In the letter: a bill, lines 243-257, 270-271." in text
    assert "Compared with Policy as started (s01_reference), this changes:" in text
    assert (
        "- Zero-hours contract abolished: no → yes, from January 2028 (the start of the bill),"
        " for all families. In the letter: a bill, lines 244-250."
    ) in text
    assert "- chain_interval_months: 6 → 60 (months), from January 2028" in text


def test_a_unit_with_a_place_for_the_value_is_filled_in() -> None:
    labels = {"unit:months": "{value} months", "unit_one:pupils per school": "{value} pupil"}
    told = explain(load("s05_flex_law"), load("s01_reference"), labels, "en")
    one = compose(levers={"newcomer_threshold_pupils": 1})

    assert "- chain_interval_months: 6 → 60 months, from January 2028" in told
    assert "newcomer_threshold_pupils: 4 → 1 pupil, from" in explain(one, FROZEN_2023, labels, "en")


def test_an_explanation_in_dutch_reads_like_this() -> None:
    labels = {"legal_help_access": "Toegang tot recht"}
    text = explain(load("s01_reference"), load("s00_frozen_2023"), labels, "nl")

    assert (
        "- Toegang tot recht: 0,1 → 0,5 (deel van de conflicten met hulp), vanaf maart 2024,"
        " voor alle gezinnen. In de brief: het kabinet doet het of zegt het toe,"
        " regels 183-186, 264-265, 272."
    ) in text
    assert "vanaf januari 2024, voor gezinnen in Eindhoven, Helmond of Tilburg." in text


def test_an_assumption_about_the_world_is_not_explained_as_policy() -> None:
    text = explain(load("s22_downturn"), load("s01_reference"), {}, "en")

    assert "1 → 0.85" in text
    assert "until January 2032" in text
    assert "An assumption about the world, not policy (evidence: grade D)" in text


def test_what_is_no_measure_of_the_letter_is_not_called_one() -> None:
    text = explain(load("s19_housing"), load("s01_reference"), {}, "en")

    assert "In the letter: not as a measure, line 275." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scenario_that_changes_nothing_says_so(language: Language) -> None:
    same = compose("s05_flex_law", levers={"course_hours": 100})
    base = load("s05_flex_law")
    sentence = PHRASES[language]["nothing"].rpartition(": ")[2]

    assert sentence in explain(same, base, {}, language)
    assert explain_rows(same, base, {}, language) == []
    assert sentence not in explain(base, load("s01_reference"), {}, language)


def test_rows_for_a_table_have_words_in_every_column() -> None:
    scenario = compose(
        "s01_reference",
        levers={
            "course_hours": {
                "value": 200,
                "start": "2025-01",
                "ramp_months": 6,
                "end": "2030-01",
                "for": {"letter_groups": ["late_arrival"], "years_in_nl": [0, 2.5]},
            }
        },
    )
    (row,) = explain_rows(scenario, load("s01_reference"), {"course_hours": "Lesuren"}, "nl")

    assert (row.name, row.label, row.old, row.new) == ("course_hours", "Lesuren", "100", "200")
    assert (row.unit, row.start) == ("uur per deelnemer", "vanaf januari 2025")
    assert (row.ramp, row.end) == ("oplopend in 6 maanden", "tot januari 2030")
    assert row.whom == (
        "gezinnen met een kind dat op latere leeftijd gekomen is en die 0 tot 2,5 jaar in Nederland"
        " zijn"
    )
    assert (row.status, row.letter_lines) == ("", "")


def test_the_letter_is_cited_for_its_own_values_and_groups_only() -> None:
    own = compose(levers={"course_hours": {"value": 250, "start": "2025-01"}})
    value = compose(levers={"course_hours": {"value": 400, "start": "2025-01"}})
    group = compose(
        levers={"course_hours": {"value": 250, "for": {"municipalities": ["rotterdam"]}}}
    )
    (cited,) = explain_rows(own, FROZEN_2023, {}, "nl")

    assert (cited.status, cited.letter_lines) == (
        "het kabinet doet het of zegt het toe",
        "regels 203-206",
    )
    for other in (value, group):
        told = explain(other, FROZEN_2023, {}, "en")
        assert "A choice of this scenario, not of the letter." in told
        assert "In the letter" not in told
        assert "203" not in told


def test_what_holds_for_everybody_is_not_told_again_for_a_group() -> None:
    scenario = compose(
        levers={
            "course_hours": [
                {"value": 250, "start": "2025-01"},
                {"value": 400, "start": "2028-01", "for": HELMOND},
            ]
        }
    )
    found = changes(scenario, FROZEN_2023)

    assert [(c.new, c.start, c.target is None, c.except_for) for c in found] == [
        (250, month_number("2025-01"), True, ()),
        (400, month_number("2028-01"), False, ()),
    ]


def test_what_ends_sooner_for_a_group_is_told_for_the_group() -> None:
    scenario = compose(
        levers={
            "course_hours": [
                {"value": 250, "start": "2025-01"},
                {"value": 100, "start": "2028-01", "for": HELMOND},
            ]
        }
    )
    everybody, group = changes(scenario, FROZEN_2023)

    assert everybody.except_for == (Target(municipalities=(Municipality.HELMOND,)),)
    assert (group.new, group.end) == (250, month_number("2028-01"))


def test_what_a_file_sets_itself_comes_first_in_its_order() -> None:
    scenario = compose("s05_flex_law", levers={"course_hours": 250, "info_contact_rate": 0.05})
    told = explain(
        scenario, FROZEN_2023, {}, "en", order=("info_contact_rate", "course_hours")
    ).splitlines()
    named = [line.split(":")[0] for line in told if line.startswith("- ")]

    assert named[:2] == ["- info_contact_rate", "- course_hours"]
    assert len(named) == len(changes(scenario, FROZEN_2023))


def test_words_and_months_are_shown_as_words() -> None:
    scenario = compose(levers={"extra_education_target": "all", "reform_start": "2029-03"})
    rows = explain_rows(scenario, FROZEN_2023, {}, "en")

    assert [(row.old, row.new, row.unit) for row in rows] == [
        ("January 2028", "March 2029", ""),
        ("children behind in language", "all children", ""),
    ]


def test_a_target_group_is_described_by_all_its_parts() -> None:
    target = Target(
        municipalities=(Municipality.DEN_HAAG, Municipality.OTHER_NL),
        letter_groups=(LetterGroup.AGED_0_4,),
    )

    assert target_words(target, "en") == (
        "families in Den Haag or the rest of the Netherlands and with a child who is aged 0 to 4"
    )


def test_a_status_of_several_letters_is_explained_in_full() -> None:
    assert status_text("R/N", "en") == (
        "only the researchers suggest it; the cabinet declines or limits it"
    )


def test_both_languages_have_the_same_phrases_with_the_same_gaps() -> None:
    dutch, english = PHRASES["nl"], PHRASES["en"]

    assert list(dutch) == list(english)
    for key, phrase in dutch.items():
        gaps = re.compile(r"{(\w+)}")
        assert sorted(gaps.findall(phrase)) == sorted(gaps.findall(english[key])), key
    assert len(MONTHS["nl"]) == len(MONTHS["en"]) == 12


def test_every_unit_of_a_lever_has_a_dutch_word() -> None:
    units = {lever.unit for lever in LEVERS if lever.kind not in UNNAMED_KINDS}

    assert units == set(DUTCH_UNITS)


def test_grades_are_letters_that_can_be_shown() -> None:
    assert set("".join(lever.effect_grade for lever in LEVERS)) <= set(GRADES)

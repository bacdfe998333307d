"""Scenarios on top of each other, from files and in Python."""

import math
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from model.calendar import month_number
from model.enums import FamilyType, Municipality
from model.errors import InputError
from model.policy.scenario import LeverChange, ParameterChange, Scenario, Target
from scenarios import compose, load

Write = Callable[..., Path]
HELMOND = Target(municipalities=(Municipality.HELMOND,))
FOR_HELMOND = 'for = { municipalities = ["helmond"] }'


def settings(scenario: Scenario, lever: str) -> list[tuple[float, Target | None]]:
    """Return to what and for whom a scenario sets a lever, in order."""
    return [(change.value, change.target) for change in scenario.levers if change.lever == lever]


def test_a_file_without_extends_starts_from_2023_and_is_read_against_it(write: Write) -> None:
    scenario = load(write("[levers]\ncourse_hours = 250\n"))

    assert scenario.levers == (LeverChange(lever="course_hours", value=250),)
    assert scenario.extends == ()
    assert scenario.compare_with == "s00_frozen_2023"


def test_a_title_without_a_language_is_that_in_both(write: Write) -> None:
    scenario = load(write("", head='id = "mine"\ntitle = "Plan"\n'))

    assert (scenario.title_nl, scenario.title_en) == ("Plan", "Plan")


def test_all_that_can_be_said_about_a_lever_arrives_in_the_scenario(write: Write) -> None:
    scenario = load(
        write(
            """
            [levers.course_hours]
            value = 250
            start = "2025-01"
            ramp_months = 12
            end = "2035-08"
            [levers.course_hours.for]
            municipalities = ["tilburg", "helmond"]
            family_types = ["recent"]
            years_in_nl = [0, 2]
            [parameters]
            "work.labour_index" = { value = 0.85, start = "2026-01", end = "2028-01" }
            """
        )
    )

    assert scenario.levers == (
        LeverChange(
            lever="course_hours",
            value=250,
            start=month_number("2025-01"),
            ramp_months=12,
            end=month_number("2035-08"),
            target=Target(
                municipalities=(Municipality.HELMOND, Municipality.TILBURG),
                family_types=(FamilyType.RECENT,),
                years_in_nl=(0, 2),
            ),
        ),
    )
    assert scenario.parameters == (
        ParameterChange(
            parameter="work.labour_index",
            value=0.85,
            start=month_number("2026-01"),
            end=month_number("2028-01"),
        ),
    )


def test_a_parameter_may_be_written_without_quotes(write: Write) -> None:
    quoted = load(write('[parameters]\n"work.labour_index" = 0.9\n'))
    plain = load(write("[parameters]\nwork.labour_index = 0.9\n"))
    section = load(write("[parameters.work]\nlabour_index = 0.9\n"))

    assert quoted.parameters == plain.parameters == section.parameters


def test_a_file_wins_over_what_it_extends(write: Write) -> None:
    scenario = load(write('extends = "s09_language"\n[levers]\ncourse_hours = 400\n'))

    assert settings(scenario, "course_hours") == [(400, None)]
    assert settings(scenario, "web_places_per_100") == [(15, None)]
    assert scenario.compare_with == "s09_language"


def test_a_setting_for_everybody_replaces_those_for_groups(write: Write) -> None:
    scenario = load(write("extends = 's01_reference'\n[levers]\ninfo_point_coverage = 0.5\n"))

    assert settings(scenario, "info_point_coverage") == [(0.5, None)]


def test_a_setting_for_one_group_leaves_everybody_else_as_they_were(write: Write) -> None:
    body = f"extends = 's09_language'\n[levers]\ncourse_hours = {{ value = 400, {FOR_HELMOND} }}\n"

    assert settings(load(write(body)), "course_hours") == [(250, None), (400, HELMOND)]


def test_what_is_for_a_group_is_laid_out_after_what_is_for_everybody(write: Write) -> None:
    body = f"[levers]\ncourse_hours = [{{ value = 400, {FOR_HELMOND} }}, {{ value = 250 }}]\n"

    assert settings(load(write(body)), "course_hours") == [(250, None), (400, HELMOND)]


def test_levers_come_in_the_order_of_the_ledger_and_entries_in_the_order_of_time(
    write: Write,
) -> None:
    body = """
    [levers]
    web_places_per_100 = [{ value = 20, start = "2030-01" }, { value = 10, start = "2025-01" }]
    info_contact_rate = 0.05
    chain_interval_months = [
      { value = 60, start = "reform_start" },
      { value = 12, start = "2027-06" },
    ]
    """
    found = [(change.lever, change.value) for change in load(write(body)).levers]

    assert found == [
        ("info_contact_rate", 0.05),
        ("web_places_per_100", 10),
        ("web_places_per_100", 20),
        ("chain_interval_months", 12),
        ("chain_interval_months", 60),
    ]


def test_two_files_that_set_a_lever_differently_conflict(write: Write) -> None:
    write("[levers]\ncourse_hours = 200\n", "short")
    write('[levers]\ncourse_hours = { value = 300, start = "2026-01" }\n', "long")
    with pytest.raises(InputError) as caught:
        load(write('extends = ["short", "long"]\n'))

    message = str(caught.value)
    assert "mine.toml, line 3, extends: " in message
    assert "'course_hours'" in message
    assert "200 from the start of the run" in message
    assert "short.toml, line 4, levers.course_hours" in message
    assert "300 from 2026-01" in message
    assert "long.toml, line 4, levers.course_hours" in message
    assert "Set 'course_hours' in this file to decide" in message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('start = "2026-01"', 'start = "2026-02"'),
        ('start = "2026-01"', 'start = "2026-01", ramp_months = 6'),
        ('start = "2026-01"', 'start = "2026-01", end = "2030-01"'),
        (FOR_HELMOND, f'start = "2026-01", {FOR_HELMOND}'),
    ],
)
def test_the_same_value_at_other_times_is_a_conflict_too(
    write: Write, one: str, other: str
) -> None:
    write(f"[levers]\ncourse_hours = {{ value = 200, {one} }}\n", "one")
    write(f"[levers]\ncourse_hours = {{ value = 200, {other} }}\n", "other")
    with pytest.raises(InputError, match=r"'course_hours'.* in two ways"):
        load(write('extends = ["one", "other"]\n'))


def test_two_files_that_set_a_parameter_differently_conflict(write: Write) -> None:
    write("[parameters]\nwork.labour_index = 0.8\n", "one")
    write("[parameters]\nwork.labour_index = 0.9\n", "other")
    with pytest.raises(InputError, match=r"'work.labour_index' in two ways: 0.8 .*0.9 "):
        load(write('extends = ["one", "other"]\n'))


def test_a_file_that_decides_settles_the_conflict(write: Write) -> None:
    write("[levers]\ncourse_hours = 200\n", "short")
    write("[levers]\ncourse_hours = 300\n", "long")
    scenario = load(write('extends = ["short", "long"]\n[levers]\ncourse_hours = 250\n'))

    assert settings(scenario, "course_hours") == [(250, None)]


def test_two_files_that_agree_do_not_conflict(write: Write) -> None:
    write("[levers]\ncourse_hours = 200\n", "one")
    write("[levers]\ncourse_hours = { value = 200 }\n", "other")

    assert settings(load(write('extends = ["one", "other"]\n')), "course_hours") == [(200, None)]


def test_different_groups_do_not_conflict(write: Write) -> None:
    write("[levers]\ncourse_hours = 200\n", "everybody")
    write(f"[levers]\ncourse_hours = {{ value = 300, {FOR_HELMOND} }}\n", "helmond")
    scenario = load(write('extends = ["helmond", "everybody"]\n'))

    assert settings(scenario, "course_hours") == [(200, None), (300, HELMOND)]


def test_a_file_wins_over_what_it_extends_also_when_both_are_put_together(write: Write) -> None:
    write("[levers]\ncourse_hours = 200\n", "short")
    write("extends = 'short'\n[levers]\ncourse_hours = 300\n", "longer")
    write("extends = 'short'\n[levers]\ninfo_contact_rate = 0.05\n", "informed")
    for order in ('"longer", "informed", "short"', '"short", "informed", "longer"'):
        scenario = load(write(f"extends = [{order}]\n"))

        assert settings(scenario, "course_hours") == [(300, None)]


def test_files_that_extend_each_other_are_refused(write: Write) -> None:
    write('extends = ["other"]\n', "one")
    write('extends = ["third"]\n', "other")
    path = write('extends = ["one"]\n', "third")
    with pytest.raises(InputError) as caught:
        load(path)

    chain = "third.toml extends one.toml extends other.toml extends third.toml"
    assert chain in str(caught.value)
    assert "other.toml, line 3, extends: " in str(caught.value)


def test_a_file_that_extends_itself_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match=r"mine\.toml extends mine\.toml"):
        load(write('extends = ["mine.toml"]\n'))


def test_extended_files_are_looked_for_beside_the_file(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("[levers]\ncourse_hours = 200\n", "below")
    path = write('extends = ["below.toml"]\ncompare_with = "below"\n')
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    scenario = load(Path(os.path.relpath(path)))

    assert settings(scenario, "course_hours") == [(200, None)]
    assert load(scenario.compare_with).id == "below"


def test_something_that_starts_with_the_bill_cannot_end_before_a_later_bill(write: Write) -> None:
    until = 'start = "reform_start", end = "2029-01"'
    write(f"[levers]\nchain_interval_months = {{ value = 60, {until} }}\n", "short_law")
    with pytest.raises(
        InputError, match=r"short_law\.toml, line 4, .*2029-01, is not after .*2030"
    ):
        load(write('extends = "short_law"\n[levers]\nreform_start = "2030-01"\n'))


def test_sliders_make_a_scenario_by_the_same_rules_as_files() -> None:
    scenario = compose(
        "s05_flex_law",
        "s09_language",
        name="board",
        title={"nl": "Bord", "en": "Board"},
        levers={"course_hours": {"value": 400, "start": "2026-01"}, "zero_hours_abolished": False},
        parameters={"work.labour_index": 0.9},
    )

    assert (scenario.id, scenario.title_en, scenario.compare_with) == (
        "board",
        "Board",
        "s05_flex_law",
    )
    assert settings(scenario, "course_hours") == [(400, None)]
    assert settings(scenario, "zero_hours_abolished") == [(0, None)]
    assert settings(scenario, "chain_interval_months") == [(60, None)]
    assert scenario.parameters[0].value == 0.9


def test_nothing_put_together_is_the_world_of_2023() -> None:
    assert (compose().levers, compose().parameters) == ((), ())


def test_scenarios_already_loaded_are_put_together_as_their_files_are() -> None:
    names = ("s05_flex_law", "s07_enforcement", "s08_information")

    assert compose(*map(load, names)) == compose(*names)


def test_a_scenario_made_in_python_can_be_built_upon() -> None:
    first = compose("s01_reference", name="first", levers={"inspection_intensity": 3})
    second = compose(first, "s09_language", name="second")

    assert settings(second, "inspection_intensity") == [(3, None)]
    assert settings(second, "course_hours") == [(250, None)]


def test_sliders_moved_again_win_over_the_first_time() -> None:
    first = compose("s01_reference", levers={"course_hours": 200, "info_contact_rate": 0.05})
    second = compose(first, levers={"course_hours": 300})

    assert settings(second, "course_hours") == [(300, None)]
    assert settings(second, "info_contact_rate") == [(0.05, None)]
    assert settings(second, "inspection_intensity") == [(1.2, None)]


def test_too_many_different_groups_are_refused(write: Write) -> None:
    groups = [f"{{ value = 200, for = {{ years_in_nl = [{year}, 9] }} }}" for year in range(7)]
    with pytest.raises(InputError, match=r"line 3, levers: .* 7 different target groups.*most 6"):
        load(write(f"[levers]\ncourse_hours = [{', '.join(groups)}]\n"))


@pytest.mark.parametrize(
    ("lever", "number", "word"),
    [
        ("zero_hours_abolished", 1, True),
        ("zero_hours_abolished", np.float64(0.0), False),
        ("extra_education_target", 2.0, "newcomers"),
        ("reform_start", month_number("2028-07"), "2028-07"),
        ("agency_phase_b_months", 24.0, 24),
        ("extra_education_hours", np.int64(2), 2),
    ],
)
def test_a_program_may_give_the_number_where_a_file_has_a_word(
    lever: str, number: object, word: object
) -> None:
    assert compose(levers={lever: number}) == compose(levers={lever: word})


@pytest.mark.parametrize("number", [0.5, -2, math.inf, math.nan])
@pytest.mark.parametrize("lever", ["zero_hours_abolished", "agency_phase_b_months", "reform_start"])
def test_a_number_that_stands_for_no_word_is_refused(lever: str, number: float) -> None:
    with pytest.raises(InputError, match=rf"levers\.{lever}"):
        compose(levers={lever: number})


def test_made_scenarios_that_differ_conflict() -> None:
    one = compose("s01_reference", name="one", levers={"course_hours": 100})
    with pytest.raises(InputError, match=r"'course_hours' in two ways: 100 .*250 from 2025-01"):
        compose(one, "s09_language")


def test_a_ready_made_change_is_taken_as_it_is() -> None:
    change = LeverChange(lever="course_hours", value=123, start=month_number("2026-05"))

    assert compose(levers={"course_hours": change}).levers == (change,)


def test_a_ready_made_change_under_another_name_is_refused() -> None:
    change = LeverChange(lever="course_hours", value=123)
    with pytest.raises(InputError, match="about 'course_hours'"):
        compose(levers={"info_contact_rate": change})

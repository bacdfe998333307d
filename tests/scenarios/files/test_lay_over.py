"""Nothing inherited is lost in silence: what an entry leaves out is known, or it lies over it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from model.calendar import START_NUMBER, month_number
from model.enums import Municipality
from model.policy.scenario import LeverChange, Target
from model.policy.timetable import build
from scenarios import compose, load, names
from scenarios.authoring.beyond import Beyond, beyond
from scenarios.files.left_out import LeftOut
from scenarios.files.load import read

Write = Callable[..., Path]
Loaded = Callable[..., object]
HELMOND = 'for = { municipalities = ["helmond"] }'
PHASE_B = "agency_phase_b_months"
BOUNDED = 'value = 40, start = "2026-01", end = "2026-12"'


def over_time(path: Path, lever: str, *months: str, group: int = 0) -> list[float]:
    """Return the value of a lever in some months of a run of twenty years."""
    table = build(load(path), 240).levers[lever]
    return [float(table[int(month_number(month)) - START_NUMBER, group]) for month in months]


def lost(path: Path) -> list[tuple[str, float, str]]:
    """Return what a file leaves out: name, value, and the scenario it was inherited from."""
    return [(one.name, one.change.value, one.scenario) for one in read(path).left_out]


def test_a_bounded_entry_that_drops_a_later_change_is_known(write: Write) -> None:
    path = write(f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {BOUNDED} }}\n")
    (one,) = read(path).left_out

    assert over_time(path, PHASE_B, "2025-12", "2026-01", "2026-12", "2028-01") == [36, 40, 36, 36]
    assert isinstance(one, LeftOut)
    assert (one.change.value, one.month) == (24, month_number("2028-01"))
    assert one.scenario == "s05_flex_law"
    assert str(one.place).endswith(f"mine.toml, line 5, levers.{PHASE_B}")


def test_an_entry_that_lies_over_keeps_the_later_change(write: Write) -> None:
    path = write(
        f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {BOUNDED}, lay_over = true }}\n"
    )

    assert over_time(path, PHASE_B, "2025-12", "2026-01", "2026-12", "2028-01") == [36, 40, 36, 24]
    assert lost(path) == []


def test_an_entry_that_lies_over_holds_in_its_own_months_whatever_is_inherited(
    write: Write,
) -> None:
    own = 'value = 40, start = "2027-06", end = "2028-06", lay_over = true'
    path = write(f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {own} }}\n")

    assert over_time(path, PHASE_B, "2027-05", "2027-06", "2028-05", "2028-06") == [36, 40, 40, 24]
    assert lost(path) == []


def test_an_entry_without_an_end_covers_the_later_change_also_when_it_lies_over(
    write: Write,
) -> None:
    own = 'value = 40, start = "2026-01"'
    for more in ("", ", lay_over = true"):
        path = write(f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {own}{more} }}\n")
        assert lost(path) == [(PHASE_B, 24, "s05_flex_law")]


def test_the_same_holds_for_parameters(write: Write) -> None:
    own = 'value = 0.8, start = "2025-01", end = "2026-01"'
    body = "extends = 's22_downturn'\n[parameters]\n\"work.labour_index\" = {{ {} }}\n"
    replacing, lying = (
        write(body.format(own)),
        write(body.format(f"{own}, lay_over = true"), "over"),
    )
    months = [int(month_number(month)) - START_NUMBER for month in ("2025-06", "2031-01")]

    assert lost(replacing) == [("work.labour_index", 0.85, "s22_downturn")]
    assert lost(lying) == []
    found = [
        build(load(path), 180).parameters["labour_index"][months] for path in (replacing, lying)
    ]
    assert found[0].tolist() == [0.8, 1.0]
    assert found[1].tolist() == [0.8, 0.85]


@pytest.mark.parametrize(
    "entries",
    [
        '{ value = 300, start = "2025-01" }',  # in the same months
        '[{ value = 300, start = "2026-01" }, { value = 250, start = "2025-01" }]',  # said again
        '{ value = 250, start = "2024-01" }',  # the same value, and earlier
        f"{{ value = 300, {HELMOND} }}",  # for a group that had nothing of its own
    ],
)
def test_what_is_no_loss_is_not_told(write: Write, entries: str) -> None:
    path = write(f"extends = 's09_language'\n[levers]\ncourse_hours = {entries}\n")

    assert lost(path) == []


@pytest.mark.parametrize(
    "entries",
    [
        "300",
        '{ value = 300, start = "2026-01" }',  # and what held before it starts
        '{ value = 300, start = "2025-01", end = "2026-01" }',  # and what would hold after it
        '[{ value = 200, start = "2024-01" }, { value = 300, start = "2027-01" }]',
    ],
)
def test_what_no_longer_comes_is_told(write: Write, entries: str) -> None:
    path = write(f"extends = 's09_language'\n[levers]\ncourse_hours = {entries}\n")

    assert lost(path) == [("course_hours", 250, "s09_language")]


def test_what_groups_had_of_their_own_is_told_with_the_group(write: Write) -> None:
    path = write("extends = 's01_reference'\n[levers]\ninfo_point_coverage = 0.5\n")
    (one,) = read(path).left_out

    assert isinstance(one.change, LeverChange)
    assert one.change.target == Target(
        municipalities=(Municipality.EINDHOVEN, Municipality.HELMOND, Municipality.TILBURG)
    )


def test_what_a_file_below_left_out_is_told_until_a_file_decides(write: Write) -> None:
    write(f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {BOUNDED} }}\n", "below")
    same = write("extends = 'below'\n", "same")
    decided = write(f"extends = 'below'\n[levers]\n{PHASE_B} = {{ {BOUNDED} }}\n", "decided")

    assert lost(same) == [(PHASE_B, 24, "s05_flex_law")]
    assert lost(decided) == []


@pytest.mark.parametrize("name", names())
def test_no_scenario_of_the_library_leaves_anything_out(name: str) -> None:
    assert (read(name).left_out, read(name).set_aside) == ((), ())


def test_what_lies_over_for_everybody_lies_over_groups_too(write: Write) -> None:
    write(f"[levers]\ncourse_hours = {{ value = 300, {HELMOND} }}\n", "below")
    own = 'value = 50, start = "2026-01", end = "2027-01", lay_over = true'
    path = write(f"extends = 'below'\n[levers]\ncourse_hours = {{ {own} }}\n")

    assert over_time(path, "course_hours", "2025-12", "2026-06", "2027-01", group=1) == [
        300,
        50,
        300,
    ]
    assert over_time(path, "course_hours", "2025-12", "2026-06", "2027-01") == [100, 50, 100]


def test_the_file_above_lies_over_the_file_below(write: Write) -> None:
    span = 'start = "2026-01", end = "2028-01", lay_over = true'
    write(f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ value = 40, {span} }}\n", "below")
    own = 'value = 30, start = "2025-06", end = "2027-01", lay_over = true'
    path = write(f"extends = 'below'\n[levers]\n{PHASE_B} = {{ {own} }}\n")
    months = ("2025-01", "2025-06", "2026-06", "2027-06", "2028-01")

    assert over_time(path, PHASE_B, *months) == [36, 30, 30, 40, 24]
    assert lost(path) == []


def test_a_setting_above_replaces_also_what_lies_over(write: Write) -> None:
    write(
        f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {BOUNDED}, lay_over = true }}\n",
        "below",
    )
    path = write(f"extends = 'below'\n[levers]\n{PHASE_B} = 30\n")

    assert [c.value for c in load(path).levers if c.lever == PHASE_B] == [30]
    assert lost(path) == [(PHASE_B, 24, "below"), (PHASE_B, 40, "below")]


def test_what_lies_over_for_all_does_not_undo_groups_when_put_together(write: Write) -> None:
    group = f"{{ value = 300, {HELMOND} }}"
    write(f"[levers]\ncourse_hours = {group}\n", "below")
    own = 'value = 50, start = "2026-01", end = "2027-01", lay_over = true'
    write(f"extends = 'below'\n[levers]\ncourse_hours = {{ {own} }}\n", "over")
    path = write('extends = ["over", "below"]\n')

    assert over_time(path, "course_hours", "2025-01", "2026-06", group=1) == [300, 50]


def test_two_files_that_lie_over_the_same_conflict_until_a_file_decides(write: Write) -> None:
    for name, value in (("one", 40), ("other", 41)):
        own = f'value = {value}, start = "2026-01", end = "2026-12", lay_over = true'
        write(f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {own} }}\n", name)
    with pytest.raises(Exception, match=rf"sets '{PHASE_B}' in two ways"):
        load(write('extends = ["one", "other"]\n'))

    decided = write(f'extends = ["one", "other"]\n[levers]\n{PHASE_B} = 30\n')
    assert over_time(decided, PHASE_B, "2026-06") == [30]


def test_a_scenario_already_loaded_keeps_what_lies_over(write: Write) -> None:
    path = write(
        f"extends = 's05_flex_law'\n[levers]\n{PHASE_B} = {{ {BOUNDED}, lay_over = true }}\n"
    )
    again = compose(load(path), name="again")

    assert again.levers == load(path).levers


def test_a_slider_lies_over_when_asked() -> None:
    own = {"value": 40, "start": "2026-01", "end": "2026-12", "lay_over": True}
    values = [
        c.value for c in compose("s05_flex_law", levers={PHASE_B: own}).levers if c.lever == PHASE_B
    ]

    assert values == [24, 40]


def test_a_start_or_the_end_of_a_ramp_beyond_the_run_is_known(write: Write) -> None:
    body = """
    extends = "s05_flex_law"
    [levers]
    course_hours = { value = 250, start = "2060-01" }
    info_contact_rate = { value = 0.05, start = "2030-01", ramp_months = 120 }
    [parameters]
    work.labour_index = { value = 0.9, start = "2040-01" }
    """
    scenario = load(write(body))

    assert beyond(scenario, 180) == [
        Beyond(what="ramp", name="info_contact_rate", month=month_number("2040-01"), value=0.05),
        Beyond(what="start", name="course_hours", month=month_number("2060-01"), value=250),
        Beyond(what="start", name="work.labour_index", month=month_number("2040-01"), value=0.9),
    ]
    assert {one.name for one in beyond(scenario, 48)} >= {"zero_hours_abolished", PHASE_B}
    assert beyond(load("s05_flex_law"), 180) == []
    at_the_end = compose(
        levers={"course_hours": {"value": 250, "start": "2037-07", "ramp_months": 12}}
    )
    assert beyond(at_the_end, 180) == []
    assert [one.what for one in beyond(at_the_end, 179)] == ["ramp"]

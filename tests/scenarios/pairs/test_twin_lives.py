"""Twin lives: one family under two policies, and what made its lives part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.calendar import START_NUMBER
from model.errors import InputError
from model.family_rows import rows_of
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario
from model.registry import BY_PARAMETER
from scenarios.files.load import load
from scenarios.pairs.acquaintances import KNOWN_COLUMNS
from scenarios.pairs.cause import Cause, cause
from scenarios.pairs.find_twins import PAIR_COLUMNS, most_telling, telling
from scenarios.pairs.life_events import EVENT_COLUMNS, SERIES_COLUMNS
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair
from scenarios.pairs.twin_lives import CHAIN_COLUMNS, Member, Twins, row_of, twins
from scenarios.pairs.twin_lives import lives as together

START = 14
SIZE: dict[str, Any] = {"families": 800, "years": 4, "rng": 4}


def policy(lever: str, value: float) -> Scenario:
    change = LeverChange(lever=lever, value=value, start=START_NUMBER + START)
    return Scenario(id=f"only_{lever}", levers=(change,))


DECOUPLED = policy("housing_decoupled", 1.0)


def paired(alternative: Scenario, size: dict[str, Any]) -> Pair:
    settings = {"seed": size["rng"]} | {name: size[name] for name in ("families", "years")}
    return Pair.of(FROZEN_2023, alternative, **settings)


def first_causes(alternative: Scenario, size: dict[str, Any]) -> dict[int, tuple[int, Cause]]:
    """Return month and cause of every family whose lives part, by row."""
    both = paired(alternative, size)
    found: dict[int, tuple[int, Cause]] = {}

    def watch(now: Pair) -> None:
        for row in map(int, np.flatnonzero(now.differing())):
            if row not in found:
                found[row] = now.month, cause(now, row, rows_of(now.before, row))

    both.run(watch)
    return found


@pytest.fixture(scope="module")
def parted() -> dict[int, tuple[int, Cause]]:
    return first_causes(DECOUPLED, SIZE)


@pytest.fixture(scope="module")
def pair(parted: dict[int, tuple[int, Cause]]) -> Twins:
    row = next(row for row, (_, why) in parted.items() if why.kind == "lever")
    return twins(FROZEN_2023, DECOUPLED, family=row + 1, **SIZE)


def lives(pair: Twins, table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for scenario in (pair.base, pair.alternative):
        yield table[table["scenario"] == scenario].drop(columns="scenario").reset_index(drop=True)


def test_nothing_parts_before_the_policy_starts(parted: dict[int, tuple[int, Cause]]) -> None:
    assert min(month for month, _ in parted.values()) >= START


def test_every_parting_has_a_cause_that_was_found(parted: dict[int, tuple[int, Cause]]) -> None:
    kinds = {why.kind for _, why in parted.values()}

    assert "lever" in kinds
    assert kinds <= {"lever", "neighbour", "municipality", "school"}
    for _, why in parted.values():
        assert why.kind != "lever" or why.names == ("housing_decoupled",)


def test_a_neighbour_through_whom_lives_part_has_parted_before(
    parted: dict[int, tuple[int, Cause]],
) -> None:
    through = [(month, why) for month, why in parted.values() if why.kind == "neighbour"]

    assert through
    for month, why in through:
        assert why.names
        for name in why.names:
            assert parted[int(name) - 1][0] < month


def test_tracing_a_cause_leaves_no_trace() -> None:
    plain, traced = (paired(DECOUPLED, SIZE) for _ in range(2))
    plain.run(lambda _: None)

    def watch(now: Pair) -> None:
        for row in np.flatnonzero(now.differing())[:5]:
            cause(now, int(row), rows_of(now.before, int(row)))

    traced.run(watch)

    for branch in (BASE, ALTERNATIVE):
        assert plain.states[branch].equals(traced.states[branch])


def test_a_changed_parameter_is_named_as_the_cause() -> None:
    change = ParameterChange(parameter="work.labour_index", value=0.8, start=START_NUMBER + START)
    found = first_causes(Scenario(id="fewer_jobs", parameters=(change,)), SIZE | {"years": 2})

    assert ("parameter", ("labour_index",)) in {(why.kind, why.names) for _, why in found.values()}


def test_the_divergence_is_the_first_month_of_the_chain(pair: Twins) -> None:
    assert pair.divergence is not None
    assert list(pair.chain.columns) == list(CHAIN_COLUMNS)
    assert pair.divergence.month == pair.chain["month"].min()
    assert pair.divergence.first["field"] == pair.chain["field"].iloc[0]
    assert (pair.chain["month"].diff().dropna() >= 0).all()
    assert not pair.chain.duplicated(["person", "field"]).any()


def test_two_lives_are_one_until_they_part(pair: Twins) -> None:
    assert pair.divergence is not None
    for table in (pair.events, pair.series):
        base, other = lives(pair, table)
        month = pair.divergence.month
        pd.testing.assert_frame_equal(base[base["month"] < month], other[other["month"] < month])


def test_both_lives_are_tidy_and_without_names(pair: Twins) -> None:
    assert list(pair.events.columns) == list(EVENT_COLUMNS)
    assert list(pair.series.columns) == list(SERIES_COLUMNS)
    assert set(pair.events["scenario"]) == {"s00_frozen_2023", "only_housing_decoupled"}
    assert pair.events["person"].str.fullmatch(r"family|adult \d|child \d+").all()
    assert pair.series["value"].notna().all()


def test_the_events_are_those_of_the_run(pair: Twins) -> None:
    base, _ = lives(pair, pair.events)
    both = paired(DECOUPLED, SIZE)
    row = row_of(both, pair.family, None)
    forced = np.zeros(both.horizon, bool)

    def watch(now: Pair) -> None:
        forced[now.month] = now.states[BASE].families["moved"][row] == 2

    both.run(watch)

    told = base[base["event"] == "forced_move"]["month"].tolist()
    assert told == np.flatnonzero(forced).tolist()


def test_a_child_leads_to_its_family(pair: Twins) -> None:
    both = paired(DECOUPLED, SIZE)
    child = int(pair.events["child"].max())

    assert row_of(both, None, child) + 1 == pair.family


def test_a_family_that_nothing_reaches_lives_one_life() -> None:
    same = twins(FROZEN_2023, Scenario(id="same"), family=1, **SIZE | {"years": 2})

    assert same.divergence is None
    assert same.chain.empty


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"family": 99_999}, "there is no family 99999 in this run; ids go from 1 to"),
        ({"child": 0}, "there is no child 0"),
        ({}, "name either a family or a child"),
        ({"family": 1, "child": 1}, "name either a family or a child"),
    ],
)
def test_an_id_that_is_not_there_is_refused(who: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        twins(FROZEN_2023, DECOUPLED, **who, **SIZE)


def test_scenarios_with_other_people_cannot_be_paired() -> None:
    row = BY_PARAMETER["population.inflow_growth_year"]
    change = ParameterChange(parameter=row.name, value=row.likely[1])

    with pytest.raises(InputError, match="do not start with the same people"):
        paired(Scenario(id="others", parameters=(change,)), SIZE)


def test_both_kinds_of_pairs_are_always_shown() -> None:
    found = telling(FROZEN_2023, DECOUPLED, **SIZE | {"years": 8}, most=3)

    assert list(found.pairs.columns) == list(PAIR_COLUMNS)
    kinds = set(found.pairs["kind"])
    assert kinds & {"stays", "risk_falls"}
    assert kinds & {"leaves", "risk_rises"}
    assert found.pairs.groupby("kind").size().max() <= 3
    assert found.n_children > 50


def test_a_telling_child_left_in_one_world_only() -> None:
    alternative = Scenario(
        id="much",
        levers=(
            LeverChange(lever="care_access_level", value=1.0),
            LeverChange(lever="extra_education_hours", value=4.0),
        ),
    )
    size = SIZE | {"years": 8, "families": 2000}
    found = telling(FROZEN_2023, alternative, **size)
    crossing = found.pairs[found.pairs["kind"].isin(("stays", "leaves"))]

    assert found.counts["stays"] > 0
    crossed, alike = (
        {row.family for row in found.every if row.kind in kinds}
        for kinds in (("stays", "leaves"), ("same",))
    )
    assert crossed
    assert alike
    assert not crossed & alike
    for row in crossing.to_dict("records"):
        pair = twins(FROZEN_2023, alternative, child=int(row["child"]), **size)
        left = pair.events[
            (pair.events["event"] == "left_school") & (pair.events["child"] == row["child"])
        ]
        leaver = pair.base if row["kind"] == "stays" else pair.alternative
        assert set(left["scenario"]) == {leaver}
        assert row["p_leave_base"] != row["p_leave_alternative"]


def test_families_that_end_alike_do_so_and_part_before() -> None:
    found = telling(FROZEN_2023, DECOUPLED, **SIZE | {"years": 8}, most=2)
    alike = found.pairs[found.pairs["kind"] == "same"]

    assert len(alike) == 2
    for row in alike.to_dict("records"):
        pair = twins(FROZEN_2023, DECOUPLED, child=int(row["child"]), **SIZE | {"years": 8})
        assert pair.divergence is not None
        assert pair.divergence.month == row["parted"]
        ends = pair.events[pair.events["event"].isin(["stage", "born", "left_school", "status"])]
        last = [one.groupby("person")["after"].last().to_dict() for one in lives(pair, ends)]
        assert last[0] == last[1]


def test_every_row_counts_its_like_and_only_children_at_risk_in_both() -> None:
    # Families across the border are counted under this plan alone.
    base, border = load("s01_reference"), load("s20_border")
    found = telling(base, border, families=1000, years=10, rng=1)
    others = telling(FROZEN_2023, DECOUPLED, **SIZE | {"years": 8})

    assert found.counts == {"stays": 0, "leaves": 0}
    for row in (*found.every, *others.every):
        assert 1 <= row.alike <= max(found.n_families, others.n_families)
        assert row.p_leave_base > 0
        assert row.p_leave_alternative > 0
    assert len({(row.kind, row.child) for row in others.every}) == len(others.every) > 0


def test_most_telling_takes_a_second_kind_only_where_there_is_none_of_the_first() -> None:
    found = telling(FROZEN_2023, DECOUPLED, **SIZE | {"years": 8})
    row = next(one for one in found.every if one.kind == "risk_falls")
    crossing = row._replace(kind="stays")

    assert most_telling([row, crossing], 5) == [crossing]
    assert most_telling([row], 5) == [row]
    alike = row._replace(kind="same")
    assert most_telling([row, alike, alike._replace(child=0)], 1) == [row, alike._replace(child=0)]


def test_families_that_live_together_live_as_they_do_alone(pair: Twins) -> None:
    first, second = together(
        FROZEN_2023, DECOUPLED, [Member(family=1), Member(family=pair.family)], **SIZE
    )
    for name in ("events", "series", "chain", "acquaintances"):
        pd.testing.assert_frame_equal(getattr(second, name), getattr(pair, name))
    assert second.divergence == pair.divergence
    assert first.family == 1


def test_acquaintances_are_seen_as_they_were_when_the_lives_parted(
    pair: Twins, parted: dict[int, tuple[int, Cause]]
) -> None:
    assert pair.divergence is not None
    both = paired(DECOUPLED, SIZE)
    row = pair.family - 1
    family = both.states[BASE].families[row]
    first = int(family["first_tie"])
    ties = np.unique(both.states[BASE].ties[first : first + int(family["n_ties"])])
    seen: list[np.ndarray] = []

    def watch(now: Pair) -> None:
        if pair.divergence is not None and now.month == pair.divergence.month:
            seen.append(now.states[ALTERNATIVE].signals[ties].copy())

    both.run(watch)
    table = pair.acquaintances

    assert list(table.columns) == list(KNOWN_COLUMNS)
    assert table["family"].tolist() == (ties + 1).tolist()
    assert table["is_informed_alternative"].tolist() == (seen[0][:, 0] > 0).tolist()
    assert table["is_here_alternative"].tolist() == (seen[0][:, 1] > 0).tolist()
    told = [
        int(name) - 1 for name, month in zip(table["family"], table["parted"], strict=True) if month
    ]
    assert set(told) == set(ties.tolist()) & set(parted)

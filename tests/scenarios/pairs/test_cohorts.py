"""Cohorts: who is followed, to when, and what leaving the country does to it."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest

from model.enums import Population, Stage, Status
from model.errors import InputError
from model.policy.scenario import FROZEN_2023, Scenario
from scenarios import evaluate, load
from scenarios.pairs.cohorts import By, Cohorts, _levels, _Seen, _table, cohorts
from scenarios.pairs.pair import Pair


def small(alternative: Scenario) -> Cohorts:
    """The base and an alternative in one small pair of runs."""
    return cohorts(FROZEN_2023, alternative, families=800, years=13)


@pytest.fixture(scope="module")
def permanence() -> Cohorts:
    pair = load("s01_reference"), load("s18_permanence")
    return cohorts(*pair, families=1500, years=15, replicates=3)


def eu11(found: Cohorts, birthday: int) -> pd.DataFrame:
    """The EU-11 cohorts that were followed to a birthday."""
    table = found.table
    mine = (table["population"] == "eu11") & (table["birthday"] == birthday)
    return table[mine & table["level"].notna()].set_index("cohort")


def by_hand(
    family_count: int, years: int, by: By, cohort: int, birthday: int
) -> tuple[float, int, float]:
    """One cohort of EU-11 children in one run, child by child.

    The share that has left, how many were seen, and the share that left the country.
    """
    pair = Pair.of(FROZEN_2023, FROZEN_2023, families=family_count, years=years)
    owners = pair.family_of_child
    seen: dict[int, list[float]] = {}
    before: set[int] = set()
    children: set[int] = set()
    abroad: set[int] = set()

    def watch(pair: Pair) -> None:
        if pair.month % 12 != 2:
            return
        state = pair.states[0]
        now = set()
        for c, owner in enumerate(owners):
            if owner < 0 or state.families["population"][owner] != Population.EU11:
                continue
            born, arrived = (
                int(state.children["birth_month"][c]),
                int(state.families["entry_month"][owner]),
            )
            month = born if by == "birth" else arrived
            if month // 12 != cohort or (by == "arrival" and born >= arrived):
                continue
            age = (pair.month - born) // 12
            is_here = state.families["status"][owner] in (Status.IN_NL, Status.ABROAD_TEMP)
            if c in before and is_here and age < birthday:
                drawn = state.children["risk_stage"][c] > 0
                hazard = float(state.children["vsv_hazard_year"][c]) if drawn else 0.0
                seen.setdefault(age, []).append(hazard)
                children.add(c)
            elif c in before and not is_here and age < birthday:
                children.add(c)
                abroad.add(c)
            if is_here and age >= 12 and state.children["stage"][c] != Stage.LEFT:
                now.add(c)
        before.clear()
        before.update(now)

    pair.run(watch)
    assert sorted(seen) == list(range(13, birthday))
    left = 1.0 - math.prod(1.0 - float(np.mean(seen[age])) for age in seen)
    return left, len(children), len(abroad) / len(children)


@pytest.mark.parametrize(
    ("by", "cohort", "name"), [("birth", -11, "2012/13"), ("arrival", 0, "2023/24")]
)
def test_the_share_that_has_left_is_that_of_following_every_child(
    by: By, cohort: int, name: str
) -> None:
    found = cohorts(FROZEN_2023, FROZEN_2023, by=by, families=800, years=11)

    row = eu11(found, 18).loc[name, ["level", "children", "abroad"]]

    assert tuple(row) == pytest.approx(by_hand(800, 11, by, cohort, 18))


def test_a_birthday_that_the_run_does_not_reach_gives_no_share(permanence: Cohorts) -> None:
    to_18, to_23 = (eu11(permanence, birthday).index for birthday in (18, 23))

    # Twelve at the first count, and thirteen at the second: born from 2010/11 on.
    assert to_18[0] == to_23[0] == "2010/11"
    assert to_23[-1] == "2015/16"
    assert to_18[-1] == "2020/21"


def test_more_has_left_by_the_later_birthday(permanence: Cohorts) -> None:
    to_18, to_23 = (eu11(permanence, birthday) for birthday in (18, 23))
    both = to_23.index

    assert (to_23["level"] > to_18.loc[both, "level"]).all()
    assert (to_23["children"] >= to_18.loc[both, "children"]).all()
    assert to_23["level"].between(0.0, 1.0).all()


def test_expected_to_stay_fewer_children_of_a_cohort_leave_the_country(permanence: Cohorts) -> None:
    followed = eu11(permanence, 23)
    children = followed["children"]

    assert (children * followed["abroad"]).sum() < (children * followed["abroad_base"]).sum()


def test_a_part_that_the_run_does_not_follow_to_the_end_is_told(permanence: Cohorts) -> None:
    to_18 = eu11(permanence, 18)

    whole = to_18.index < "2020/21"
    assert (to_18["not_yet"][whole] == 0.0).all()
    assert (to_18["not_yet"][~whole] > 0.5).all()


def test_chance_is_told_from_replicates_and_from_nothing_else(permanence: Cohorts) -> None:
    told = eu11(permanence, 18)
    once = small(load("s18_permanence"))

    assert (told["low"] < told["difference"]).all()
    assert (told["difference"] < told["high"]).all()
    assert eu11(once, 18)["low"].isna().all()
    assert once.split["same_low"].isna().all()


def test_more_replicates_are_taken_together_and_not_averaged(permanence: Cohorts) -> None:
    told = eu11(permanence, 18).loc["2014/15"]

    assert told["difference"] == pytest.approx(told["level"] - told["level_base"])


def test_what_is_expected_of_all_cohorts_is_what_is_expected_in_all_years() -> None:
    pair = Pair.of(FROZEN_2023, FROZEN_2023, families=800, years=10)
    seen = _Seen(pair, "birth")
    pair.run(seen.watch)
    sums = evaluate(families=800, years=10, base=FROZEN_2023)

    for name in Population:
        whole = sum(
            float(np.nansum(sums.numerators(outcome, population=name.name.lower())))
            for outcome in ("vsv_vo_expected", "vsv_mbo_expected")
        )
        assert seen.expected[0, name].sum() == pytest.approx(whole)


def test_a_policy_against_itself_differs_in_nothing() -> None:
    found = small(FROZEN_2023)

    assert (eu11(found, 18)["difference"] == 0.0).all()
    assert (found.split["same_children"] == 0.0).all()
    assert (found.split["who_is_counted"] == 0.0).all()


def test_as_long_as_the_same_children_are_counted_nothing_comes_of_who_is(
    permanence: Cohorts,
) -> None:
    first = permanence.split.iloc[0]

    assert first["n_base"] == first["n_both"] == first["n_alternative"]
    assert first["same_children"] != 0.0
    assert first["who_is_counted"] == 0.0


def test_the_interval_is_that_of_leaving_out_one_replicate_at_a_time() -> None:
    luck, runs = np.random.default_rng(1), 40
    n = luck.integers(20, 60, (2, 5, runs)).astype(float)
    expected = (
        n * np.array([0.02, 0.04, 0.03, 0.08, 0.1])[:, None] * luck.uniform(0.5, 1.5, n.shape)
    )

    def difference(chosen: np.ndarray) -> float:
        return _levels(n[..., chosen], expected[..., chosen])["difference"]

    left_out = [difference(np.arange(runs) != r) for r in range(runs)]
    error = math.sqrt((runs - 1) * float(np.var(left_out)))
    told = _levels(n, expected)

    assert told["high"] - told["low"] == pytest.approx(2 * 2.0227 * error, rel=0.03)


@pytest.mark.parametrize(("in_base", "marks"), [(9.0, ["hidden"]), (10.0, [""])])
def test_a_cohort_that_is_small_in_one_run_is_hidden(in_base: float, marks: list[str]) -> None:
    size = (2, 2, 1)
    seen = SimpleNamespace(
        n=np.full((*size, 9), 20.0), expected=np.full((*size, 9), 1.0),
        children=np.zeros((*size, 2)), abroad=np.zeros((*size, 2)), not_yet=np.zeros((*size, 2)),
    )  # fmt: skip
    seen.children[:, Population.EU11, 0, 0] = in_base, 20.0

    assert list(_table([cast("_Seen", seen)], "birth")["mark"]) == marks


def test_only_who_came_from_abroad_is_in_a_cohort_of_arrival() -> None:
    pair = Pair.of(FROZEN_2023, FROZEN_2023, families=800, years=3)
    seen = _Seen(pair, "arrival")
    pair.run(seen.watch)
    state = pair.states[0]
    arrived = state.families["entry_month"][pair.family_of_child]
    chosen = seen._followed[0].any(axis=0)

    assert chosen.any()
    assert (state.children["birth_month"] < arrived)[chosen & seen._is_in_one].all()
    assert seen.n[0, Population.COMPARABLE].sum() == 0.0


def test_a_small_cohort_is_hidden_in_both_runs() -> None:
    found = cohorts(FROZEN_2023, load("s18_permanence"), families=60, years=3)
    hidden = found.table[found.table["mark"] == "hidden"]
    told = ["by", "population", "cohort", "birthday", "every_age", "mark"]
    numbers = hidden.drop(columns=told)

    assert len(hidden) > 10
    assert numbers.isna().all(axis=None)
    shown = found.table[found.table["mark"] == ""]
    assert (shown[["children_base", "children"]] >= 10).all(axis=None)


def test_what_cannot_be_followed_is_refused() -> None:
    with pytest.raises(InputError, match="by = 'school' is not possible; choose birth or arrival"):
        cohorts(FROZEN_2023, FROZEN_2023, by=cast("By", "school"))
    with pytest.raises(InputError, match="replicates = 0 is not possible; at least 1"):
        cohorts(FROZEN_2023, FROZEN_2023, replicates=0)

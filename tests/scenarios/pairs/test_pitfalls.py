"""The pitfalls of the evidence, each with a check: who is counted, when, twice, and what fades."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model import FamilyModel
from model.calendar import SchoolMonth
from model.enums import Contract, LetterGroup, Population, Stage
from model.family_rows import family_of_child
from model.policy.channels import neutralised
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario
from model.policy.timetable import build
from model.registry import BY_PARAMETER
from model.run.build import build_population
from model.run.engine import Engine
from model.state import State
from scenarios import load
from scenarios.pairs.cohorts import cohorts


def moved(parameters: Mapping[str, float] | None = None, **levers: float) -> Scenario:
    """Return a scenario that moves some levers and parameters from the first month on."""
    changes = tuple(LeverChange(lever=name, value=value) for name, value in levers.items())
    numbers = tuple(
        ParameterChange(parameter=name, value=value) for name, value in (parameters or {}).items()
    )
    return Scenario(id="moved", levers=changes, parameters=numbers)


def lived(scenario: Scenario, months: int, families: int = 1500) -> FamilyModel:
    """Return a model that has lived some months."""
    model = FamilyModel(scenario, families=families, rng=1, years=20, collect=False)
    model.run_for(months)
    return model


# Composition


def test_expecting_families_to_stay_changes_who_is_counted_and_the_split_says_how_much() -> None:
    split = cohorts(load("s01_reference"), load("s18_permanence"), families=3000, years=12).split
    last = split.tail(4)

    assert (last["n_alternative"] > last["n_base"]).all()
    assert (last["n_both"] < last["n_alternative"]).all()
    assert (last["who_is_counted"] != 0.0).all()
    assert np.allclose(
        split["same_children"] + split["who_is_counted"],
        split["rate_alternative"] - split["rate_base"],
    )


# Measured against actual


def test_registration_moves_what_is_measured_more_than_what_is_so() -> None:
    base, more = (lived(one, 51) for one in (FROZEN_2023, moved(registration_outreach=0.1)))
    counts = {}
    for name, model in (("base", base), ("more", more)):
        table = model.outcomes(layer=None)
        chosen = table[
            (table["dimension"] == "all")
            & (table["population"] == "eu11")
            & (table["outcome"] == "vsv_vo_expected")
        ]
        counts[name] = chosen.groupby("layer")["denominator"].sum()

    change = counts["more"] / counts["base"] - 1.0

    assert change["registered"] > 0.01
    assert abs(change["actual"]) < change["registered"] / 4


# Timing


def test_the_youngest_group_reaches_school_leaving_only_late_and_the_latecomers_at_once() -> None:
    model = FamilyModel(families=3000, rng=1, years=20, collect=False)
    children = model.state.children
    here = family_of_child(model.state) < model.state.entries[0]
    start = {
        group: here & (children["letter_group"] == group) & (children["stage"] != Stage.UNBORN)
        for group in (LetterGroup.AGED_0_4, LetterGroup.LATE_ARRIVAL)
    }
    expected: dict[LetterGroup, list[float]] = {group: [] for group in start}
    while model.month < model.horizon:
        model.step()
        if (model.month - 1) % 12 == SchoolMonth.OCTOBER:
            now = model.state.children
            at_risk = now["risk_stage"] > 0
            for group, chosen in start.items():
                hazards = now["vsv_hazard_year"][chosen & at_risk].astype(float)
                expected[group].append(float(hazards.sum()))
    youngest, late = (np.array(one) for one in expected.values())

    # Count k looks back on school year k: in the first eight no child of group 1 is twelve yet, and
    # the first six are those in which group 2 goes through secondary school. Some of it leaves
    # later: at eighteen and over, in mbo, or after a return to school.
    assert youngest[:8].sum() == 0.0
    assert youngest[:12].sum() < 0.35 * youngest.sum()
    assert late[:7].sum() > 0.7 * late.sum()


# Double counting


def test_contract_has_no_direct_effect_by_default() -> None:
    assert BY_PARAMETER["school.direct_contract"].value == 0.0


def relabelled(direct: float) -> tuple[State, State]:
    """Return two worlds after eight months: in one, call workers are said to have fixed contracts.

    All by which a contract works is made equal: hours, pay, end of jobs, moves between contracts.
    """
    parameters = build(FROZEN_2023, 12).parameters
    for name in parameters.dtype.names or ():
        if name.startswith("cv_") and name != "cv_reference":
            parameters[name] = 0.1
        elif name.startswith(("p_end_", "p_on_call", "p_fixed_perm")) or name.endswith("_wage_gap"):
            parameters[name] = 0.0
    for name in ("fixed_contract_months", "chain_max_months", "chain_max_contracts"):
        parameters[name] = 1000.0
    parameters["on_call_offer_months"] = 1000.0
    parameters["direct_contract"] = direct
    states = []
    for label in (Contract.ZERO_HOURS, Contract.FIXED):
        plan = build(FROZEN_2023, 12)
        state = build_population(plan, 1, 1000)
        contracts = state.adults["contract"]
        chosen = np.isin(contracts, (Contract.ZERO_HOURS, Contract.FIXED))
        state.adults["contract"][chosen] = label
        for counter in ("months_in_type", "chain_count", "chain_months"):
            state.adults[counter][chosen] = 1
        plan.parameters[:] = parameters
        engine = Engine(state, plan, 1)
        for _ in range(8):
            engine.step()
        states.append(state)
    return states[0], states[1]


def test_the_name_of_a_contract_alone_changes_nothing_for_a_child() -> None:
    call, fixed = relabelled(direct=0.0)

    assert (call.adults["contract"] != fixed.adults["contract"]).sum() > 100
    assert call.children.tobytes() == fixed.children.tobytes()


def test_the_direct_effect_is_there_for_sensitivity() -> None:
    call, fixed = relabelled(direct=0.05)

    assert (call.children["learning_z"] <= fixed.children["learning_z"]).all()
    assert (call.children["learning_z"] < fixed.children["learning_z"]).sum() > 100


def test_hours_reach_children_only_through_income_roster_and_home() -> None:
    def with_channels(off: tuple[str, ...], extra: float) -> State:
        plan = build(moved(zero_hours_abolished=1.0, bandwidth_extra_max=extra), 36)
        state = build_population(plan, 1, 1000)
        plan.parameters[:] = neutralised(plan.parameters, off)
        if off:
            # Ways of income that are no channel of their own: the next home, and the loan.
            for name in ("p_upgrade_owner", "p_loan"):
                plan.parameters[name] = 0.0
        engine = Engine(state, plan, 1)
        for _ in range(36):
            engine.step()
        return state

    off = ("income", "roster", "language", "forced_moves")
    small, large = (with_channels(off, extra) for extra in (0.0, 1.0))
    open_small, open_large = (with_channels((), extra) for extra in (0.0, 1.0))

    assert not np.array_equal(small.families["hours_cv"], large.families["hours_cv"])
    assert small.children.tobytes() == large.children.tobytes()
    assert open_small.children.tobytes() != open_large.children.tobytes()


# Fade


def test_without_fading_the_extra_hour_would_look_twice_as_strong() -> None:
    def effect(fade_rate: float) -> float:
        parameters = {"school.fade_rate": fade_rate}
        hazards = []
        for hours in (0.0, 1.0):
            scenario = moved(parameters, extra_education_hours=hours, extra_education_target=0.0)
            state = lived(scenario, 15 * 12 + 3).state
            owner = family_of_child(state)
            eu11 = state.families["population"][owner] == Population.EU11
            chosen = eu11 & (state.children["risk_stage"] > 0)
            hazards.append(float(state.children["vsv_hazard_year"][chosen].mean()))
        return hazards[0] - hazards[1]

    fading, straight = effect(0.4), effect(0.0)

    assert fading > 0.0
    assert straight > 1.7 * fading

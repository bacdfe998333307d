"""Origin is no cause: under every lever, its labels change nothing but the labels."""

from __future__ import annotations

import numpy as np
import pytest

from model import FamilyModel
from model.enums import Origin, Status
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario
from model.policy.timetable import build
from model.registry import LEVERS
from model.run.build import build_population
from model.run.engine import Engine
from model.state import State
from scenarios import load

ALL = load("s21_all")
REFORMED = Scenario(
    id="reformed",
    levers=tuple(
        LeverChange(
            lever=lever.name, value=lever.reform if lever.reform != lever.base else lever.high
        )
        for lever in LEVERS
        if lever.kind != "month"
    ),
)
"""All 52 levers away from their base at once, from the first month on."""

OUTCOMES = (
    "families.income_eur_month",
    "families.knowledge",
    "families.trust",
    "families.parent_dutch",
    "families.hours_cv",
    "families.care_access",
    "families.settlement_intention",
    "children.language_z",
    "children.learning_z",
    "children.absent_days_12m",
    "children.belonging",
    "children.vsv_hazard_year",
)


@pytest.mark.parametrize("scenario", [FROZEN_2023, ALL, REFORMED], ids=lambda one: one.id)
def test_permuting_the_labels_of_origin_changes_nothing_but_the_labels(scenario: Scenario) -> None:
    def run(*, permuted: bool) -> State:
        model = FamilyModel(scenario, families=500, rng=1, years=15, collect=False)
        labels = model.state.families["origin"]
        if permuted:
            eu11 = np.flatnonzero(labels != Origin.NETHERLANDS)
            labels[eu11] = labels[np.roll(eu11, 7)]
        model.run_for(7 * 12)
        return model.state

    plain, permuted = run(permuted=False), run(permuted=True)

    assert not np.array_equal(plain.families["origin"], permuted.families["origin"])
    permuted.families["origin"] = plain.families["origin"]
    assert plain.equals(permuted)


def lived(scenario: Scenario, seed: int, *, is_blind: bool) -> State:
    """Return the state after six years; `is_blind` deals origins without looking at anything.

    The families are laid down as always. Then each EU-11 family gets an origin by a permutation
    that is independent of all it has, so that the covariates of all origins have the same
    distribution. Home language stays, since services are matched by it.
    """
    plan = build(scenario, 72)
    state = build_population(plan, seed, 6000)
    labels = state.families["origin"]
    eu11 = np.flatnonzero(labels != Origin.NETHERLANDS)
    if is_blind:
        labels[eu11] = np.random.default_rng(seed).permutation(labels[eu11])
    engine = Engine(state, plan, seed)
    for _ in range(72):
        engine.step()
    return state


def by_family(state: State, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the value of an outcome per family that is here (its mean child), and its origin."""
    rows, field = name.split(".")
    families = state.families
    here = (families["status"] == Status.IN_NL) & (families["origin"] != Origin.NETHERLANDS)
    if rows == "families":
        return families[field][here].astype(float), families["origin"][here]
    pupils = state.children["is_enrolled"] != 0
    found = []
    for family in families[here]:
        first = int(family["first_child"])
        mine = slice(first, first + int(family["n_children"]))
        values = state.children[field][mine][pupils[mine]].astype(float)
        found.append(values.mean() if values.size else np.nan)
    values = np.array(found)
    return values[~np.isnan(values)], families["origin"][here][~np.isnan(values)]


def gaps(state: State) -> np.ndarray:
    """Return how far the three largest origins lie from the others, in standard errors."""
    scores = []
    for name in OUTCOMES:
        values, origins = by_family(state, name)
        for origin in (Origin.POLAND, Origin.ROMANIA, Origin.BULGARIA):
            ours, others = values[origins == origin], values[origins != origin]
            error = np.sqrt(ours.var() / ours.size + others.var() / others.size)
            scores.append((ours.mean() - others.mean()) / error)
    return np.array(scores)


@pytest.mark.parametrize("scenario", [FROZEN_2023, ALL], ids=lambda one: one.id)
def test_with_equal_covariates_outcomes_of_origins_differ_no_more_than_by_chance(
    scenario: Scenario,
) -> None:
    blind = gaps(lived(scenario, 5, is_blind=True))

    # 36 scores that should be near standard normal; the outcomes of a family hang together. Of
    # forty other permutations of the labels one reaches 4.7.
    assert np.abs(blind).max() < 5.0
    assert np.square(blind).mean() < 2.0


def test_as_sampled_origins_do_differ_so_that_equal_covariates_are_no_empty_claim() -> None:
    sampled = gaps(lived(FROZEN_2023, 5, is_blind=False))

    assert np.abs(sampled).max() > 5.0
    assert np.square(sampled).mean() > 4.0


EQUAL = tuple(
    ParameterChange(parameter=f"population.{name}", value=value)
    for name, value in {
        "share_mbo_poland": 0.6,
        "share_mbo_bulgaria": 0.6,
        "share_mbo_romania": 0.6,
        "share_mbo_other": 0.6,
        "share_higher_of_mbo": 0.3,
        "share_higher_of_mbo_romania": 0.3,
        "origin_stay_weight": 0.0,
    }.items()
)
"""Schooling, and the length of stay that leads to work and Dutch, alike in all origins."""


@pytest.mark.parametrize(("families", "years"), [(None, 0), (10_000, 3)])
def test_polish_and_bulgarian_parents_differ_in_pay_by_schooling_and_stay_and_by_nothing_else(
    families: int | None, years: int
) -> None:
    def gap(changes: tuple[ParameterChange, ...]) -> float:
        """How far Polish families lie above Bulgarian ones, in standard errors."""
        plan = build(Scenario(id="gap", parameters=changes), 37)
        state = build_population(plan, 1, families)
        engine = Engine(state, plan, 1)
        for _ in range(12 * years):
            engine.step()
        here = state.families[state.families["status"] == Status.IN_NL]
        poles, bulgarians = (
            here["income_12m_eur"][here["origin"] == origin].astype(float)
            for origin in (Origin.POLAND, Origin.BULGARIA)
        )
        error = np.sqrt(poles.var() / poles.size + bulgarians.var() / bulgarians.size)
        return float((poles.mean() - bulgarians.mean()) / error)

    assert gap(()) > 4.0
    assert abs(gap(EQUAL)) < 3.0

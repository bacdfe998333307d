"""Origin is no cause: under every lever, its labels change nothing but the labels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from model import FamilyModel
from model.enums import FamilyType, Origin, Population, Status
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario
from model.policy.timetable import build
from model.population.stratified_assignment import mixed_place, tilt
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
    state = build_population(plan, seed, 9000)
    labels = state.families["origin"]
    eu11 = np.flatnonzero(labels != Origin.NETHERLANDS)
    if is_blind:
        labels[eu11] = np.random.default_rng(seed).permutation(labels[eu11])
    engine = Engine(state, plan, seed)
    for _ in range(72):
        engine.step()
    return state


def by_family(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Return the outcomes (n, k) of families that are here, NaN for none, and their origins (n,).

    What is told of children is the mean of those of the family who are at school.
    """
    families, children = state.families, state.children
    here = (families["status"] == Status.IN_NL) & (families["origin"] != Origin.NETHERLANDS)
    family_of = np.repeat(np.arange(families.size), families["n_children"])
    pupils = np.flatnonzero(children["is_enrolled"] != 0)
    family_of = family_of[pupils]
    n_pupils = np.bincount(family_of, minlength=families.size)
    columns = []
    for name in OUTCOMES:
        rows, field = name.split(".")
        if rows == "families":
            columns.append(families[field].astype(float))
            continue
        total = np.bincount(family_of, children[field][pupils].astype(float), families.size)
        columns.append(np.where(n_pupils > 0, total / np.maximum(1, n_pupils), np.nan))
    return np.column_stack(columns)[here], families["origin"][here]


def gaps(values: np.ndarray, origins: np.ndarray) -> np.ndarray:
    """Return how far the three largest origins lie from the others, in standard errors (3 k,)."""
    scores = []
    for origin in (Origin.POLAND, Origin.ROMANIA, Origin.BULGARIA):
        ours, others = values[origins == origin], values[origins != origin]
        error = sum(
            np.nanvar(side, axis=0) / np.isfinite(side).sum(axis=0) for side in (ours, others)
        )
        scores.append((np.nanmean(ours, axis=0) - np.nanmean(others, axis=0)) / np.sqrt(error))
    return np.concatenate(scores)


def rank_among_permutations(values: np.ndarray, origins: np.ndarray, n: int = 400) -> float:
    """Return the share of permutations of the labels with a largest gap like theirs or larger.

    Whatever the shape of an outcome is and however outcomes hang together, labels without meaning
    have a rank that is uniform between 0 and 1. Outcomes are told by rank, so that the few far
    away do not hide the others.
    """
    rng = np.random.default_rng(1)
    values = pd.DataFrame(values).rank().to_numpy()
    largest = np.abs(gaps(values, origins)).max()
    others = [np.abs(gaps(values, rng.permutation(origins))).max() for _ in range(n)]
    return (1 + int(np.sum(np.array(others) >= largest))) / (1 + n)


@pytest.mark.parametrize("scenario", [FROZEN_2023, ALL], ids=lambda one: one.id)
def test_with_equal_covariates_outcomes_of_origins_differ_no_more_than_by_chance(
    scenario: Scenario,
) -> None:
    values, origins = by_family(lived(scenario, 5, is_blind=True))

    assert rank_among_permutations(values, origins) > 0.02
    # A fifth of a standard deviation that one origin would have of itself is seen.
    touched = values.copy()
    learning = OUTCOMES.index("children.learning_z")
    touched[origins == Origin.POLAND, learning] -= 0.2
    assert rank_among_permutations(touched, origins) < 0.005


def test_as_sampled_origins_do_differ_so_that_equal_covariates_are_no_empty_claim() -> None:
    sampled = by_family(lived(FROZEN_2023, 5, is_blind=False))

    assert rank_among_permutations(*sampled) < 0.005
    assert np.square(gaps(*sampled)).mean() > 4.0


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


def test_origin_goes_with_stay_and_education_does_not() -> None:
    """So no rule meets other people for how long the countries have been free to come."""
    families = build_population(build(FROZEN_2023, 120), 1, None).families
    own = (families["population"] == Population.EU11) & (families["is_border"] == 0)
    entered, level = families["entry_month"] >= 0, families["parent_education"].astype(float)
    stay = -families["arrival_month"].astype(int)
    long_here, new = own & ~entered & (stay > 180), own & ~entered & (stay < 36)
    comes = own & entered & (families["family_type"] == FamilyType.RECENT)
    poles = families["origin"] == Origin.POLAND

    assert poles[long_here].mean() > poles[new].mean() + 0.05
    assert poles[comes].mean() == pytest.approx(poles[new].mean(), abs=0.02)
    for some in (long_here, new, comes):
        assert level[some].mean() == pytest.approx(level[own].mean(), abs=0.02)


@pytest.mark.parametrize("weight", [0.0, 0.25, 0.6, 0.98])
def test_who_comes_later_is_dealt_as_many_are_tilted(weight: float) -> None:
    dealt, place = np.random.default_rng(1).random((2, 50_000))
    tilted = tilt(dealt, place, weight, np.zeros(dealt.size, int))

    np.testing.assert_allclose(mixed_place(dealt, place, weight), tilted, atol=0.01)

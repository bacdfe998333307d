"""What is true of every family and child in every month, whatever the seed and the policy."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
from hypothesis import HealthCheck, given, settings

from model import FamilyModel
from model.calendar import SchoolMonth
from model.enums import Contract, Housing, Municipality, Stage, Status
from model.family_rows import family_of_child
from model.outcomes.registry import DIMENSIONS
from model.registry import BY_PARAMETER
from model.state import State
from scenarios import load, names

HOURS_MAX = BY_PARAMETER["work.hours_week_max"].value
CENT = 0.01
UNIT_FIELDS = (
    "knowledge",
    "trust",
    "parent_dutch",
    "settlement_intention",
    "care_access",
    "roster_predictability",
)
FINAL = (Stage.EMIGRATED, Stage.AGED_OUT, Stage.AT_WORK)


def check(before: State, after: State, month: int, hours_max: float = HOURS_MAX) -> None:
    """Hold a month's state against the month before."""
    families, adults, children = after.families, after.adults, after.children
    entered = families["status"] != Status.AWAITED
    for field in UNIT_FIELDS:
        values = families[field][entered]
        assert ((values >= 0) & (values <= 1.000001)).all(), field
    assert np.isin(families["status"], list(Status)).all()
    assert np.isin(families["housing"], list(Housing)).all()
    assert np.isin(families["municipality"], list(Municipality)).all()
    # Below nothing only by what it repays of its loan.
    most_repaid = before.families["loan_debt_eur"]
    assert (families["income_eur_month"] >= -most_repaid - CENT)[entered].all()
    assert (families["unpaid_eur"] >= 0).all()
    assert np.isin(adults["contract"], list(Contract)).all()
    # Steps read the row of an adult who is not there too: nobody works or looks for work in it.
    nobody = adults["is_present"] == 0
    assert (adults["contract"][nobody] == Contract.NONE).all()
    for name in ("is_seeking", "hours_worked", "benefit_months", "is_malafide"):
        assert not adults[name][nobody].any(), name
    # Who is away, gone or still to come shows nothing, also of what it showed before.
    shows = families["status"] == Status.IN_NL
    assert after.signals[shows].any(axis=1).all()
    assert not after.signals[~shows].any()
    assert (adults["hours_worked"] >= 0).all()
    assert (adults["hours_worked"] <= hours_max).all()
    out_of_work = adults["contract"] == Contract.NONE
    assert (adults["hours_worked"][out_of_work & np.repeat(entered, 2)] == 0).all()

    stages, old = children["stage"], before.children["stage"]
    assert np.isin(stages, list(Stage)).all()
    # A family that is still awaited may have a child that will be born before it comes.
    order = np.argsort(families["first_child"], kind="stable")
    parent = np.repeat(order, families["n_children"][order])
    unborn = (month < children["birth_month"]) & entered[parent]
    assert (stages[unborn] == Stage.UNBORN).all()
    assert (stages[(old > 0)] > 0).all()
    for stage in FINAL:
        assert (stages[old == stage] == stage).all()
    at_school = children["is_enrolled"] == 1
    assert ((stages[at_school] >= Stage.PO1) & (stages[at_school] <= Stage.MBO4)).all()
    in_groups = (stages >= Stage.PO1) & (stages <= Stage.PO8)
    assert (
        stages[in_groups & (old >= Stage.PO1) & (old < Stage.PO8)]
        >= old[in_groups & (old >= Stage.PO1) & (old < Stage.PO8)]
    ).all()
    assert (children["ve_hours"] >= before.children["ve_hours"]).all()
    assert (children["birth_month"] == before.children["birth_month"]).all()
    hazard = children["vsv_hazard_year"]
    assert ((hazard >= 0) & (hazard <= 1)).all()
    for field in ("language_z", "learning_z", "gain_language", "gain_learning", "belonging"):
        assert np.isfinite(children[field]).all(), field
    left = (stages == Stage.LEFT) & (old != Stage.LEFT)
    assert (children["left_month"][left] == month).all()
    assert (children["risk_stage"][left] >= Stage.ISK).all()


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 2**64 - 1),
    name=st.sampled_from(names()),
    size=st.integers(2, 400),
    fade=st.floats(0, 0.6),
)
def test_a_state_is_always_possible(seed: int, name: str, size: int, fade: float) -> None:
    model = FamilyModel(
        load(name), families=size, rng=seed, collect=False, parameters={"school.fade_rate": fade}
    )
    for month in range(30):
        before = model.state.copy()
        model.step()
        check(before, model.state, month)


def test_counts_add_up_over_every_dimension() -> None:
    table = FamilyModel(families=800, rng=3, years=4, collect=False).run().outcomes(layer=None)
    exact = table[table["outcome"].isin(["n_families", "n_children", "vsv_vo_counted"])]
    keys = ["school_year", "population", "outcome", "layer"]
    whole = exact[exact["dimension"] == "all"].set_index(keys)["numerator"]

    for dimension, _ in DIMENSIONS:
        # Origin leaves out small groups; families have no letter group.
        if dimension in {"all", "origin"}:
            continue
        part = exact[exact["dimension"] == dimension].groupby(keys)["numerator"].sum()
        shared = part.index
        if dimension == "letter_group":
            shared = shared[shared.get_level_values("outcome") != "n_families"]
        np.testing.assert_allclose(part.loc[shared], whole.loc[shared])


def test_every_leaving_is_counted_once_and_some_come_back() -> None:
    model = FamilyModel(families=3000, rng=5, years=6, collect=False)
    state, family = model.state, family_of_child(model.state)
    left = 0
    for month in range(12 * 6 - 1):
        model.step()
        here = np.isin(state.families["status"], (Status.IN_NL, Status.ABROAD_TEMP))[family]
        leaves = (state.children["stage"] == Stage.LEFT) & (state.children["left_month"] == month)
        # The first October counts the school year before the run.
        left += int((leaves & here).sum()) if month > SchoolMonth.OCTOBER else 0
    rows = model.outcomes().query("dimension == 'all' and layer == 'actual'")
    is_count = rows["outcome"].isin(["vsv_vo_counted", "vsv_mbo_counted"])

    assert rows.loc[is_count, "numerator"].sum() == left > 0
    assert ((state.children["left_month"] >= 0) & (state.children["is_enrolled"] == 1)).any()


def test_registered_leavers_are_never_more_than_actual_ones() -> None:
    table = FamilyModel(families=1500, rng=2, years=5, collect=False).run().outcomes(layer=None)
    rows = table[table["outcome"].str.startswith("vsv_") & (table["dimension"] == "all")]
    wide = rows.pivot_table(
        index=["school_year", "population", "outcome"], columns="layer", values="denominator"
    )

    assert (wide["registered"] <= wide["actual"] + 1e-9).all()

"""Work as people live it: jobs begin and end, hours vary, law changes under running contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import month_number
from model.enums import Contract, Status
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.state import ADULTS

MONTHS = 30
BILL = 18
"""Run month in which the bill of these tests starts."""


def months(model: FamilyModel, n: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Live months; give each with the adults before it, and who is at hand (2 n,) through it."""
    for _ in range(n):
        before, status = model.state.adults.copy(), model.state.families["status"].copy()
        month = model.month
        model.step()
        stays = (status == Status.IN_NL) & (model.state.families["status"] == Status.IN_NL)
        yield month, before, np.repeat(stays, ADULTS) & (before["is_present"] != 0)


def of_families(adults: np.ndarray) -> np.ndarray:
    """Return for every family (n,) whether it holds for one of its adults (2 n,)."""
    return np.asarray(adults.reshape(-1, ADULTS).any(axis=1))


def bill(*, share_limits_kept: float, **levers: float) -> Scenario:
    """Return a bill that starts in run month BILL."""
    start = month_number("2023-08") + BILL
    return Scenario(
        id="bill",
        levers=tuple(LeverChange(lever=k, value=v, start=start) for k, v in levers.items()),
        parameters=(ParameterChange(parameter="work.share_limits_kept", value=share_limits_kept),),
    )


def test_a_first_job_is_no_variation_of_hours(lived: Callable[..., FamilyModel]) -> None:
    model = lived(months=0)
    p = model.timetable.parameters_in(0)
    n_hired = 0
    for month, before, here in months(model, MONTHS):
        adults = model.state.adults
        hired = here & (before["contract"] == Contract.NONE) & (adults["start_month"] == month)
        hired &= adults["contract"] == Contract.FIXED
        n_hired += int(hired.sum())
        usual, worked = (adults[k][hired].astype(float) for k in ("hours_contract", "hours_worked"))
        away = worked - usual
        own = (p.cv_fixed * usual) ** 2
        np.testing.assert_allclose(
            adults["hours_mean"][hired], usual + away / p.hours_smoothing_months, rtol=1e-5
        )
        np.testing.assert_allclose(
            adults["hours_variance"][hired],
            own + (away**2 - own) / p.hours_smoothing_months,
            rtol=1e-4,
        )

    assert n_hired > 50


def test_a_workless_parent_has_no_roster_of_the_last_job(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0)
    n_lost = 0
    for _, before, here in months(model, 12):
        families, adults = model.state.families, model.state.adults
        works = of_families((adults["contract"] != Contract.NONE) & (adults["is_present"] != 0))
        idle = of_families(here) & ~works
        n_lost += int((idle & of_families(before["contract"] == Contract.AGENCY_A)).sum())
        assert (families["roster_predictability"][idle] == 1.0).all()
        assert (families["hours_cv"][idle] == 0.0).all()
        assert families["roster_predictability"][of_families(here) & works].min() < 0.5

    assert n_lost > 5


def test_more_inspection_lowers_the_number_of_bad_employers_and_not_once_more_what_they_do(
    lived: Callable[..., FamilyModel], policy: Callable[..., Scenario]
) -> None:
    usual, inspected = lived(months=1), lived(policy("inspection_intensity", 3.0), months=1)
    old_jobs = of_families(usual.state.adults["start_month"] < 0) & ~of_families(
        usual.state.adults["start_month"] == 0
    )
    withheld = usual.state.families["unpaid_eur"]

    assert (withheld[old_jobs] > 0).any()
    assert np.array_equal(withheld[old_jobs], inspected.state.families["unpaid_eur"][old_jobs])


@pytest.mark.parametrize(("kept", "most_go"), [(0.999, False), (0.001, True)])
def test_a_shorter_phase_b_dismisses_nobody_who_is_in_it_unless_transitional_law_is_taken_away(
    lived: Callable[..., FamilyModel], kept: float, most_go: bool
) -> None:
    changed = lived(bill(share_limits_kept=kept, agency_phase_b_months=24.0), months=BILL)
    usual = lived(months=BILL)
    adults = usual.state.adults
    long_in_b = (adults["contract"] == Contract.AGENCY_B) & (adults["months_in_type"] >= 24)
    long_in_b &= np.repeat(usual.state.families["status"] == Status.IN_NL, ADULTS)
    assert np.array_equal(adults["contract"], changed.state.adults["contract"])
    assert long_in_b.sum() > 5
    changed.step()
    usual.step()

    gone, gone_anyhow = (
        (model.state.adults["contract"][long_in_b] == Contract.NONE).mean()
        for model in (changed, usual)
    )
    if most_go:
        assert gone > gone_anyhow + 0.5
    else:
        assert gone == gone_anyhow


def test_who_enters_phase_b_under_the_bill_has_its_shorter_limit(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(bill(share_limits_kept=0.999, agency_phase_b_months=24.0), months=BILL)
    n_entered = 0
    for month, before, here in months(model, MONTHS):
        adults = model.state.adults
        in_b = here & (adults["contract"] == Contract.AGENCY_B)
        entered = in_b & (before["contract"] != Contract.AGENCY_B)
        n_entered += int(entered.sum())
        assert (adults["phase_limit"][entered] == 24).all()
        assert adults["months_in_type"][in_b & (adults["phase_limit"] == 24)].max(initial=0) < 24
        assert (
            adults["phase_limit"][in_b & ~entered] == before["phase_limit"][in_b & ~entered]
        ).all()
        assert month >= BILL

    assert n_entered > 20


def test_the_limits_of_a_phase_are_remembered_from_the_start_on(
    lived: Callable[..., FamilyModel],
) -> None:
    adults = lived(months=0).state.adults
    limits = {Contract.AGENCY_A: 52, Contract.AGENCY_B: 36}
    for contract in Contract:
        assert (
            adults["phase_limit"][adults["contract"] == contract] == limits.get(contract, 0)
        ).all()


@pytest.mark.parametrize(("kept", "come_back"), [(0.999, True), (0.001, False)])
def test_who_was_let_go_for_the_old_gap_is_called_back_where_transitional_law_holds(
    lived: Callable[..., FamilyModel], kept: float, come_back: bool
) -> None:
    model = lived(bill(share_limits_kept=kept, chain_interval_months=60.0), months=BILL)
    called = 0
    for _, before, here in months(model, 7):
        due = here & (before["recall_months"] == 1) & (before["contract"] == Contract.NONE)
        now = model.state.adults[due]
        called += int((now["employer"] == before["employer"][due]).sum()) if come_back else 0
        back = now["contract"] == Contract.FIXED
        if come_back:
            assert back.all()
            assert (now["chain_count"] == 1).all()
        else:
            assert not back.any()

    assert called > 0 or not come_back

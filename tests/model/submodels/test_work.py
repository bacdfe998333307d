"""Work as people live it: jobs begin and end, hours vary, law changes under running contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import month_number
from model.enums import Contract, Education, Population, Status
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
    changed = lived(
        bill(share_limits_kept=kept, agency_phase_b_months=24.0), months=BILL, families=1500
    )
    usual = lived(months=BILL, families=1500)
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
    model = lived(
        bill(share_limits_kept=kept, chain_interval_months=60.0), months=BILL, families=3000
    )
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


def by_job(model: FamilyModel, n: int) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """Live months; give each with the adults before and after, of those at hand through it."""
    for month, before, here in months(model, n):
        yield month, before[here], model.state.adults[here].copy(), np.flatnonzero(here) // ADULTS


def test_who_finds_no_work_for_three_months_may_give_up_and_come_back_later(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0, families=1500)
    gave_up, came_back = np.zeros(ADULTS), 0
    looked = np.zeros(ADULTS)
    for _, before, here in months(model, MONTHS):
        after = model.state.adults
        which = np.arange(after.size) % ADULTS
        out = here & (before["is_seeking"] != 0) & (after["is_seeking"] == 0)
        third = here & (before["is_seeking"] != 0) & (after["months_without_work"] == 3)
        back = here & (before["is_seeking"] == 0) & (after["is_seeking"] != 0)
        assert (after["months_without_work"][out] == 3).all()
        assert (after["contract"][after["is_seeking"] == 0] == Contract.NONE).all()
        assert (after["contract"][back] != Contract.NONE).all()
        gave_up += np.bincount(which[out], minlength=ADULTS)
        looked += np.bincount(which[third], minlength=ADULTS)
        came_back += int(back.sum())

    main, second = gave_up / looked
    assert 0.1 < main < 0.3 < second < 0.7
    assert came_back > 30


def test_some_are_outside_the_labour_force_at_the_start_as_later(
    lived: Callable[..., FamilyModel],
) -> None:
    start, later = lived(months=0, families=1500), lived(months=60, families=1500)
    shares = []
    for model in (start, later):
        here = np.repeat(model.state.families["status"] == Status.IN_NL, ADULTS)
        adults = model.state.adults[here & (model.state.adults["is_present"] != 0)]
        shares.append(float((adults["is_seeking"] == 0).mean()))

    assert min(shares) > 0.08
    assert max(shares) - min(shares) < 0.05


def test_most_who_change_job_go_from_flexible_to_flexible_work_without_a_month_between(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0, families=1500)
    flexible = [Contract.ZERO_HOURS, Contract.AGENCY_A, Contract.AGENCY_B, Contract.FIXED]
    both, changes, employees = 0, 0, 0
    for month, before, after, _ in by_job(model, MONTHS):
        at_work = (before["contract"] != Contract.NONE) & (after["contract"] != Contract.NONE)
        changed = at_work & (after["start_month"] == month) & (before["start_month"] < month)
        assert (after["employer"] != before["employer"])[changed].all()
        assert (before["contract"][changed] != Contract.SELF_EMPLOYED).all()
        assert (after["months_without_work"][changed] == 0).all()
        kinds = [np.isin(rows["contract"], flexible) for rows in (before, after)]
        both += int((kinds[0] & kinds[1] & changed).sum())
        changes += int(changed.sum())
        employees += int((at_work & (before["contract"] != Contract.SELF_EMPLOYED)).sum())

    assert both > 0.5 * changes
    assert 0.012 < changes / employees < 0.022  # 4.7% a quarter is 1.6% a month (CBS)


def test_an_agency_worker_goes_to_the_next_agency_and_begins_phase_a_again(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0, families=1500)
    n, by_way_of_a_direct_job = 0, 0
    for month, before, after, family in by_job(model, 18):
        from_agency = np.isin(before["contract"], [Contract.AGENCY_A, Contract.AGENCY_B])
        moved = from_agency & (after["start_month"] == month) & (before["start_month"] < month)
        moved &= after["contract"] != Contract.NONE
        next_job = moved & (after["contract"] == Contract.AGENCY_A)
        n += int(next_job.sum())
        by_way_of_a_direct_job += int((moved & ~next_job).sum())
        assert (after["agency_weeks"][next_job] == 0.0).all()
        assert (after["phase_limit"][next_job] == 52).all()
        assert (model.state.families["lost_job"][family[next_job]] != 0).all()

    assert n > 20
    assert by_way_of_a_direct_job < 0.1 * n


def test_months_with_an_agency_count_in_the_chain_of_the_firm_that_takes_a_worker_over(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0, families=1500)
    taken, others = 0, 0
    for month, before, after, _ in by_job(model, MONTHS):
        from_agency = np.isin(before["contract"], [Contract.AGENCY_A, Contract.AGENCY_B])
        direct = from_agency & (after["contract"] == Contract.FIXED)
        direct &= after["start_month"] == before["start_month"]
        is_taken = direct & (after["chain_count"] == 2)
        spell = month - after["start_month"][is_taken].astype(int)
        assert np.array_equal(after["chain_months"][is_taken], spell)
        assert spell.max(initial=0) <= 36
        assert (after["chain_count"][direct & ~is_taken] == 1).all()
        taken, others = taken + int(is_taken.sum()), others + int((direct & ~is_taken).sum())

    assert taken > others > 0


def test_a_fixed_contract_becomes_permanent_most_often_when_it_is_renewed_the_first_time_too(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0, families=2000)
    length = int(model.timetable.parameters_in(0).fixed_contract_months)
    made, at_risk = np.zeros(2), np.zeros(2)
    for _, before, after, _ in by_job(model, MONTHS):
        first = (before["contract"] == Contract.FIXED) & (before["chain_count"] == 1)
        stays = first & (after["start_month"] == before["start_month"])
        stays &= after["contract"] != Contract.NONE
        is_due = before["months_in_type"] == length - 1
        for k, chosen in enumerate((stays & ~is_due, stays & is_due)):
            at_risk[k] += chosen.sum()
            made[k] += (after["contract"][chosen] == Contract.PERMANENT).sum()

    between, at_renewal = made / at_risk
    assert at_renewal > 10 * between > 0


def test_parents_with_more_schooling_come_into_permanent_work_sooner_and_have_it_more_at_the_start(
    lived: Callable[..., FamilyModel],
) -> None:
    families = lived(months=0, families=8000).state.families
    adults = lived(months=0, families=8000).state.adults
    schooling = np.repeat(families["parent_education"], ADULTS)
    at_work = np.repeat(families["status"] == Status.IN_NL, ADULTS)
    at_work &= adults["contract"] != Contract.NONE
    is_permanent = adults["contract"] == Contract.PERMANENT
    for population in Population:
        mine = at_work & np.repeat(families["population"] == population, ADULTS)
        low, _, high = (is_permanent[mine & (schooling == level)].mean() for level in Education)
        assert high > low
    model = lived(months=0, families=3000)
    made, at_risk = np.zeros(3), np.zeros(3)
    for _, before, after, family in by_job(model, MONTHS):
        level = model.state.families["parent_education"][family]
        fixed = before["contract"] == Contract.FIXED
        at_risk += np.bincount(level[fixed], minlength=3)
        made += np.bincount(level[fixed & (after["contract"] == Contract.PERMANENT)], minlength=3)

    rates = made / at_risk
    assert list(rates) == sorted(rates)
    assert rates[2] > 1.5 * rates[0]

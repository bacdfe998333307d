"""Homes: with a job and without it, let from a list, shared for a cause, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import NEVER
from model.enums import Contract, Housing, Municipality, Population, Stage, Status
from model.policy.scenario import LeverChange, Scenario
from model.state import State
from model.submodels.housing import rules

FORCED = 2
MONTHS = 30
AGENCY = (Contract.AGENCY_A, Contract.AGENCY_B)


@dataclass
class Month:
    """All rows of the families before and after a month that was lived."""

    number: int
    before: State
    after: State

    @property
    def stayed(self) -> np.ndarray:
        """Which families were here before and are after it."""
        return np.asarray(
            (self.before.families["status"] == Status.IN_NL)
            & (self.after.families["status"] == Status.IN_NL)
        )


@cache
def film() -> tuple[Month, ...]:
    """Months of 1,500 families, in which a forced move often ends registration."""
    model = FamilyModel(
        families=1500, rng=1, years=3, parameters={"housing.p_off_register": 0.5}, collect=False
    )
    months = []
    for number in range(MONTHS):
        before = model.state.copy()
        model.step()
        months.append(Month(number, before, model.state.copy()))
    return tuple(months)


def on_notice(weeks: float, contract: int, home: int = Housing.TIED) -> FamilyModel:
    """A model in which every EU-11 family has a notice of so many weeks, or none, and this work."""
    model = FamilyModel(families=1600, rng=1, years=1, collect=False)
    families, adults = model.state.families, model.state.adults
    families["housing"], families["notice_weeks"] = home, weeks
    adults["contract"], adults["is_seeking"] = contract, adults["is_present"]
    return model


def test_weeks_of_grace_are_counted_and_four_leave_time_to_find_a_home() -> None:
    left = {}
    for weeks in (4.0, 13.0):
        # Only permanent work: hardly anybody loses or finds a job.
        model = on_notice(weeks, Contract.PERMANENT)
        out = np.zeros(model.state.families.size, bool)
        for _ in range(4):
            model.step()
            out |= model.state.families["moved"] == FORCED
        here = model.state.families["status"] == Status.IN_NL
        left[weeks] = float(out[here].mean())

    assert left[4.0] == pytest.approx(0.9 ** (4.0 / (52 / 12)), abs=0.04)
    assert left[13.0] == pytest.approx(0.9 ** (13.0 / (52 / 12)), abs=0.05)


def test_a_new_job_ends_the_notice_where_an_agency_houses_and_elsewhere_by_choice() -> None:
    model = on_notice(4.0, Contract.NONE)
    model.step()
    families, adults = model.state.families, model.state.adults
    started = (adults["start_month"] == 0) & (adults["contract"] != Contract.NONE)
    started &= adults["months_in_type"] == 0
    by_agency = (started & np.isin(adults["contract"], AGENCY)).reshape(-1, 2).any(axis=1)
    other = started.reshape(-1, 2).any(axis=1) & ~by_agency

    assert by_agency.sum() > 15
    assert other.sum() > 15
    assert (families["housing"][by_agency] == Housing.TIED).all()
    assert (families["notice_weeks"][by_agency] < 0.0).all()
    assert (families["moved"][by_agency] == 0).all()
    assert (families["moved"][other] == 1).all()


def test_an_agency_job_brings_a_tied_home_at_any_stay() -> None:
    model = on_notice(-1.0, Contract.NONE, Housing.PRIVATE_SHARED)
    model.step()
    families, adults = model.state.families, model.state.adults
    agency = np.isin(adults["contract"], AGENCY) & (adults["months_in_type"] == 0)
    hired = agency.reshape(-1, 2).any(axis=1)
    settled = hired & (families["arrival_month"] < -120)

    assert settled.sum() > 15
    assert 0.3 < (families["housing"][settled] == Housing.TIED).mean() < 0.75


def test_a_home_of_ones_own_is_mostly_kept_when_an_agency_hires() -> None:
    model = on_notice(-1.0, Contract.NONE, Housing.PRIVATE_OWN_LEASE)
    model.step()
    agency = np.isin(model.state.adults["contract"], AGENCY).reshape(-1, 2).any(axis=1)

    assert agency.sum() > 30
    assert (model.state.families["housing"][agency] == Housing.TIED).mean() < 0.2


def test_a_tied_home_is_kept_as_long_as_somebody_works_through_an_agency() -> None:
    for month in film():
        agency = np.isin(month.after.adults["contract"], AGENCY).reshape(-1, 2).any(axis=1)
        was, now = month.before.families, month.after.families
        housed = (was["housing"] == Housing.TIED) & (was["notice_weeks"] < 0.0) & agency
        evicted = housed & month.stayed & (now["notice_weeks"] > 0.0)
        assert not evicted.any()


def test_tied_homes_by_stay_are_at_the_start_what_the_months_sustain() -> None:
    def tied(state: State, month: int, least: float, most: float) -> float:
        families = state.families
        years = (month - families["arrival_month"]) / 12.0
        rows = (families["status"] == Status.IN_NL) & (years >= least) & (years < most)
        rows &= families["population"] == Population.EU11
        return float((families["housing"][rows] == Housing.TIED).mean())

    model = FamilyModel(families=3000, rng=1, years=8, collect=False)
    first = [tied(model.state, 0, *band) for band in ((0, 5), (5, 40))]
    model.run_for(96)
    later = [tied(model.state, 96, *band) for band in ((0, 5), (5, 40))]

    assert first[0] > first[1]
    assert later == pytest.approx(first, abs=0.035)


def test_nobody_goes_and_shares_a_home_without_cause() -> None:
    n_forced = 0
    for month in film():
        was, now = month.before.families, month.after.families
        own = was["housing"] >= Housing.PRIVATE_OWN_LEASE
        shares = own & (now["housing"] == Housing.PRIVATE_SHARED) & month.stayed
        assert (now["moved"][shares] == FORCED).all()
        n_forced += int((now["moved"] == FORCED).sum())
    comparable = film()[-1].after.families
    comparable = comparable[comparable["population"] == Population.COMPARABLE]

    assert n_forced > 20
    assert not (comparable["housing"] == Housing.PRIVATE_SHARED).any()


def test_a_social_home_is_let_to_who_waited_on_the_list_of_the_municipality() -> None:
    n_let, kept = 0, 0
    for month in film():
        was, now = month.before.families, month.after.families
        let = (was["housing"] < Housing.SOCIAL) & (now["housing"] == Housing.SOCIAL) & month.stayed
        waited = month.number - was["listed_month"][let]
        least = month.after.places["social_wait_months"][now["municipality"][let]]
        assert (was["listed_month"][let] != NEVER).all()
        assert (waited >= least).all()
        n_let += int(let.sum())
        kept += int((was["listed_month"] != NEVER).sum())

    assert n_let > 15
    assert 0.0005 < n_let / kept < 0.01


def test_the_wait_for_a_social_home_is_that_of_the_municipality() -> None:
    places = film()[0].after.places
    wait = places["social_wait_months"]

    assert wait[Municipality.AMSTERDAM] == pytest.approx(12 * 13 * 0.6)
    assert wait[Municipality.DEN_HAAG] == wait[Municipality.WESTLAND] < wait[Municipality.TILBURG]
    assert places["p_social_month"][Municipality.ROTTERDAM] < 0.006


def test_a_birth_fills_a_home_and_who_leaves_makes_room() -> None:
    born, left = 0, 0
    for month in film():
        was, now = month.before.families, month.after.families
        for i in np.flatnonzero(month.stayed & (now["moved"] == 0)):
            first, n = int(now["first_child"][i]), int(now["n_children"][i])
            age = month.number - month.after.children["birth_month"][first : first + n]
            before = now["n_adults"][i] + ((age >= 1) & (age <= 276)).sum()
            after = now["n_adults"][i] + ((age >= 0) & (age < 276)).sum()
            assert now["crowding"][i] == pytest.approx(
                was["crowding"][i] * after / before, rel=1e-5
            )
            born += int(after > before)
            left += int(after < before)

    assert born > 30


def test_how_often_a_family_moves_falls_with_stay_and_asks_for_no_population() -> None:
    numbers = {"ratio_new": 1.6, "ratio_settled": 1.25, "new_years": 3, "settled_years": 20}
    ratios = [rules.move_ratio(years_in_nl=years, **numbers) for years in (2, 4, 8, 12, 16, 19.9)]

    assert ratios == sorted(ratios, reverse=True)
    assert np.diff(ratios)[1:].min() > -0.06
    assert ratios[-1] == pytest.approx(1.0, abs=0.01)


def test_a_forced_move_may_end_registration_and_school_for_a_while() -> None:
    struck, out_of_school, back, resumed = 0, 0, 0, 0
    for month in film():
        was, now = month.before.families, month.after.families
        off = month.stayed & (was["is_registered"] == 1) & (now["is_registered"] == 0)
        assert (now["moved"][off] == FORCED).all()
        struck += int(off.sum())
        back += int(
            (month.stayed & (was["is_registered"] == 0) & (now["is_registered"] == 1)).sum()
        )
        for i in np.flatnonzero(off):
            rows = slice(
                int(now["first_child"][i]), int(now["first_child"][i] + now["n_children"][i])
            )
            out_of_school += int((month.before.children["is_enrolled"][rows] > 0).sum())
        pupil = (month.before.children["is_enrolled"] == 0) & (
            month.after.children["is_enrolled"] == 1
        )
        before = month.before.children["stage"][pupil]
        resumed += int((before > Stage.VE).sum())
        same_year = month.number % 12 not in (0, 11)
        if same_year:
            kept = before > Stage.VE
            assert (month.after.children["stage"][pupil][kept] == before[kept]).all()

    assert struck > 3
    assert out_of_school > 2
    assert back > 3
    assert resumed > 0


def test_the_municipality_changes_in_the_month_after_the_move() -> None:
    n = 0
    for month in film():
        was, now = month.before.families, month.after.families
        changed = month.stayed & (was["municipality"] != now["municipality"])
        assert (was["moves_to"][changed] == now["municipality"][changed] + 1).all()
        assert (now["moved"][now["moves_to"] > 0] > 0).all()
        n += int(changed.sum())

    assert n > 20


def test_after_a_move_to_another_municipality_acquaintances_stay_and_places_in_line_are_lost() -> (
    None
):
    lost = 0
    for month in film():
        was, now = month.before.families, month.after.families
        gone = month.stayed & (was["moves_to"] > 0)
        assert (now["n_ties"][gone] == was["n_ties"][gone]).all()
        assert (now["first_tie"][gone] == was["first_tie"][gone]).all()
        waited = gone & (was["listed_month"] != NEVER)
        assert (now["listed_month"][waited] != was["listed_month"][waited]).all()
        assert (now["course_wait"][gone] <= 1).all()
        lost += int(waited.sum())
        served = gone & (now["key_person"] >= 0)
        there = month.after.key_persons[now["key_person"][served]]
        assert (there["municipality"] == now["municipality"][served]).all()
        assert (there["home_language"] == now["home_language"][served]).all()

    assert lost > 5


def test_nobody_moves_across_the_border_of_the_country() -> None:
    for month in film():
        was, now = month.before.families, month.after.families
        border = was["municipality"] == Municipality.BORDER
        assert (now["moves_to"][border] == 0).all()
        assert (now["municipality"][border] == Municipality.BORDER).all()
        assert (now["municipality"][~border] != Municipality.BORDER).all()


def test_more_weeks_of_grace_mean_fewer_forced_moves() -> None:
    def forced(weeks: float) -> int:
        change = LeverChange(lever="housing_grace_weeks", value=weeks, start=None)
        model = FamilyModel(
            Scenario(id="grace", levers=(change,)), families=3000, rng=1, years=3, collect=False
        )
        model.run_for(36)
        return int(model.state.families["forced_moves_total"].sum())

    assert forced(0) > forced(8) > forced(26)

"""The stock: whose children are here, which are the letter's, and how their number goes on."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import COUNT_UNTIL, EIGHTEEN, FIVE
from model.enums import FamilyType, LetterGroup, Population, Status
from model.errors import InputError
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.population.households import Households, choose_families, lay_households
from model.population.stock.candidates import FIRST_MONTH, lay_candidates
from model.population.stock.choosing import has_late_arrival, raked
from model.population.stock.margins import N_CELLS, cells_of, targets
from model.population.stratified_assignment import Kin
from model.registry import ParameterRow
from model.run.build import build_population
from model.submodels.school.letter_groups import letter_shares
from model.submodels.stay.rules import departure_hazard_year
from tests.model.population.test_population import family_of_children, laid_down

STAYS = ((0, 1), (1, 3), (3, 6), (6, 12), (12, 60))
"""Years here, from and to."""

WAVE = {
    2028: (29_442, 48_271, 24_059, 17_075),
    2033: (29_442, 48_779, 30_931, 23_063),
    2043: (29_442, 48_501, 31_457, 30_388),
}
"""The account with births and arrivals frozen at 2023: children of 0-4, 5-12, 13-17, 18-22."""
BANDS = ((0, 5), (5, 13), (13, 18), (18, 23))
FULL = 65_000


def parameters(**changed: float) -> ParameterRow:
    named = {f"population.{name}": value for name, value in changed.items()}
    return build(FROZEN_2023, 1, parameters=named).parameters_in(0)


@cache
def households(n: int = 20_000, years: int = 20) -> Households:
    """Return EU-11 families of a long run, without lives; tests only read them."""
    return lay_households(np.uint64(3), n, years, parameters())


def counted(house: Households, month: int) -> tuple[np.ndarray, np.ndarray]:
    """Return age (n, k) in years and who (n, k) is here in a month, as demography has it."""
    birth = np.concatenate([house.entry_month[:, None] - house.ages, house.births], axis=1)
    born = np.concatenate([house.ages >= 0, house.births <= month], axis=1)
    here = (house.entry_month <= month) & (house.exit_month >= month)
    return (month - birth) // 12, here[:, None] & born & (month - birth < COUNT_UNTIL)


def of_full(house: Households) -> float:
    """Return how many registered families of the full size one of the start stands for."""
    return FULL / int((house.dealer.cohorts < 0).sum())


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_of_the_stock_has_its_children_in_a_sample(seed: int) -> None:
    p, n = parameters(), 1500
    families = choose_families(np.uint64(seed), n, p)
    family, child = np.nonzero(families.is_here)
    cells = cells_of(
        families.born[family, child], families.entry[family], families.is_abroad[family, child]
    )
    found, expected = np.bincount(cells, minlength=N_CELLS), targets(p)[:N_CELLS] * n / FULL

    assert expected.sum() == pytest.approx(99_500 * n / FULL)
    assert (np.abs(found - expected) <= 3.0 * np.sqrt(expected)).all()
    assert np.unique(families.keys).size == n


def test_raking_meets_the_cells_and_hardly_moves_a_weight() -> None:
    p, scale = parameters(), 0.2
    families = lay_candidates(np.uint64(1), scale, p)
    weights = raked(families, scale, p)
    family, child = np.nonzero(families.is_here)
    cells = cells_of(
        families.born[family, child], families.entry[family], families.is_abroad[family, child]
    )
    found = np.bincount(cells, weights[family], minlength=N_CELLS)

    assert np.allclose(found, scale * targets(p)[:N_CELLS], rtol=0.02)
    assert weights.sum() ** 2 / np.square(weights).sum() > 0.98 * weights.size
    assert weights.sum() == pytest.approx(scale * FULL, rel=0.02)


def test_the_full_size_holds_the_registered_children_of_the_account() -> None:
    state = laid_down(None)
    families = state.families
    rows = np.repeat(np.arange(families.size), families["n_children"])
    age = -state.children["birth_month"] // 12
    here = (families["population"] == Population.EU11) & (families["status"] == Status.IN_NL)
    registered = here & (families["is_registered"] == 1)

    def children(low: int, high: int) -> int:
        return int((registered[rows] & (age >= low) & (age < high)).sum())

    assert here.sum() == round(1.07 * FULL)
    assert registered.sum() == pytest.approx(FULL, rel=0.015)
    assert children(0, 18) == pytest.approx(87_600, rel=0.02)
    # Who is here for long is registered more often: the oldest are some too many in the register.
    assert children(18, 23) == pytest.approx(11_900, rel=0.06)


def test_the_letters_groups_are_parts_of_the_stock() -> None:
    p = parameters()

    assert p.letter_share_0_4 == pytest.approx(20_250 / 30_271, abs=1e-3)
    assert p.letter_share_late == pytest.approx(3_250 / 4_070, abs=1e-3)
    assert p.letter_share_born_here == pytest.approx(25_000 / 33_054, abs=1e-3)
    state = laid_down(None)
    children, families = state.children, state.families
    rows = np.repeat(np.arange(families.size), families["n_children"])
    here = (families["population"] == Population.EU11) & (families["status"] == Status.IN_NL)
    minors = here[rows] & (children["birth_month"] <= 0) & (children["birth_month"] > -216)
    found = [
        int((minors & (children["letter_group"] == group)).sum()) / 1.07
        for group in (LetterGroup.AGED_0_4, LetterGroup.LATE_ARRIVAL, LetterGroup.BORN_HERE)
    ]
    assert found == pytest.approx([20_250, 3_250, 25_000], rel=0.04)


def test_brothers_and_sisters_of_one_kind_are_in_the_group_together() -> None:
    state = laid_down(2000)
    rows = np.repeat(np.arange(state.families.size), state.families["n_children"])
    small = (state.children["birth_month"] <= 0) & (state.children["birth_month"] > -60)
    small &= (state.families["status"] == Status.IN_NL)[rows]
    is_in = state.children["letter_group"] == LetterGroup.AGED_0_4
    pairs = np.flatnonzero(small[1:] & small[:-1] & (rows[1:] == rows[:-1]))

    assert pairs.size > 100
    assert np.array_equal(is_in[pairs], is_in[pairs + 1])


def test_a_group_larger_than_the_stock_is_an_error_that_names_the_margin() -> None:
    p = build(FROZEN_2023, 1).parameters.view(np.recarray)[0]
    p["n_children_late_stock"] = 3000

    with pytest.raises(InputError, match=r"n_children_late_arrival = 3,250: .* has 3,000 children"):
        letter_shares(p)


def test_small_samples_have_their_share_of_late_arrivals() -> None:
    p = parameters()
    large = has_late_arrival(choose_families(np.uint64(1), 20_000, p)).mean()
    for seed in range(6):
        found = has_late_arrival(choose_families(np.uint64(seed), 100, p)).sum()
        assert abs(found - 100 * large) <= 2


@pytest.mark.parametrize("year", WAVE)
def test_frozen_inflow_gives_the_wave_of_the_account(year: int) -> None:
    house = households()
    age, here = counted(house, 12 * (year - 2023) - 1)
    found = [of_full(house) * (here & (age >= low) & (age < high)).sum() for low, high in BANDS]

    assert found == pytest.approx(WAVE[year], rel=0.04)


def test_the_stay_lengthens_as_the_inflow_of_before_ages() -> None:
    house = households()

    def stays(month: int) -> np.ndarray:
        age, here = counted(house, month)
        with_minor = (here & (age < 18)).any(axis=1)
        years = (month - (house.entry_month - house.months_in_nl)) / 12.0
        return np.asarray(years[with_minor])

    start, end = stays(0), stays(239)
    assert start.mean() == pytest.approx(9.9, abs=0.4)
    assert end.mean() == pytest.approx(11.9, abs=0.5)
    assert (start < 3).mean() == pytest.approx(0.14, abs=0.015)
    assert (end < 3).mean() == pytest.approx(0.11, abs=0.012)


def test_families_came_with_children_or_began_here_as_in_the_account() -> None:
    house = households()
    start = house.dealer.cohorts < 0
    came = (house.kin != Kin.SETTLED)[start]

    assert came.mean() == pytest.approx(0.366, abs=0.03)
    assert (came & (house.came_month[start] > -60)).mean() == pytest.approx(0.203, abs=0.02)


def test_inflow_growth_moves_later_years_and_not_the_start() -> None:
    usual = lay_households(np.uint64(1), 500, 10, parameters())
    grown = lay_households(np.uint64(1), 500, 10, parameters(inflow_growth_year=0.05))
    years = [np.bincount(house.dealer.cohorts + 1, minlength=11) for house in (usual, grown)]

    assert years[0][0] == years[1][0] == 500
    assert years[0][1:].std() <= 1.0
    assert years[1][10] == pytest.approx(1.05**10 * years[0][10], abs=3)


def test_a_familys_key_says_when_it_entered() -> None:
    families = choose_families(np.uint64(1), 500, parameters())
    number = families.keys & np.uint64((1 << 52) - 1)

    assert np.array_equal((number >> np.uint64(24)).astype(int) + FIRST_MONTH, families.entry)
    began = (number >> np.uint64(23)) % np.uint64(2) == 1
    assert np.array_equal(began, families.begun_here)


def test_a_match_is_counted_no_more_when_demography_has_the_family_leave() -> None:
    model = FamilyModel(families=1000, rng=1, years=3, collect=False)
    exits = model.state.families["exit_month"].astype(int)
    comparable = model.state.families["population"] == Population.COMPARABLE
    assert (exits[~comparable] < 0).all()
    model.run()
    status = model.state.families["status"]
    entered = status != Status.AWAITED
    gone = comparable & entered & (exits < 36)

    assert gone.sum() > 30
    assert (status[gone] == Status.AGED_OUT).all()
    assert not (status[comparable] == Status.EMIGRATED).any()


def test_what_families_live_through_does_not_change_how_many_leave() -> None:
    state = build_population(build(FROZEN_2023, 60), 4, 6000)
    due = state.families["exit_month"].astype(int)
    model = FamilyModel(families=6000, rng=4, years=5, collect=False, population=state).run()
    families = model.state.families
    left = int((families["status"] == Status.EMIGRATED).sum())
    expected = int(((due >= 0) & (due < 60)).sum())

    assert left == pytest.approx(expected, rel=0.12)


def test_what_families_live_through_does_not_change_how_many_leave_at_any_stay() -> None:
    """One mean for all stays would have who just came leave a third too often."""
    model = FamilyModel(families=16_000, rng=4, years=5, collect=False)
    p = model.simulation.timetable.parameters_in(0)
    by_month = np.array(
        [
            departure_hazard_year(
                years=(k + 0.5) / 12.0, new=p.leave_new, old=p.leave_old, tau_years=p.leave_tau
            )
            for k in range(600)
        ]
    )
    lived, asked = np.zeros(len(STAYS)), np.zeros(len(STAYS))
    for month in range(24):
        before = model.state.families.copy()
        model.step()
        after = model.state.families
        here = (before["status"] == Status.IN_NL) & (before["population"] == Population.EU11)
        here &= (before["is_border"] == 0) & (after["leaving_left"] < before["leaving_left"])
        began = before["family_type"] == FamilyType.SETTLED
        since = np.where(began, before["arrival_month"], before["entry_month"])
        months = month - since.astype(int)
        years = months / 12.0
        hazard = by_month[np.clip(months, 0, 599)] / 12.0 * np.where(began, p.leave_begun_here, 1.0)
        of = family_of_children(model.state)
        age = month - model.state.children["birth_month"]
        at_school = np.bincount(of[(age >= FIVE) & (age < EIGHTEEN)], minlength=began.size) > 0
        hazard = hazard * np.where(at_school & ~began, p.leave_school, 1.0)
        for k, (low, high) in enumerate(STAYS):
            some = here & (years >= low) & (years < high)
            lived[k] += float((before["leaving_left"] - after["leaving_left"])[some].sum())
            asked[k] += float(hazard[some].sum())

    np.testing.assert_allclose(lived / asked, 1.0, atol=0.1)

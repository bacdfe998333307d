"""A watch counts what happens and changes nothing; means weigh every child alike."""

from collections.abc import Callable

import numpy as np
import pytest

from calibration.monitors.families import Watch
from calibration.monitors.measures import MEASURES, Tally
from calibration.monitors.observed import Observed, check_group, observe_run
from model.enums import Contract, Status
from model.errors import InputError
from model.outcomes.registry import Layer
from model.run.simulation import Simulation
from model.state import ARRAYS

World = Callable[..., Observed]
STAYS = MEASURES["departures_by_stay"]


@pytest.fixture(scope="module")
def seen() -> Observed:
    """A small run of six years."""
    return observe_run(families=800, seed=3, years=6)


def counted(watch: Watch, measure: str, group: str) -> tuple[float, float]:
    """Return the sums of a measure: what was counted, and among how many."""
    sums = watch.counts()[measure][MEASURES[measure].index(group)].sum(axis=(0, 1))
    return float(sums[0]), float(sums[1])


def test_a_watched_run_lives_as_an_unwatched_one() -> None:
    alone = Simulation(families=60, seed=1, years=4)
    watched = Simulation(families=60, seed=1, years=4)
    watch = Watch()

    alone.run()
    watched.run(observers=[watch])

    for name in ARRAYS:
        left, right = getattr(alone.state, name), getattr(watched.state, name)
        assert left.tobytes() == right.tobytes(), name


def test_every_measure_is_seen_and_no_ratio_of_people_exceeds_one(seen: Observed) -> None:
    shares = [name for name in MEASURES if name.endswith(("_quarter", "_months", "_employed"))]

    assert set(seen.counts) == set(MEASURES)
    assert all(numbers[..., 1].sum() > 0 for numbers in seen.counts.values())
    assert all((seen.counts[name][..., 0] <= seen.counts[name][..., 1]).all() for name in shares)


def test_the_groups_of_the_letter_make_up_all_children_of_the_start(seen: Observed) -> None:
    groups = ("aged_0_4", "late_arrival", "born_here")

    assert sum(seen.value("group_at_start", "eu11", group) for group in groups) == pytest.approx(1)


def test_departures_that_were_counted_are_those_that_happened() -> None:
    model = Simulation(families=200, seed=5, years=3)
    watch = Watch()

    model.run(observers=[watch])

    left = sum(counted(watch, "departures_by_stay", group)[0] for group in STAYS) / 12
    assert left == (model.state.families["status"] == Status.EMIGRATED).sum()
    assert left > 0


def test_a_flexible_starter_who_is_permanent_three_years_later_counts_once() -> None:
    model = Simulation(families=20, seed=1, years=4)
    watch = Watch()
    watch.start(model.view())
    adults, here = model.state.adults, np.ones(model.state.families.size, bool)
    adults["start_month"], adults["contract"] = -1, Contract.NONE
    adults["start_month"][0], adults["contract"][0] = 0, Contract.AGENCY_A

    watch.work.month(0, 1, here)
    adults["contract"][0] = Contract.PERMANENT
    watch.work.month(12, 2, here)
    watch.work.month(36, 4, here)
    watch.work.year(4)

    assert counted(watch, "permanent_after_36_months", "agency") == (1.0, 1.0)
    assert counted(watch, "without_work_after_12_months", "all") == (0.0, 1.0)


def test_a_family_that_left_is_not_looked_up() -> None:
    model = Simulation(families=20, seed=1, years=2)
    watch = Watch()
    watch.start(model.view())
    adults, here = model.state.adults, np.ones(model.state.families.size, bool)
    adults["start_month"], adults["contract"] = -1, Contract.NONE
    adults["start_month"][0], adults["contract"][0] = 0, Contract.FIXED

    watch.work.month(0, 1, here)
    here[0] = False
    watch.work.month(12, 2, here)
    watch.work.year(2)

    assert counted(watch, "flexible_after_12_months", "all") == (0.0, 0.0)


def test_a_mean_over_years_weighs_years_by_their_children(world: World) -> None:
    counts = np.zeros((4, 3, 2, 2))
    counts[-1, 1, 0], counts[-1, 2, 0] = (10.0, 10.0), (0.0, 90.0)
    seen = Observed(world().sums, {"moves_of_children": counts})

    assert seen.value("moves_of_children") == pytest.approx(0.1)
    assert seen.value("moves_of_children", years=(2, 2)) == 0.0
    assert np.isnan(seen.value("moves_of_children", years=(3, 9)))


def test_what_is_looked_up_is_what_the_table_of_the_run_says(seen: Observed) -> None:
    table = seen.sums.table(layer=None)
    asked: tuple[tuple[str, str, Layer], ...] = (
        ("poor_share", "all", "actual"),
        ("vsv_vo_expected", "all", "registered"),
        ("n_children", "letter_group:born_here", "actual"),
        ("registered_share", "years_in_nl:3-5", "actual"),
        ("n_families", "origin:latvia", "actual"),
    )
    for name, group, layer in asked:
        rows = table[(table["outcome"] == name) & (table["layer"] == layer)]
        rows = rows[rows["dimension"] == (group.rpartition(":")[0] or "all")]
        rows = rows[rows["group"] == group.rpartition(":")[2]]
        for population in ("eu11", "comparable", "both"):
            mine = rows if population == "both" else rows[rows["population"] == population]
            expected = mine["numerator"].sum(), mine["denominator"].sum()
            assert seen.counted(name, population, group, layer) == pytest.approx(expected)


def test_a_name_that_is_not_observed_is_refused(world: World) -> None:
    with pytest.raises(InputError, match="Did you mean 'moves_of_children'"):
        world().value("moves_of_child")
    with pytest.raises(InputError, match=r"was not asked of the run\. Did you mean"):
        world().value("poor_share", group="family_type:recnt")
    with pytest.raises(InputError, match=r"here: poor_share has no group 'all:all'"):
        check_group("poor_share", "eu11", "all:all", "here")


def test_a_group_that_is_not_counted_is_a_fault_of_the_program() -> None:
    nobody = np.zeros(0, int)

    with pytest.raises(KeyError, match="not counted for everybody"):
        Tally(np.zeros(1), 1).add(1, "moves_of_children", "everybody", nobody, nobody)


def test_leaving_by_poverty_and_by_part_of_school_is_leaving_of_all_in_parts(
    seen: Observed,
) -> None:
    def n(measure: str, group: str) -> np.ndarray:
        return np.array(seen.counted(measure, "both", group))

    everybody = n("vsv_vo_expected", "all") + n("vsv_mbo_expected", "all")
    by_poverty = n("leaving_by_poverty", "poor") + n("leaving_by_poverty", "not_poor")
    later, vmbo, high = (
        n("leaving_vo_by_part", part) for part in ("later_years", "later_vmbo", "later_havo_vwo")
    )

    np.testing.assert_allclose(by_poverty, everybody, rtol=1e-5)
    assert (vmbo > 0).all()
    assert (high > 0).all()
    assert (vmbo + high <= later).all()
    assert (n("leaving_vo_by_part", "first_years") + later < everybody).all()


def test_the_highest_fifth_of_incomes_is_a_fifth_of_the_advised_of_its_population(
    seen: Observed,
) -> None:
    for population in ("eu11", "comparable"):
        _, highest = seen.counted("advice_from_gt_by_income", population, "highest_fifth")
        _, everybody = seen.counted("advice_from_gt_by_income", population, "all")

        assert highest / everybody == pytest.approx(0.2, abs=0.05)

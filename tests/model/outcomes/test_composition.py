"""Standardised numbers hold the children of the first school year fixed; crude ones do not."""

from __future__ import annotations

import numpy as np
import pytest

from model.enums import Stage
from model.errors import InputError
from model.outcomes.composition import N_CELLS, SHAPE, cell_of, standardised
from model.outcomes.registry import INDEX, LAYERS, OUTCOMES, POOLED, POPULATIONS, STANDARDISED
from model.outcomes.sums import HELD
from model.run.simulation import Simulation
from model.run.snapshot import Snapshot

OF_CHILDREN = [outcome for outcome in OUTCOMES if outcome.is_standardised]


@pytest.fixture(scope="module")
def run() -> Simulation:
    return Simulation(families=200, seed=3, years=5).run()


def made(counts: dict[int, tuple[float, float]]) -> np.ndarray:
    """Return cells (N_CELLS, 2) from totals and counts of some."""
    cells = np.zeros((N_CELLS, 2))
    for cell, pair in counts.items():
        cells[cell] = pair
    return cells


def cell(stage: Stage, years: int, generation: int) -> int:
    """Return the cell of a child of an age in years."""
    return cell_of(stage, 12 * years, is_born_here=generation == 0, is_late=generation == 2)


def test_every_child_has_one_cell_and_cells_differ_by_stage_age_and_generation() -> None:
    found = {
        cell(stage, years, generation)
        for stage in Stage
        for years in range(23)
        for generation in range(3)
    }

    assert found == set(range(N_CELLS))
    assert cell(Stage.HAVO, 15, 0) != cell(Stage.VWO, 15, 0)
    assert cell(Stage.HAVO, 15, 0) != cell(Stage.HAVO, 16, 0)
    assert len({cell(Stage.HAVO, 15, generation) for generation in range(3)}) == 3


def test_other_children_alone_move_the_crude_number_and_not_the_standardised_one() -> None:
    young, old = cell(Stage.HAVO, 15, 0), cell(Stage.HAVO, 18, 0)
    first = made({young: (0.5, 100.0), old: (5.0, 100.0)})
    later = made({young: (0.25, 50.0), old: (15.0, 300.0)})
    weights = first[:, 1]

    before, after = standardised(first, weights), standardised(later, weights)

    assert later[:, 0].sum() / later[:, 1].sum() > 1.5 * first[:, 0].sum() / first[:, 1].sum()
    assert after == pytest.approx(before)
    assert before == pytest.approx((5.5, 200.0, 0.0, 0.0))


def test_rates_that_double_double_the_standardised_number() -> None:
    cells = made({cell(Stage.MBO1, 17, 0): (3.0, 10.0), cell(Stage.MBO2, 18, 1): (1.0, 10.0)})
    twice = cells * np.array([2.0, 1.0])
    weights = np.array(cells[:, 1])

    once, doubled = standardised(cells, weights), standardised(twice, weights)

    assert doubled == pytest.approx((2.0 * once[0], 20.0, 0.0, 0.0))


def test_a_cell_without_anybody_takes_the_rate_of_those_nearest_and_is_counted() -> None:
    here, late = cell(Stage.VMBO_K, 15, 0), cell(Stage.VMBO_K, 15, 2)
    older, other = cell(Stage.VMBO_K, 17, 2), cell(Stage.VWO, 17, 2)
    weights = made({here: (0.0, 80.0), late: (0.0, 20.0)})[:, 1]

    of_same_age = standardised(made({here: (8.0, 100.0), older: (90.0, 100.0)}), weights)
    of_stage = standardised(made({older: (9.0, 90.0), other: (90.0, 100.0)}), weights)
    of_all = standardised(made({other: (30.0, 100.0)}), weights)
    of_nobody = standardised(made({}), weights)

    assert of_same_age == pytest.approx((8.0, 100.0, 1.6, 20.0))
    assert of_stage == pytest.approx((10.0, 100.0, 10.0, 100.0))
    assert of_all == pytest.approx((30.0, 100.0, 30.0, 100.0))
    assert of_nobody == (0.0, 0.0, 0.0, 0.0)


def test_in_the_first_school_year_a_standardised_number_is_the_crude_one(run: Simulation) -> None:
    sums = run.sums()

    for outcome in OF_CHILDREN:
        for layer in LAYERS if outcome.has_registered else LAYERS[:1]:
            for population in POPULATIONS:
                names = (outcome.name, population)
                total = sums.numerators(*names, layer=layer)[0]
                of = sums.denominators(*names, layer=layer)[0]
                first = sums.standardised(*names, layer=layer)[0]
                assert first == pytest.approx(total / of if of else np.nan, nan_ok=True), names
                assert not sums.pooled(*names, layer=layer)[0] > 0.0


def test_weights_are_the_children_who_were_counted_in_the_first_year(run: Simulation) -> None:
    sums = run.sums()
    counted = sums.weights.sum(axis=-1)
    crude = sums.numbers[0, :, :, :, 0, 1]

    for outcome in OF_CHILDREN:
        place = INDEX[outcome.name]
        assert np.array_equal(counted[:, place], crude[:, place]), outcome.name
    assert sums.weights.shape[-1] == int(np.prod(SHAPE))
    assert counted[:, INDEX["vsv_adult_share"]].sum() == 0.0


def test_standardised_numbers_of_later_years_are_seen_and_say_how_much_was_pooled(
    run: Simulation,
) -> None:
    sums = run.sums()
    later = sums.standardised("absent_days")[1:]
    pooled = sums.pooled("absent_days")[1:]

    assert np.isfinite(later).all()
    assert ((pooled >= 0.0) & (pooled <= 1.0)).all()
    assert not np.allclose(
        later, (sums.numerators("absent_days") / sums.denominators("absent_days"))[1:]
    )


def test_what_is_no_number_of_a_child_is_not_standardised(run: Simulation) -> None:
    for outcome in ("housing_tied", "n_children", "vsv_adult_share"):
        with pytest.raises(InputError, match="is not standardised"):
            run.sums().standardised(outcome)
    with pytest.raises(InputError, match="Did you mean 'absent_days'"):
        run.sums().standardised("absent_day")


def test_a_run_that_goes_on_from_a_snapshot_keeps_the_weights_of_its_first_year(
    run: Simulation, tmp_path: object
) -> None:
    half = Simulation(families=200, seed=3, years=5)
    while half.month < 30:
        half.step()
    path = f"{tmp_path}/half.npz"
    half.snapshot().write(path)

    whole = Simulation.from_snapshot(Snapshot.read(path)).run().sums()

    assert np.array_equal(whole.numbers, run.sums().numbers)
    assert np.array_equal(whole.weights, run.sums().weights)


def test_layers_that_are_chosen_leave_standardised_numbers_as_they_are(run: Simulation) -> None:
    sums = run.sums()
    names = ("vsv_mbo_expected", "eu11", "registered")
    chosen = sums.of_layers(["registered"]).of_groups(["all", STANDARDISED, POOLED])

    assert np.array_equal(chosen.standardised(*names), sums.standardised(*names), equal_nan=True)


def test_sums_of_other_groups_say_how_to_get_standardised_numbers(run: Simulation) -> None:
    with pytest.raises(InputError, match=r"groups=\('all', 'standardised', 'pooled'\)"):
        run.sums().of_groups(["all"]).standardised("absent_days")


def test_the_tidy_table_names_standardised_numbers_beside_crude_ones(run: Simulation) -> None:
    table = run.sums().table()
    rows = table[(table["outcome"] == "absent_days") & (table["population"] == "eu11")]
    standardised_rows = rows[rows["dimension"] == STANDARDISED]

    assert standardised_rows["value"].tolist() == run.sums().standardised("absent_days").tolist()
    assert set(standardised_rows["group"]) == {"first_year"}
    assert STANDARDISED not in set(table.loc[table["outcome"] == "forced_moves", "dimension"])


def test_weights_that_are_given_are_those_of_another_run(run: Simulation) -> None:
    base = run.sums()
    twice = base.weights * np.arange(1, N_CELLS + 1)
    other = Simulation(families=200, seed=3, years=5, weights=twice).run().sums()
    crude = base.groups.index("all")
    held = base.groups.index(HELD)
    place = INDEX["absent_days"]

    assert np.array_equal(other.weights, twice)
    assert np.array_equal(other.numbers[..., crude, :], base.numbers[..., crude, :])
    assert other.numbers[0, 0, place, 0, held, 1] == twice[0, place, 0].sum()
    assert other.standardised("absent_days")[0] != base.standardised("absent_days")[0]

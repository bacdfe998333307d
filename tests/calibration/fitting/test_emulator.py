"""What stands in for the model: the simplest form that tells runs which it was not taught."""

import numpy as np
import pytest

from calibration.fitting.emulator import emulators
from tests.calibration.fitting.toy import toy_unknowns

RUNS = 150


def of(form: str) -> tuple[np.ndarray, np.ndarray]:
    """Return places, and what a world of a form shows there with little luck."""
    chance = np.random.default_rng(3)
    z = chance.standard_normal((RUNS, 3))
    shown = {
        "level": np.full(RUNS, 5.0),
        "line": z[:, 0] - 2.0 * z[:, 1],
        "curves": z[:, 0] + z[:, 2] ** 2,
        "curves together": z[:, 0] * z[:, 1],
    }[form]
    return z, (shown + 0.1 * chance.normal(size=RUNS))[:, None]


@pytest.mark.parametrize("form", ["line", "curves", "curves together"])
def test_the_form_of_the_world_is_chosen(form: str) -> None:
    z, shown = of(form)

    found = emulators(toy_unknowns(3), z, shown, np.ones(RUNS, bool))

    assert found.each[0].form == form
    assert np.sqrt(found.of_a_run()[0, 0]) == pytest.approx(0.1, rel=0.2)


def test_what_nothing_moves_is_told_to_stand_still() -> None:
    z, shown = of("level")

    found = emulators(toy_unknowns(3), z, shown, np.ones(RUNS, bool))

    assert np.abs(found.mean(z) - 5.0).max() < 0.1


def test_what_is_said_of_a_run_is_said_without_it() -> None:
    z, shown = of("line")
    found = emulators(toy_unknowns(3), z, shown, np.ones(RUNS, bool))
    moved = shown.copy()
    moved[7] += 50.0

    other = emulators(toy_unknowns(3), z, moved, np.arange(RUNS) != 7)

    assert other.each[0].form == found.each[0].form == "line"
    assert other.each[0].missed[7] - found.each[0].missed[7] == pytest.approx(50.0, abs=0.2)


def test_runs_that_did_not_show_a_figure_teach_nothing_of_it() -> None:
    z, shown = of("line")
    gone = shown.copy()
    gone[::3] = np.nan
    kept = ~np.isnan(gone[:, 0])

    found = emulators(toy_unknowns(3), z, gone, np.ones(RUNS, bool))
    alone = emulators(toy_unknowns(3), z[kept], shown[kept], np.ones(kept.sum(), bool))

    assert np.allclose(found.mean(z), alone.mean(z))
    assert np.isnan(found.each[0].missed[::3]).all()


def test_the_mean_is_surer_than_a_run_and_misfit_stays_in_it() -> None:
    z, shown = of("line")
    found = emulators(toy_unknowns(3), z, shown, np.ones(RUNS, bool))

    known, unknown = (found.of_the_mean(np.array([luck])) for luck in (0.01, 0.0))

    assert known[0] < 0.2 * found.of_a_run()[0, 0]
    assert unknown[0] > found.of_a_run()[0, 0]

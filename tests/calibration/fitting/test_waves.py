"""Waves: they find what is true, name what is out of reach, and go on where they were stopped."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from calibration.fitting.chain import LENGTHS
from calibration.fitting.kept import opened
from calibration.fitting.plan import CENTRE, Plan
from calibration.fitting.unknowns import USUAL, unknowns
from calibration.fitting.waves import Fit, fitted
from model.errors import InputError, VeerkrachtError
from tests.calibration.fitting.toy import (
    NAMES,
    SLOPES,
    TRUTH,
    Lines,
    exact,
    figures,
    toy_plan,
    toy_unknowns,
)

VALUES = SLOPES @ TRUTH
ROOT = Path(__file__).parents[3]


def lived(
    folder: Path,
    world: Lines,
    plan: Plan | None = None,
    values: np.ndarray = VALUES,
    most: int | None = None,
) -> Fit:
    plan = plan or toy_plan()
    with opened(folder, plan) as kept:
        return fitted(
            world, toy_unknowns(), figures(values), plan, kept, say=lambda _: None, most=most
        )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    return lived(tmp_path_factory.mktemp("whole") / "fit", Lines())


def test_waves_find_the_posterior_that_is_known(whole: Fit) -> None:
    mean, sd = exact(VALUES, 0.1**2 + 0.3**2)
    z = whole.chain.flat
    assert whole.chain.lengths >= LENGTHS
    assert np.abs(z.mean(axis=0) - mean).max() < 0.5 * sd.min()
    assert z.std(axis=0) == pytest.approx(sd, rel=0.2)
    assert whole.waves[-1].fresh is not None
    assert 0.8 < whole.waves[-1].fresh[1] < 1.2


def test_a_figure_that_no_run_comes_near_is_named_and_teaches_nothing(tmp_path: Path) -> None:
    far = np.array([*VALUES[:3], 40.0])

    fit = lived(tmp_path / "far", Lines(), values=far, most=1)

    assert [one.verdict for one in fit.reach] == ["in reach"] * 3 + ["out of reach"]
    assert fit.likelihood.held.names == NAMES[:3]


def test_where_nothing_is_in_reach_nothing_is_fitted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no run comes near any of the figures"):
        lived(tmp_path / "far", Lines(), values=VALUES + 100.0, most=1)


def test_a_calibration_that_was_stopped_in_a_wave_goes_on_to_the_same_numbers(
    whole: Fit, tmp_path: Path
) -> None:
    plan = toy_plan()
    ends = plan.first + 17
    stopped = Lines(ends_after=ends)
    with pytest.raises(KeyboardInterrupt):
        lived(tmp_path / "stopped", stopped, plan)
    rest = Lines()

    fit = lived(tmp_path / "stopped", rest, plan)

    assert len(stopped.lived) == ends
    assert rest.lived == list(range(17, plan.later))
    assert np.array_equal(fit.chain.z, whole.chain.z)
    assert fit.waves == whole.waves


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.calibration.fitting import test_waves, toy

class Killed(toy.Lines):
    def __call__(self, places):
        for run in super().__call__(places):
            yield run
            if len(self.lived) == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)

test_waves.lived(Path(sys.argv[1]), Killed())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
def test_a_calibration_that_was_killed_in_a_wave_goes_on_to_the_same_numbers(
    whole: Fit, tmp_path: Path
) -> None:
    plan, folder = toy_plan(), tmp_path / "killed"
    ends = plan.first + 23
    ask = [sys.executable, "-c", KILLED, str(folder), str(ends)]

    killed = subprocess.run(ask, cwd=ROOT, check=False, capture_output=True)
    rest = Lines()
    fit = lived(folder, rest, plan)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert rest.lived == list(range(23, plan.later))
    assert np.array_equal(fit.chain.z, whole.chain.z)


def test_runs_that_fail_are_counted_and_left_out(tmp_path: Path) -> None:
    fit = lived(tmp_path / "fit", Lines(fails=[CENTRE + 3]), most=1)

    assert (fit.waves[0].runs, fit.waves[0].failed) == (60, 1)
    assert np.isnan(fit.likelihood.emulators.each[0].missed).sum() == 1


def test_where_most_runs_fail_the_first_reason_is_told(tmp_path: Path) -> None:
    broken = Lines(fails=range(20, 60))

    with pytest.raises(VeerkrachtError, match=r"40 of 60 runs of wave 0 failed, .*: it broke"):
        lived(tmp_path / "fit", broken)


def test_another_plan_in_the_same_folder_is_refused_with_the_difference(tmp_path: Path) -> None:
    with opened(tmp_path / "fit", toy_plan()):
        pass

    with (
        pytest.raises(InputError, match=r"families: 2000 there, 500 now\. Ask the same again"),
        opened(tmp_path / "fit", toy_plan(families=500)),
    ):
        pass


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")

    with pytest.raises(InputError, match="holds other things"), opened(tmp_path, toy_plan()):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_what_is_fitted_when_nobody_says_otherwise_is_free_in_the_ledger() -> None:
    assert unknowns().names == USUAL

"""What hangs on what: found on worlds of which it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol
from SALib.sample import sobol as salib_sample

from calibration.exploring.screening import design, moved, stability, steps, values
from calibration.exploring.sensitivity import Study, sensitivity
from calibration.exploring.shares import shares, split
from calibration.fitting.emulator import emulators
from calibration.fitting.kept import Shown
from calibration.fitting.waves import Place
from model.errors import InputError
from model.registry import BY_PARAMETER
from tests.calibration.fitting.toy import toy_unknowns

FREE = [row for row in BY_PARAMETER.values() if row.is_free]


def test_every_number_moves_once_in_a_trajectory_and_never_beyond_the_ledger() -> None:
    places = design(len(FREE), 2, 1)

    for trajectory in places:
        changed = np.diff(trajectory, axis=0) != 0.0
        assert (changed.sum(axis=0) == 1).all()
        assert (changed.sum(axis=1) == 1).all()
        for place in trajectory[:: len(FREE) // 4]:
            found = values(FREE, place)
            assert all(row.low <= found[row.name] <= row.high for row in FREE)


def test_sizes_are_those_of_salib() -> None:
    places = design(4, 6, 2)
    shown = places[..., 0] * 3.0 + places[..., 1] * places[..., 2]

    found = moved(steps(places, shown[..., None]), np.zeros(1), 1)

    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.05, 0.95]] * 4}
    known = salib_morris.analyze(problem, places.reshape(-1, 4), shown.reshape(-1), num_levels=4)
    assert np.allclose(found.size[:, 0], known["mu_star"])
    assert np.allclose(found.mean[:, 0], known["mu"])
    assert np.allclose(found.spread[:, 0], known["sigma"])


def test_luck_that_a_number_deals_anew_is_not_taken_for_what_it_does() -> None:
    places = design(3, 6, 3)
    chance = np.random.default_rng(4)
    luck = chance.normal(size=(6, 4, 30))
    # The first number moves one thing; the second deals all luck anew; the third does nothing.
    dealt = np.where(places[..., 1:2] > 0.5, luck, luck[:, :1])
    shown = dealt + 0.0
    shown[..., 0] += 2.0 * places[..., 0]

    found = moved(steps(places, shown), np.ones(30), 1)

    assert found.is_telling[0, 0]
    assert not found.is_telling[1:].any()
    assert not found.is_telling[0, 1:].any()


def test_halves_with_other_luck_agree_where_there_is_something_to_find() -> None:
    places = design(30, 8, 5)
    chance = np.random.default_rng(6)
    true = (places * np.linspace(0.0, 3.0, 30)).sum(axis=2)
    noise = chance.normal(size=true.shape)

    alike, common = stability(steps(places, np.stack([true, noise], axis=2)), 10)

    assert alike[0] > 0.99
    assert common[0] == 1.0
    assert abs(alike[1]) < 0.6


def test_shares_of_a_stand_in_are_those_that_sobol_finds() -> None:
    chance = np.random.default_rng(7)
    z = chance.standard_normal((300, 3))
    shown = 2.0 * z[:, 0] + z[:, 1] ** 2 + 1.5 * z[:, 0] * z[:, 2]
    found = emulators(toy_unknowns(3), z, shown[:, None], np.ones(300, bool))

    first, total = split(found.each[0], np.zeros(3, bool))

    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3, "dists": ["norm"] * 3}
    tried = salib_sample.sample(problem, 4096, calc_second_order=False, seed=1)
    known = salib_sobol.analyze(problem, found.mean(tried)[:, 0], calc_second_order=False, seed=1)
    assert np.allclose(first, known["S1"], atol=0.03)
    assert np.allclose(total, known["ST"], atol=0.03)


def test_intervals_of_shares_hold_what_is_true_and_luck_is_left_out() -> None:
    chance = np.random.default_rng(8)
    z = chance.standard_normal((200, 2))
    luck = chance.normal(size=200)
    shown = np.stack([2.0 * z[:, 0] + z[:, 1] + luck, luck], axis=1)

    found = shares(toy_unknowns(), z, shown)

    assert (found.low[:, 0] <= [0.8, 0.2]).all()
    assert (found.high[:, 0] >= [0.8, 0.2]).all()
    assert (found.high[:, 0] - found.low[:, 0] < 0.2).all()
    assert found.told[0] == pytest.approx(5 / 6, abs=0.06)
    assert found.told[1] < 0.05


NAMES = ("school.leave_vo", "school.leave_mbo2", "work.p_hire")


class World:
    """One figure follows the first number, one effect the second; nothing follows the third."""

    def __init__(self) -> None:
        self.lived = 0

    def __call__(self, places: Sequence[Place]) -> Iterator[Shown]:
        """Live places one by one."""
        for place in places:
            self.lived += 1
            where = [
                place.parameters.get(name, BY_PARAMETER[name].value)
                / (BY_PARAMETER[name].likely[1] - BY_PARAMETER[name].likely[0])
                for name in NAMES
            ]
            luck = np.random.default_rng(place.seed).normal(size=2) * 0.01
            shown = {"figure": where[0] + luck[0], "policy: effect": where[1] + luck[1]}
            failed = "it broke" if place.number % 97 == 50 else ""
            yield Shown(
                wave=place.wave,
                number=place.number,
                values={} if failed else dict(shown),
                failed=failed,
                made_by="toy",
            )


STUDY = Study(
    parameters=NAMES,
    targets=("figure",),
    effects=("policy: effect",),
    base="s01_reference",
    digests={},
    made_by="toy",
    trajectories=16,
    runs=90,
    most=2,
)


def test_from_all_numbers_to_the_shares_of_the_few_and_goes_on_where_it_stopped(
    tmp_path: Path,
) -> None:
    units = {"figure": 0.1, "policy: effect": 0.1}
    world = World()
    found = sensitivity(STUDY, tmp_path / "study", world, units)
    again = World()
    sensitivity(STUDY, tmp_path / "study", again, units)

    assert [one[:2] for one in found.ranked(STUDY.targets, units)] == [(NAMES[0], "figure")]
    assert [one[0] for one in found.ranked(STUDY.effects, units)] == [NAMES[1]]
    assert found.chosen == NAMES[:2]
    assert found.shares is not None
    assert found.shares.total[:, 0] == pytest.approx([1.0, 0.0], abs=0.01)
    assert found.failed == 2
    assert again.lived == 0
    assert world.lived == 10 + 16 * 4 + 90


def test_another_study_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    units = {"figure": 0.1, "policy: effect": 0.1}
    sensitivity(replace(STUDY, runs=0), tmp_path / "study", World(), units)

    with pytest.raises(InputError, match="trajectories: 16 there, 4 now"):
        sensitivity(replace(STUDY, runs=0, trajectories=4), tmp_path / "study", World(), units)


def test_sizes_that_cannot_be_are_refused() -> None:
    for sizes in ({"trajectories": 0}, {"runs": 5}, {"most": 99}):
        with pytest.raises(InputError, match="give"):
            replace(STUDY, **sizes)  # type: ignore[arg-type]

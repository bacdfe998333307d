"""What figures and policy effects hang on: every free number moved, then shares of the few.

    from calibration.exploring.sensitivity import Study, sensitivity
    found = sensitivity(study, Path("sensitivity"), world, units=units(targets, effects))

A stopped study goes on in its folder, which then has every run and `sensitivity.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration.exploring import screening
from calibration.exploring.screening import Moved, design, stability, steps
from calibration.exploring.shares import Shares, shares
from calibration.fitting.kept import Folder, matrix, opened
from calibration.fitting.plan import CENTRE
from calibration.fitting.unknowns import MOST, Unknowns, spread_out
from calibration.fitting.waves import Place, World, completed
from model.errors import InputError
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER
from model.run.settings import checked_families, checked_months, checked_seed
from scenarios.runs.parameter_samples import replicate_seed

FOUND = "sensitivity.json"
FORMAT = 1
TOP = 20
"""Numbers that two halves of a screening should have in common."""

FEWEST_RUNS = 30

LEAST = 0.25
"""Part of a unit (a total error, a difference that matters) below which a size is not told."""


@dataclass(frozen=True, kw_only=True)
class Study:
    """What is asked. `targets` and `effects` are the names of what is shown.

    Of `trajectories` each moves all `parameters`; then the `most` that tell most are moved together
    in `runs` runs, or in none for 0.
    """

    parameters: tuple[str, ...]
    targets: tuple[str, ...]
    effects: tuple[str, ...]
    base: str
    digests: Mapping[str, str]
    made_by: str
    families: int = 1000
    years: int = 8
    seed: int = 1
    trajectories: int = 4
    runs: int = 400
    most: int = 24
    format: int = FORMAT

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be, with an InputError."""
        checked_families(self.families)
        checked_months(self.years)
        checked_seed(self.seed)
        if self.trajectories < 1:
            raise InputError(f"--trajectories {self.trajectories} is too few: give 1 or more.")
        if self.runs and self.runs < FEWEST_RUNS:
            raise InputError(
                f"--runs {self.runs} is too few: give {FEWEST_RUNS} or more, or 0 for none."
            )
        if not 1 <= self.most <= MOST:
            raise InputError(f"--most {self.most} is not possible: give 1 to {MOST}.")

    @property
    def record(self) -> dict[str, Any]:
        """The study as it is written."""
        names = {name: list(getattr(self, name)) for name in ("parameters", "targets", "effects")}
        return {**asdict(self), **names, "digests": dict(self.digests)}

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of all that is shown, targets first."""
        return (*self.targets, *self.effects)


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """What was found. Arrays of `moved` and `shares` are (numbers, what is shown of the study).

    `alike` and `common` (what is shown,) are how alike two halves of the trajectories rank the
    numbers. `shares` is None where no runs were asked for it; its numbers are `chosen`.
    """

    study: Study
    moved: Moved
    alike: np.ndarray
    common: np.ndarray
    chosen: tuple[str, ...]
    shares: Shares | None
    failed: int

    def ranked(
        self, names: Sequence[str], units: Mapping[str, float]
    ) -> list[tuple[str, str, float]]:
        """Return numbers by the most that they move any of some names, in its unit, above luck.

        Each with what it moves most and by how much; a number that moves none of them by LEAST is
        left out.
        """
        places = [self.study.shown.index(name) for name in names]
        if not places:
            return []
        unit = np.array([units[name] for name in names])
        size = np.where(self.moved.is_telling, self.moved.size, 0.0)[:, places] / unit
        size = np.nan_to_num(size)
        most = size.argmax(axis=1)
        told = [
            (number, names[most[k]], float(size[k, most[k]]))
            for k, number in enumerate(self.study.parameters)
            if size[k].max() >= LEAST
        ]
        return sorted(told, key=lambda one: -one[2])


def sensitivity(study: Study, out: Path, world: World, units: Mapping[str, float]) -> Sensitivity:
    """Move every number, then the few together; leave what was found in a folder.

    `units` says in which unit each of what is shown is told when numbers are chosen. Raises
    InputError, StorageError, VeerkrachtError when too many runs fail, and Cancelled.
    """
    rows = [BY_PARAMETER[name] for name in study.parameters]
    with opened(out, study) as folder:
        places, shown, failed = _screened(study, rows, folder, world)
        luck = _deviation(shown[:CENTRE])
        walked = shown[CENTRE:].reshape(study.trajectories, len(rows) + 1, -1)
        taken = steps(places, walked)
        alike, common = stability(taken, TOP)
        found = Sensitivity(
            study=study,
            moved=screening.moved(taken, luck, study.seed),
            alike=alike,
            common=common,
            chosen=(),
            shares=None,
            failed=failed,
        )
        if study.runs:
            found = _shared(found, folder, world, units)
        folder.keep(FOUND, recorded(found))
    return found


def recorded(found: Sensitivity) -> dict[str, Any]:
    """Return what was found as JSON has it, with a row for each number and what it moves."""
    shown = found.study.shown
    rows = []
    for k, number in enumerate(found.study.parameters):
        for j, name in enumerate(shown):
            row: dict[str, Any] = {"parameter": number, "shown": name}
            for part in ("size", "low", "high", "mean", "spread", "luck"):
                row[part] = _number(getattr(found.moved, part)[k, j])
            row["is_above_luck"] = bool(found.moved.is_telling[k, j])
            if found.shares is not None and number in found.chosen:
                place = found.chosen.index(number)
                for part in ("first", "total", "low", "high"):
                    row[f"share_{part}"] = _number(getattr(found.shares, part)[place, j])
            rows.append(row)
    of_all = [
        {
            "shown": name,
            "halves_alike": _number(found.alike[j]),
            "largest_in_common": _number(found.common[j]),
            "told_by_numbers": _number(found.shares.told[j]) if found.shares else None,
            "shares_alike": _number(found.shares.alike[j]) if found.shares else None,
        }
        for j, name in enumerate(shown)
    ]
    return {
        "study": found.study.record,
        "failed": found.failed,
        "chosen": list(found.chosen),
        "shown": of_all,
        "moved": rows,
    }


def _screened(
    study: Study, rows: Sequence[Parameter], folder: Folder, world: World
) -> tuple[np.ndarray, np.ndarray, int]:
    """Live the trajectories, after runs alike at the ledger's values; return what they showed."""
    places = design(len(rows), study.trajectories, study.seed)
    asked = [
        Place(wave=0, number=k, seed=replicate_seed(study.seed, k + 1), parameters={})
        for k in range(CENTRE)
    ]
    for trajectory, walked in enumerate(places):
        for shares_of in walked:
            asked.append(
                Place(
                    wave=0,
                    number=len(asked),
                    seed=replicate_seed(study.seed, CENTRE + 1 + trajectory),
                    parameters=screening.values(rows, shares_of),
                )
            )
    runs = completed(world, folder, asked, 0)
    failed = sum(bool(run.failed) for run in runs.values())
    return places, matrix(runs, len(asked), study.shown), failed


def _shared(
    found: Sensitivity, folder: Folder, world: World, units: Mapping[str, float]
) -> Sensitivity:
    """Move the numbers that tell most together, and split what is not known over them."""
    study = found.study
    chosen = _chosen(found, units)
    if not chosen:
        return found
    unknowns = Unknowns(tuple(BY_PARAMETER[name] for name in chosen))
    z = spread_out(study.runs, len(chosen), study.seed)
    asked = [
        Place(
            wave=1,
            number=k,
            seed=replicate_seed(study.seed, 100_000 + k),
            parameters=unknowns.values(place),
        )
        for k, place in enumerate(z)
    ]
    runs = completed(world, folder, asked, 1)
    failed = found.failed + sum(bool(run.failed) for run in runs.values())
    shown = matrix(runs, len(asked), study.shown)
    seen = (~np.isnan(shown)).sum(axis=0) >= FEWEST_RUNS
    split = shares(unknowns, z, shown[:, seen])
    return Sensitivity(
        study=study,
        moved=found.moved,
        alike=found.alike,
        common=found.common,
        chosen=chosen,
        shares=_spread_over(split, seen),
        failed=failed,
    )


def _chosen(found: Sensitivity, units: Mapping[str, float]) -> tuple[str, ...]:
    """Return the numbers that tell most, of figures and of effects in turn."""
    study = found.study
    lists = [
        [name for name, _, _ in found.ranked(names, units)]
        for names in (study.targets, study.effects)
    ]
    in_turn = [one[k] for k in range(len(study.parameters)) for one in lists if k < len(one)]
    return tuple(dict.fromkeys(in_turn))[: study.most]


def _spread_over(split: Shares, seen: np.ndarray) -> Shares:
    """Return shares with NaN for what too few runs showed."""

    def spread(part: np.ndarray) -> np.ndarray:
        whole = np.full((*part.shape[:-1], len(seen)), np.nan)
        whole[..., seen] = part
        return whole

    parts = {name: spread(getattr(split, name)) for name in Shares.__dataclass_fields__}
    return Shares(**parts)


def _deviation(alike: np.ndarray) -> np.ndarray:
    """Return the deviation of runs alike (runs, what is shown); 0 where fewer than two saw it."""
    is_seen = (~np.isnan(alike)).sum(axis=0) > 1
    return np.array(
        [np.nanstd(alike[:, j], ddof=1) if is_seen[j] else 0.0 for j in range(alike.shape[1])]
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.5g}")

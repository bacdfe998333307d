"""Where a policy fails to help: what no figure pins down is drawn, and a box of it is described.

    from calibration.exploring.explore import Question, explore
    found = explore(question, Path("explore"), pair, all_of_them, drawn)

Beside it: the order of the shipped scenarios under each form that the world may have, and over
worlds that were drawn. A stopped study goes on in its folder, which then has every world and
`explore.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration.exploring import prim
from calibration.exploring.policies import Effect
from calibration.exploring.robust import SWITCHES, Order, Robust, orders, robust
from calibration.fitting.kept import Folder, matrix, opened
from calibration.fitting.waves import Place, World, completed
from model.errors import InputError
from model.run.settings import checked_families, checked_months, checked_seed
from scenarios.runs.parameter_samples import replicate_seed

FOUND = "explore.json"
FORMAT = 1
MOST_PAIRS = 600
FEWEST_PAIRS = 60

ALIKE = 20
"""Pairs at the ledger's values, which differ in luck alone."""

DRAWN = 40
"""Worlds in which all scenarios are tried."""

REPLICATES = 8
"""Lucks with which all scenarios are tried under each form of the world."""

TELLING = 0.05
"""Chance with which labels dealt anew may do as well as the box, for it to be told as found."""

Draw = Callable[[int], Mapping[str, float]]
"""The parameters of a world by its number, from 1 on."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: where `alternative` does not help against `base` by `least` or more.

    `wanted` is 1 where more of the outcome helps, and -1 where less does. `numbers` are those that
    no figure pins down: a box is described by them. `scenarios` are all that are held against each
    other. `source` says where worlds are drawn from.
    """

    base: str
    alternative: str
    outcome: str
    wanted: int
    least: float
    numbers: tuple[str, ...]
    scenarios: tuple[str, ...]
    source: str
    made_by: str
    pairs: int = 400
    families: int = 4000
    years: int = 10
    seed: int = 1
    format: int = FORMAT

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be, with an InputError."""
        checked_families(self.families)
        checked_months(self.years)
        checked_seed(self.seed)
        if not FEWEST_PAIRS <= self.pairs <= MOST_PAIRS:
            raise InputError(
                f"--pairs {self.pairs} is not possible: give {FEWEST_PAIRS} to {MOST_PAIRS}."
            )

    @property
    def record(self) -> dict[str, Any]:
        """The question as it is written."""
        return {
            **asdict(self),
            "numbers": list(self.numbers),
            "scenarios": list(self.scenarios),
        }

    @property
    def effect(self) -> Effect:
        """What is looked at."""
        return Effect(scenario=self.alternative, outcome=self.outcome)


@dataclass(frozen=True, kw_only=True)
class Explored:
    """What was found.

    `effects` (worlds,) and `drawn` (worlds, numbers of the question) are of the pairs that did not
    fail, `fails` (worlds,) where the alternative does not help. `by_luck` is the share of pairs at
    the ledger's values, alike but for their luck, in which it does not. `box` is None where it
    fails everywhere or nowhere.
    """

    question: Question
    effects: np.ndarray
    drawn: np.ndarray
    fails: np.ndarray
    by_luck: float
    box: prim.Found | None
    orders: tuple[Order, ...]
    robust: tuple[Robust, ...]
    failed: int

    @property
    def is_found(self) -> bool:
        """Whether the box is more than labels dealt anew would give."""
        return self.box is not None and bool(self.box.box.limits) and self.box.chance <= TELLING


def explore(question: Question, out: Path, pair: World, all_of_them: World, draw: Draw) -> Explored:
    """Live worlds, and say where the alternative fails; leave what was found in a folder.

    `pair` tries the alternative alone, `all_of_them` every scenario of the question. Raises
    InputError, StorageError, VeerkrachtError when too many runs fail, and Cancelled.
    """
    names = [Effect(scenario=one, outcome=question.outcome).name for one in question.scenarios]
    numbers = range(1, question.pairs + 1)
    drawn = [dict(draw(number)) for number in numbers]
    with opened(out, question) as folder:
        alike, _ = _lived(folder, pair, 0, [{}] * ALIKE, question, [question.effect.name])
        effects, failed = _lived(folder, pair, 1, drawn, question, [question.effect.name])
        over, more = _lived(folder, all_of_them, 2, drawn[:DRAWN], question, names)
        forms = [dict(numbers) for numbers in SWITCHES.values() for _ in range(REPLICATES)]
        under, most = _lived(folder, all_of_them, 3, forms, question, names, lucks=REPLICATES)
        seen = ~np.isnan(effects[:, 0])
        worlds = np.array([[one[name] for name in question.numbers] for one in drawn])[seen]
        told = effects[seen, 0]
        fails = question.wanted * told < question.least
        found = Explored(
            question=question,
            effects=told,
            drawn=worlds,
            fails=fails,
            by_luck=float((question.wanted * alike[:, 0] < question.least).mean()),
            box=None
            if fails.all() or not fails.any()
            else prim.found(worlds, question.numbers, fails, question.seed),
            orders=orders(
                dict(zip(SWITCHES, np.split(under, len(SWITCHES)), strict=True)),
                question.scenarios,
                question.wanted,
            ),
            robust=robust(over, question.scenarios, question.wanted, question.least),
            failed=failed + more + most,
        )
        folder.keep(FOUND, recorded(found))
    return found


def recorded(found: Explored) -> dict[str, Any]:
    """Return what was found as JSON has it."""
    box = found.box
    return {
        "question": found.question.record,
        "failed": found.failed,
        "worlds": len(found.effects),
        "cases": int(found.fails.sum()),
        "fails_by_luck_alone": found.by_luck,
        "box": None
        if box is None
        else {
            "limits": {
                name: [None if np.isinf(end) else end for end in ends]
                for name, ends in box.box.limits.items()
            },
            "worlds_inside": int(box.box.inside.sum()),
            "cases_inside": int(found.fails[box.box.inside].sum()),
            "density": box.box.density,
            "coverage": box.box.coverage,
            "shuffled_density": [
                float(one) for one in np.quantile(box.shuffled_density, (0.5, 0.95))
            ],
            "shuffled_coverage": [
                float(one) for one in np.quantile(box.shuffled_coverage, (0.5, 0.95))
            ],
            "chance": box.chance,
        },
        "orders": [asdict(one) for one in found.orders],
        "robust": [asdict(one) for one in found.robust],
    }


def _lived(
    folder: Folder,
    world: World,
    wave: int,
    parameters: list[dict[str, float]],
    question: Question,
    names: list[str],
    *,
    lucks: int | None = None,
) -> tuple[np.ndarray, int]:
    """Return what worlds showed (worlds, names) and how many failed.

    Each has luck of its own, or there are so many `lucks` that come again and again.
    """
    asked = [
        Place(
            wave=wave,
            number=k,
            seed=replicate_seed(question.seed, 1 + (k if lucks is None else k % lucks)),
            parameters=one,
        )
        for k, one in enumerate(parameters)
    ]
    runs = completed(world, folder, asked, wave)
    return matrix(runs, len(asked), names), sum(bool(run.failed) for run in runs.values())

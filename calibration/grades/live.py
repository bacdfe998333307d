"""Live all scenarios in worlds of each set, and keep what that leaves possible: `make grades`.

What was stopped goes on in its folder. Luck is one of each world's own, and is taken out of every
range (`scenarios.statistics.parameter_uncertainty`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration.exploring.policies import Effect, Policies, effects_of, policies
from calibration.fitting.kept import matrix, opened
from calibration.fitting.waves import Place, completed
from calibration.fitting.world import Model
from calibration.grades.found import Kept, Moving, Range, ledger_digest
from calibration.grades.sets import EVERY, LUCK, Set, sets
from model.outcomes.observers import Progress, Stop
from scenarios import names
from scenarios.runs.parameter_samples import prior_draw, replicate_seed
from scenarios.statistics.parameter_uncertainty import left_possible

BASE = "s01_reference"
OUTCOMES = (
    "vsv_vo_expected",
    "vsv_mbo_expected",
    "forced_moves",
    "language_at_12",
    "language_at_4",
    "voluntary_moves",
    "contract_permanent",
    "contract_zero_hours",
    "poor_share",
    "startkwalificatie_at_22",
)
"""What the pages tell; a test holds both alike."""

FALSE_ALARMS = 0.05
"""Numbers named per effect by luck alone, on average."""

TOLD = 3
"""Numbers named per effect at most."""

FEWEST = 10
"""Worlds of a set in which an effect has to be seen."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How large the worlds are, and which are lived."""

    digest: str
    families: int = 2000
    years: int = 15
    seed: int = 1
    n_worlds: Mapping[str, int]

    @property
    def record(self) -> dict[str, Any]:
        """All that makes it another question, as JSON has it."""
        return {**asdict(self), "n_worlds": dict(self.n_worlds)}


def places(drawn: Set, wave: int, seed: int) -> list[Place]:
    """Return the worlds of a set; each has luck and, of the set's numbers, draws of its own."""
    found = []
    for k in range(drawn.n_worlds):
        number = drawn.first + k
        draws = prior_draw(seed, number) if drawn.numbers else {}
        found.append(
            Place(
                wave=wave,
                number=k,
                seed=replicate_seed(seed, 10_000 * (wave + 1) + k),
                parameters={name: draws[name] for name in drawn.numbers},
            )
        )
    return found


def live(
    folder: Path,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Kept:
    """Live what is missing in a folder and return what was found."""
    asked = Asked(digest=ledger_digest(), n_worlds={one.name: one.n_worlds for one in sets()})
    scenarios = policies((BASE, *(one for one in names() if one != BASE)), years=asked.years)
    effects = effects_of(scenarios, OUTCOMES)
    model = Model(
        targets=(),
        families=asked.families,
        years=asked.years,
        workers=workers,
        progress=progress,
        stop=stop,
    )
    world = Policies(model=model, scenarios=scenarios, effects=effects)
    shown: dict[str, np.ndarray] = {}
    with opened(folder, asked) as kept:
        for wave, drawn in enumerate(sets()):
            runs = completed(world, kept, places(drawn, wave, asked.seed), wave)
            shown[drawn.name] = matrix(runs, drawn.n_worlds, [one.name for one in effects])
    return Kept(
        **asked.record,
        numbers={one.name: len(one.numbers) for one in sets()},
        ranges=tuple(ranges(effects, shown)),
        moving=tuple(moving(effects, shown, asked.seed)),
    )


def ranges(effects: Sequence[Effect], shown: Mapping[str, np.ndarray]) -> Iterator[Range]:
    """Yield what each set leaves possible of each effect; `shown` is (worlds, effects) by set.

    Of luck it is the mean at the ledger's values, and between what it lies in 95% of such studies.
    An effect that too few worlds show is left out.
    """
    from scipy.stats import f

    for k, effect in enumerate(effects):
        alike = _seen(shown[LUCK][:, k])
        if len(alike) < FEWEST:
            continue
        middle = float(alike.mean())
        error = 1.96 * float(alike.std(ddof=1)) / len(alike) ** 0.5
        yield Range(effect.scenario, effect.outcome, LUCK, len(alike), middle, middle - error,
                    middle + error, 1.0, 1.0)  # fmt: skip
        for name, worlds in shown.items():
            there = _seen(worlds[:, k])
            if name == LUCK or len(there) < FEWEST:
                continue
            noise = float(alike.var(ddof=1))
            left = left_possible(there, noise, middle)
            further = float(there.var(ddof=1)) / noise if noise > 0.0 else np.inf
            by_luck = float(f.sf(further, len(there) - 1, len(alike) - 1))
            same = 0.0 if np.isnan(left.p_sign) else left.p_sign
            yield Range(effect.scenario, effect.outcome, name, len(there), float(there.mean()),
                        left.low, left.high, same, by_luck)  # fmt: skip


def moving(
    effects: Sequence[Effect], shown: Mapping[str, np.ndarray], seed: int
) -> Iterator[Moving]:
    """Yield the numbers with whose draws an effect goes along, more than luck alone would let one.

    By the ranks of all worlds in which all assumed numbers were drawn.
    """
    from scipy.stats import norm, rankdata

    by_name = {one.name: one for one in sets()}
    names_drawn = by_name["D"].numbers
    wanted = [by_name[name] for name in ("D", EVERY)]
    draws = [prior_draw(seed, one.first + k) for one in wanted for k in range(one.n_worlds)]
    drawn = np.array([[draw[name] for name in names_drawn] for draw in draws])
    values = np.concatenate([shown[one.name] for one in wanted])
    for j, effect in enumerate(effects):
        is_seen = ~np.isnan(values[:, j])
        if is_seen.sum() < FEWEST or np.ptp(values[is_seen, j]) == 0.0:
            continue
        ranks = rankdata(values[is_seen, j])
        alike = _alike(rankdata(drawn[is_seen], axis=0), ranks)
        least = norm.isf(FALSE_ALARMS / len(names_drawn) / 2) / is_seen.sum() ** 0.5
        for place in np.argsort(-np.abs(alike))[:TOLD]:
            if abs(alike[place]) > least:
                yield Moving(
                    effect.scenario, effect.outcome, names_drawn[place], float(alike[place])
                )


def _alike(table: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Return the correlation of each column of a table with ranks."""
    columns, line = table - table.mean(axis=0), ranks - ranks.mean()
    return np.asarray(line @ columns / np.sqrt((columns**2).sum(axis=0) * (line**2).sum()))


def _seen(values: np.ndarray) -> np.ndarray:
    return np.asarray(values[~np.isnan(values)])

"""Live all scenarios that come with the program; keep by how much each differs.

    make effects

writes `now.csv`. `before.csv` holds the same of the model before its world was put right. With
`--run FOLDER` the runs are not lived but read: the folder is what `veerkracht compare` saved.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from model.disk.scratch import Scratch
from scenarios import load, names
from scenarios.runs.run import Ensemble, open_run, run_pairs
from scenarios.statistics.answers import answers

BASE = "s01_reference"
NOW = Path(__file__).with_name("now.csv")

OUTCOMES = (
    "vsv_vo_expected",
    "vsv_mbo_expected",
    "language_at_4",
    "language_at_12",
    "learning_at_12",
    "advice_havo_vwo",
    "absent_days",
    "home_alone_hours",
    "belonging",
    "ve_take_up",
    "poor_share",
    "contract_permanent",
    "hours_cv",
    "income_eur_month",
    "forced_moves",
    "registered_share",
    "knowledge",
    "parent_dutch",
)
"""What effects are kept of."""

FAMILIES, YEARS, REPLICATES, SEED = 3000, 15, 4, 1


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much a scenario differs from the reference for EU-11 children and families.

    All numbers are in the unit of the outcome's table, over the last five school years together;
    `low` to `high` hold 95% of what chance leaves possible.
    """

    scenario: str
    outcome: str
    base: float
    value: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """Return 1 or -1 when chance does not explain the direction, else 0."""
        return int(self.low > 0.0) - int(self.high < 0.0)


COLUMNS = tuple(field.name for field in fields(Effect))


def read(path: Path) -> dict[tuple[str, str], Effect]:
    """Return the effects of a file by scenario and outcome.

    Raises ValueError for another heading.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        head = tuple(next(rows, ()))
        if head != COLUMNS:
            message = f"{path.name}: the columns are {head}, not {COLUMNS}"
            raise ValueError(message)
        found = [Effect(row[0], row[1], *map(float, row[2:])) for row in rows]
    return {(effect.scenario, effect.outcome): effect for effect in found}


def write(path: Path, effects: Iterator[Effect]) -> None:
    """Write effects, a row each, to five figures."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for effect in effects:
            scenario, outcome, *numbers = astuple(effect)
            rows.writerow([scenario, outcome, *(f"{number:.5g}" for number in numbers)])


def effects_of(run: Ensemble) -> Iterator[Effect]:
    """Yield by how much each scenario of a run differs from the reference."""
    found = answers(run, outcome=OUTCOMES, base=BASE, population="eu11")
    by_key = {(one.alternative, one.outcome): one for one in found}
    for scenario in names():
        if scenario == BASE:
            continue
        for outcome in OUTCOMES:
            one = by_key[scenario, outcome]
            is_known = not math.isnan(one.low)
            low, high = (one.low, one.high) if is_known else (one.value, one.value)
            yield Effect(scenario, outcome, one.level_base, one.value, low, high)


def main() -> None:
    """Live what the command line asks for, and write it."""
    parser = argparse.ArgumentParser(description="The effects of all scenarios.")
    parser.add_argument("--run", type=Path, help="a folder in which all scenarios are stored")
    parser.add_argument("--out", type=Path, default=NOW)
    options = parser.parse_args()
    if options.run is not None:
        write(options.out, effects_of(open_run(options.run)))
        return
    with Scratch() as scratch:
        run = run_pairs(
            [load(BASE), *(load(name) for name in names() if name != BASE)],
            replicates=range(REPLICATES),
            families=FAMILIES,
            years=YEARS,
            seed=SEED,
            out=scratch.path,
        )
        write(options.out, effects_of(run))


if __name__ == "__main__":
    main()

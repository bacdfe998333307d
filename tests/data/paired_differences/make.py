"""Make `differences.csv` anew: `python -m tests.data.paired_differences.make` (half a minute).

Each row is an outcome of EU-11 families under an alternative; each column a replicate of 500
families over 15 years: its level in the last five complete school years under the alternative minus
that under today's policy. Signs flipped at random make of a row a series without any difference.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model.outcomes.registry import last_years
from model.outcomes.sums import Sums
from model.run.build import Populations
from scenarios import evaluate
from scenarios.runs.parameter_samples import replicate_seed

FILE = Path(__file__).with_name("differences.csv")
BASE, ALTERNATIVES = "s01_reference", ("s02_bandwidth", "s05_flex_law")
FAMILIES, YEARS, SEED, REPLICATES = 500, 15, 1, 80
OUTCOMES = (
    "vsv_vo_expected",
    "vsv_mbo_expected",
    "forced_moves",
    "language_at_4",
    "language_at_12",
    "poor_share",
    "crowded_share",
    "income_eur_month",
    "absent_days",
    "school_changes",
)


def main() -> None:
    """Live the pairs and write the file."""
    rows: dict[tuple[str, str], list[float]] = {
        (alternative, outcome): [] for alternative in ALTERNATIVES for outcome in OUTCOMES
    }
    for replicate in range(REPLICATES):
        people = Populations()
        levels = {name: _levels(name, replicate, people) for name in (BASE, *ALTERNATIVES)}
        for (alternative, outcome), values in rows.items():
            values.append(levels[alternative][outcome] - levels[BASE][outcome])
    lines = [
        ",".join((*names, *(f"{value:.6g}" for value in values))) for names, values in rows.items()
    ]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


def read() -> dict[tuple[str, str], np.ndarray]:
    """Return the differences (replicates,) by alternative and outcome."""
    found = {}
    for line in FILE.read_text("utf-8").splitlines():
        alternative, outcome, *values = line.split(",")
        found[alternative, outcome] = np.array(values, float)
    return found


def _levels(name: str, replicate: int, people: Populations) -> dict[str, float]:
    sums = evaluate(
        base=name,
        families=FAMILIES,
        years=YEARS,
        seed=replicate_seed(SEED, replicate),
        population=people,
    )
    return {outcome: _level(sums, outcome) for outcome in OUTCOMES}


def _level(sums: Sums, outcome: str) -> float:
    years = [sums.school_years.index(year) for year in last_years(sums.school_years)]
    top, bottom = sums.numerators(outcome)[years].sum(), sums.denominators(outcome)[years].sum()
    return float(top / bottom)


if __name__ == "__main__":
    main()

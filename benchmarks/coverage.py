"""Do the intervals hold the truth as often as they say? Measured on the model itself.

`make coverage`, or `python -m benchmarks.coverage`. A large independent ensemble stands for the
truth; many small ones are asked for their intervals. Prints the tables of docs/statistics.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from model.outcomes.registry import BY_OUTCOME
from scenarios import load
from scenarios.runs.run import Ensemble, run_pairs
from scenarios.statistics.answer import CONFIDENCE, bounds
from scenarios.statistics.paired import matched
from scenarios.statistics.ratio_estimates import Cells, cells

BASE, ALTERNATIVE = "s01_reference", "s05_flex_law"
SIZES = (3, 5, 10, 20, 40)
"""Replicates of the small ensembles."""

DIMENSIONS = ("all", "letter_group")
OFTEN = 0.9
"""Cells that differ in a smaller share of replicates stand apart: they rest on a few families."""

KINDS: dict[str, Callable[[str], bool]] = {
    "expected leaving": lambda name: name.startswith("vsv") and name.endswith("expected"),
    "counted leavers": lambda name: name.endswith("counted"),
    "other shares": lambda name: BY_OUTCOME[name].unit.startswith("share"),
    "means": lambda _: True,
}


def main() -> None:
    """Run or read the ensembles and print how often intervals hold the truth."""
    options = _options()
    ensemble = run_pairs(
        (load(BASE), load(ALTERNATIVE)),
        families=options.families,
        years=options.years,
        seed=options.seed,
        replicates=range(2 * options.replicates),
        out=options.out,
        workers=options.workers,
    )
    found = pd.concat(_outcomes(ensemble, options.replicates), ignore_index=True)
    often = found[found["often"] == 1.0]
    shares = often.pivot_table(index="kind", columns="n", values="held", sort=False)
    seldom = found[found["often"] == 0.0].groupby("n")["held"].mean()
    shares.loc["cells that seldom differ, all kinds"] = seldom
    print(f"{BASE} and {ALTERNATIVE}, {options.families} families, {options.years} years,")
    print(f"{options.replicates} replicates as the truth, as many for the small ensembles.\n")
    print("Share of 95% intervals that hold the truth:\n")
    print(_markdown(shares))
    print("\nProbability of the right sign, as said and as found (n = 10):\n")
    signs = often[often["n"] == SIZES[2]].dropna(subset=["said", "right"])
    bands = pd.cut(signs["said"], [0.5, 0.7, 0.9, 0.99, 1.0], include_lowest=True)
    print(_markdown(signs.groupby(bands, observed=True)[["said", "right"]].mean()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--replicates", type=int, default=1000, help="of the truth (1000)")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--out", type=Path, help="folder that keeps the runs")
    return parser.parse_args()


def _outcomes(ensemble: Ensemble, n_truth: int) -> Iterator[pd.DataFrame]:
    """Yield, outcome by outcome, each interval and whether it holds the truth."""
    for outcome in BY_OUTCOME:
        table = ensemble.table(outcome=outcome, dimension=DIMENSIONS)
        whole = cells(table, BASE)
        replicate = whole.runs["replicate"].to_numpy()
        reference, rest = whole.of(replicate < n_truth), whole.of(replicate >= n_truth)
        true, _ = _differences(reference)
        often = _share_differing(reference) >= OFTEN
        kind = next(name for name, which in KINDS.items() if which(outcome))
        for n in SIZES:
            frames = list(_held(rest, true, often, n))
            yield pd.concat(frames).assign(kind=kind, n=n)


def _differences(part: Cells) -> tuple[np.ndarray, ...]:
    """Return paired differences (cells and gaps), and how each run moves them (…, runs)."""
    levels, moves = part.levels(), np.nan_to_num(part.deviations())
    first, other = matched(part.keys)
    return tuple(
        np.concatenate([values, values[first] - values[other]])
        for values in (levels[:, 1] - levels[:, 0], moves[:, 1] - moves[:, 0])
    )


def _share_differing(part: Cells) -> np.ndarray:
    """Return in which share of the runs a cell, or one of the two of a gap, differs at all."""
    sums = (part.numerators, part.denominators)
    differs = np.any([one[:, 1] != one[:, 0] for one in sums], axis=0)
    first, other = matched(part.keys)
    return np.concatenate([differs, differs[first] | differs[other]]).mean(axis=-1)


def _held(rest: Cells, true: np.ndarray, often: np.ndarray, n: int) -> Iterator[pd.DataFrame]:
    """Yield what each ensemble of n replicates says of the cells that differ, and if it holds."""
    groups = np.arange(len(rest.runs)) // n
    for group in range(len(rest.runs) // n):
        difference, moves = _differences(rest.of(groups == group))
        low, high, p_sign = bounds(difference, moves, CONFIDENCE)
        held = (low <= true) & (true <= high)
        right = np.sign(difference) == np.sign(true)
        known = ~np.isnan(low) & (true != 0)
        columns = {"held": held, "said": p_sign, "right": right, "often": often}
        yield pd.DataFrame(columns)[known].astype(float)


def _markdown(table: pd.DataFrame) -> str:
    head = [str(table.index.name or ""), *map(str, table.columns)]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * len(table.columns)]
    for name, row in zip(table.index, table.to_numpy(float), strict=True):
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

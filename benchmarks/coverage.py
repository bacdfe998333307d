"""Do the intervals hold the truth as often as they say? Measured on the model itself.

`make coverage`, or `python -m benchmarks.coverage`. A large independent ensemble stands for the
truth; many small ones are asked for their intervals. Prints the tables of docs/statistics.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from model.outcomes import BY_OUTCOME
from scenarios import load
from scenarios.cells import CELL, Cells, cells
from scenarios.ensemble import Ensemble, run_pairs
from scenarios.statistics import GAP, with_gap

BASE, ALTERNATIVE = "s01_reference", "s05_flex_law"
SIZES = (3, 5, 10, 20, 40)
"""Replicates of the small ensembles."""

DIMENSIONS = ("all", "letter_group")
OFTEN = 0.9
"""Cells that differ in a smaller share of replicates stand apart: they rest on a few families."""

KINDS = {
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
        table = ensemble.table(outcome=outcome, layer="true", dimension=DIMENSIONS)
        whole = cells(table, BASE)
        replicate = whole.runs["replicate"].to_numpy()
        reference, rest = whole.of(replicate < n_truth), whole.of(replicate >= n_truth)
        truth = with_gap(reference)
        often = _often(reference) >= OFTEN
        kind = next(name for name, is_it in KINDS.items() if is_it(outcome))
        for n in SIZES:
            yield _held(rest, truth, often, n).assign(kind=kind, n=n)


def _often(whole: Cells) -> np.ndarray:
    """Return for each row of `with_gap` in which share of the replicates the worlds differ."""
    moves = whole.numerators - whole.denominators * whole.levels()[:, :1, None]
    differs = pd.Series((moves[:, 1] != moves[:, 0]).mean(axis=-1))
    by = [name for name in CELL if name != "population"]
    keys = whole.keys.assign(differs=differs)
    rows = with_gap(whole)
    own = rows.merge(keys, on=list(CELL), how="left")["differs"]
    gap = rows.merge(keys[keys["population"] == "eu11"], on=by, how="left")["differs"]
    return np.where(rows["population"] == GAP, gap, own)


def _held(rest: Cells, truth: pd.DataFrame, often: np.ndarray, n: int) -> pd.DataFrame:
    """Return what ensembles of n replicates say of each cell, and whether it holds."""
    groups = np.arange(len(rest.runs)) // n
    true = truth["difference"].to_numpy()
    rows = []
    for group in range(len(rest.runs) // n):
        said = with_gap(rest.of(groups == group))
        held = (said["low"] <= true) & (true <= said["high"])
        right = np.sign(said["difference"]) == np.sign(true)
        columns = {"held": held, "said": said["p_sign"], "right": right, "often": often}
        known = (said["low"].notna() & truth["low"].notna()).to_numpy()
        rows.append(pd.DataFrame(columns)[known].astype(float))
    return pd.concat(rows)


def _markdown(table: pd.DataFrame) -> str:
    head = [table.index.name or "", *map(str, table.columns)]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * len(table.columns)]
    for name, row in table.iterrows():
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

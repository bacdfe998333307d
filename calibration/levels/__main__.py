"""Set the levels of the base on the fit targets and write them in the ledger: `make levels`.

At most 24 levels, each within its prior. Gradients and what a policy adds are not among them. What
was found stands in `docs/levels.md`. The lives of the start are of the ledger before: `make past`
comes after.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import NormalDist

import numpy as np

from calibration.levels.fitting import END, Fit, fit
from calibration.levels.writing import write
from calibration.monitors.observed import observe_run
from calibration.targets.figures import read_rows
from calibration.targets.reader import load_targets
from calibration.targets.target import Target
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

LEVELS = Path(__file__).with_name("levels.csv")
PAGE = Path(__file__).parents[2] / "docs" / "levels.md"
FAMILIES, YEARS, SEEDS, ROUNDS = 6000, 10, (1, 2, 3, 4), 6
DIGITS = 3
"""Digits of a value that are written."""
FITTED = "by levels: all fit targets"
"""How a level was fitted: all together, on all of them (`docs/levels.md`)."""
_STANDARD = NormalDist()


def levels() -> dict[str, str]:
    """Return the levels, each with why it is one, by name of the parameter."""
    found = read_rows(LEVELS, ("parameter", "reason"))
    return {row["parameter"]: row["reason"] for _, row in found}


def value_at(row: Parameter, level: float) -> float:
    """Return the value so many standard deviations of its prior from its middle."""
    return float(f"{row.at(_STANDARD.cdf(level)):.{DIGITS}g}")


def level_of(row: Parameter) -> float:
    """Return where a value lies in its prior, in standard deviations, at most at END."""
    low, high = -END, END
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (middle, high) if row.at(_STANDARD.cdf(middle)) < row.value else (low, middle)
    return (low + high) / 2.0


def distances(targets: Mapping[str, Target], values: Mapping[str, float], seed: int) -> np.ndarray:
    """Return how far the base lies from each target in total errors (t,), with other values."""
    seen = observe_run(families=FAMILIES, years=YEARS, seed=seed, parameters=values)
    return np.array([one.distance(one.quantity.value(seen)) for one in targets.values()])


def page(rows: Mapping[str, Parameter], targets: Mapping[str, Target], found: Fit) -> str:
    """Return the page: each level before and after, and each target before and after."""
    why = levels()
    head = (
        "# Levels of the base, set once\n\n"
        "Made by `make levels`: within their priors, on the targets that are there to fit, at"
        f" {FAMILIES:,}\nfamilies, {YEARS} years and {len(SEEDS)} seeds. A level is told in"
        " standard deviations of its prior; it moves only\nwhere the targets tell more than the"
        " prior does. Gradients and what a policy adds are not moved.\n"
        "What `make calibration` fitted since has the value of that"
        " ([calibration.md](calibration.md)).\n\n"
        f"**Squared distances of all targets together: {np.nansum(found.distance_before**2):.1f}"
        f" before, {np.nansum(found.distance_after**2):.1f} after.**\n\n"
        "| level | before | after | in its prior, before | after | why it is one |\n"
        "|---|---:|---:|---:|---:|---|\n"
    )
    told = [
        f"| `{name}` | {row.value:g} | {value_at(row, after):g} | {before:+.2f} | {after:+.2f} |"
        f" {why[name]} |"
        for (name, row), before, after in zip(rows.items(), found.before, found.after, strict=True)
    ]
    of_targets = (
        "\n\n| target | distance before, total errors | after |\n|---|---:|---:|\n"
        + "\n".join(
            f"| `{name}` | {before:+.2f} | {after:+.2f} |"
            for name, before, after in zip(
                targets, found.distance_before, found.distance_after, strict=True
            )
        )
    )
    return head + "\n".join(told) + of_targets + "\n"


def main() -> None:
    """Fit, write the page and the ledger."""
    targets = {name: one for name, one in load_targets().items() if one.use == "fit"}
    rows = {name: BY_PARAMETER[name] for name in levels()}

    def world(at: np.ndarray) -> np.ndarray:
        levels_of = dict(zip(rows, at, strict=True))
        values = {name: value_at(row, float(levels_of[name])) for name, row in rows.items()}
        return np.stack([distances(targets, values, seed) for seed in SEEDS])

    found = fit(np.array([level_of(row) for row in rows.values()]), world, ROUNDS)
    PAGE.write_text(page(rows, targets, found), encoding="utf-8")
    levels_of = zip(rows.values(), found.after, strict=True)
    values = [value_at(row, float(level)) for row, level in levels_of]
    moved = [k for k, row in enumerate(rows.values()) if values[k] != row.value]
    fields = [row.field for row in rows.values()]
    write({fields[k]: values[k] for k in moved}, FITTED)


if __name__ == "__main__":
    main()

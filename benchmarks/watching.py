"""What it costs to watch a run and to judge what was seen, beside the run itself (`make watching`).

    python -m benchmarks.watching

Each round lives the base alone, lives it again with the watch of `veerkracht validate`, and judges
it; it is timed in processor time of one thread, so that whatever else the machine does counts less.
The median round counts. The aim is that watching and judging cost less than the run; the exit
status says whether that is met. Nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median
from time import process_time
from typing import NamedTuple

from benchmarks.plan import SEED
from calibration import validate
from calibration.monitors.observed import observe_run
from scenarios.runs.harness import evaluate

AIM = 1.0
"""Watching and judging cost less than so many runs."""
MET, NOT_MET = 0, 1


class Round(NamedTuple):
    """Seconds of one round: the run alone, what a watch adds to it, and judging one run."""

    run: float
    watch: float
    judge: float


def main() -> int:
    """Print what one round in the middle costs, and return whether the aim is met."""
    parser = argparse.ArgumentParser(description="What it costs to watch and judge a run.")
    parser.add_argument("--families", type=int, default=validate.FAMILIES)
    parser.add_argument("--years", type=int, default=validate.YEARS)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    _round(100, validate.YEARS_MIN)  # compiles, and reads what is read once
    found = [_round(options.families, options.years) for _ in range(options.rounds)]
    print(
        f"{options.families:,} families, {options.years} years, {options.rounds} rounds; seconds of"
        " a processor, and share of the run"
    )
    print(f"{'run':<18}{median(one.run for one in found):>8.3f}")
    parts = {
        "watching": [(one.watch, one.run) for one in found],
        "judging": [(one.judge, one.run) for one in found],
        "both": [(one.watch + one.judge, one.run) for one in found],
    }
    shares = {name: median(part / run for part, run in pairs) for name, pairs in parts.items()}
    for name, pairs in parts.items():
        print(f"{name:<18}{median(part for part, _ in pairs):>8.3f}{shares[name]:>8.2f}")
    is_met = shares["both"] < AIM
    print(f"{'met' if is_met else 'NOT MET'}: watching and judging cost less than {AIM:g} run")
    return MET if is_met else NOT_MET


def _round(families: int, years: int) -> Round:
    groups = validate.groups_needed()
    started = process_time()
    evaluate(families=families, years=years, seed=SEED, groups=groups)
    alone = process_time() - started
    started = process_time()
    seen = observe_run(families=families, years=years, seed=SEED, groups=groups)
    watched = process_time() - started
    started = process_time()
    validate.validate([seen])
    return Round(alone, watched - alone, process_time() - started)


if __name__ == "__main__":
    sys.exit(main())

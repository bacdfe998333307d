"""Does a fit find what is true? Runs of the model itself are held back, and taken for the truth.

`make recovery ARGS="fit"` reads the runs of a calibration that fill its priors; none is lived. The
rest teaches the stand-in. The figures of a truth are what its run showed, each with an error of its
own. Prints how often intervals hold the truth, and the same for a likelihood without the luck of a
run, whose intervals have to hold too little.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import kstest

from calibration.fitting.asked import held_to
from calibration.fitting.chain import sample
from calibration.fitting.emulator import emulators
from calibration.fitting.held import reaches
from calibration.fitting.kept import PLAN, Folder, matrix
from calibration.fitting.likelihood import Likelihood
from calibration.fitting.plan import CENTRE
from calibration.fitting.unknowns import unknowns
from calibration.targets.reader import load_targets, targets_in

SHARES = np.array([0.5, 0.8, 0.95])
TRUTHS = 100


def main() -> None:
    """Hold runs of a calibration back, find them again, and print how often intervals hold them."""
    parser = argparse.ArgumentParser(description="Does a fit find what is true?")
    parser.add_argument("fit", type=Path, help="the folder of a calibration")
    parser.add_argument("--targets", type=Path, help="its targets, if they were a file")
    parser.add_argument("--truths", type=int, default=TRUTHS)
    options = parser.parse_args()
    plan = json.loads((options.fit / PLAN).read_text("utf-8"))
    there = targets_in(options.targets) if options.targets else list(load_targets().values())
    held = held_to([one for one in there if one.id in plan["targets"] and one.use == "fit"])
    folder, numbers = Folder(options.fit), unknowns(plan["parameters"])
    z = folder.places(0)
    if z is None:
        parser.error(f"{options.fit} has no runs yet")
    shown = held.scaled(matrix(folder.runs(0), len(z), held.names))
    near = np.array([one.verdict == "in reach" for one in reaches(held, shown[CENTRE:])])
    near &= held.is_number
    held, shown = held.of(near), shown[:, near]
    is_whole = ~np.isnan(shown).any(axis=1)
    truths = np.flatnonzero(is_whole & (np.arange(len(z)) >= CENTRE))[-options.truths :]
    taught = np.setdiff1d(np.arange(len(z)), truths)
    stand_in = emulators(numbers, z[taught], shown[taught], taught >= CENTRE)
    luck = np.nanvar(shown[:CENTRE], axis=0, ddof=1)
    errors = np.sqrt(held.variance(np.zeros((1, len(held.names)), int)))[0]
    print(f"{len(truths)} truths, {len(held.names)} figures, {len(numbers.rows)} numbers")
    for name, unsure in (
        ("with the luck of a run", stand_in.of_a_run()),
        ("without it", np.diag(stand_in.of_the_mean(luck))),
    ):
        chance, found = np.random.default_rng(plan["seed"]), []
        for truth in truths:
            seen = shown[truth] + errors * chance.normal(size=len(errors))
            told = Likelihood(replace(held, low=seen, high=seen), stand_in, unsure)
            chain = sample(told, len(numbers.rows), int(truth)).flat
            found.append((chain < z[truth]).mean(axis=0))
        ranks = np.array(found)
        covered = [(np.abs(ranks - 0.5) <= share / 2).mean() for share in SHARES]
        told_of = ", ".join(
            f"{share:.0%}: {held_by:.3f} ± {2 * np.sqrt(share * (1 - share) / len(truths)):.3f}"
            for share, held_by in zip(SHARES, covered, strict=True)
        )
        print(f"{name}: {told_of}; uniform ranks p = {kstest(ranks.ravel(), 'uniform').pvalue:.3f}")


if __name__ == "__main__":
    main()

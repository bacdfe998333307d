"""Calibrate the model and ship what comes of it: `make calibration` (an hour on two cores).

    python -m calibration.posterior fit       the calibration, and again with other luck
    python -m calibration.posterior ship      its draws, and its centre in the ledger
    python -m calibration.posterior recover   how often intervals hold runs that were held back
    python -m calibration.posterior effects   what policies do at the centre and over draws

Each goes on where it was stopped. Between `ship` and `effects` comes `make past`, since the start
hangs on the ledger.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from calibration.fitting.asked import planned
from calibration.fitting.calibrate import DRAWS_FILE, calibrate
from calibration.fitting.found import Number, Result
from calibration.fitting.kept import RESULT, Folder
from calibration.fitting.unknowns import unknowns
from calibration.fitting.world import Model
from calibration.levels.writing import write
from calibration.posterior.recovery import recovered
from calibration.posterior.shipped import Moved, Shipped, keep, load_shipped, result_of
from calibration.targets.reader import load_targets
from model.errors import InputError, VeerkrachtError
from model.policy.scenario import ParameterChange
from model.registry import BY_PARAMETER
from scenarios import load
from scenarios.runs.parameter_samples import POSTERIOR, Asked
from scenarios.runs.run import run_pairs
from scenarios.statistics.answer import Answer
from scenarios.statistics.answers import answers

FOLDER = Path(__file__).parents[2] / "build" / "calibration"
SEEDS = (1, 2)
FAMILIES, YEARS, FIRST, LATER, WAVES = 2000, 10, 400, 130, 4
"""Sizes of the calibration: those that `veerkracht calibrate` has when nobody says otherwise."""

FITTED = "by calibrate: all fit targets"
"""How a value was fitted: as the middle of the posterior (`docs/calibration.md`)."""

BASE = "s01_reference"
POLICIES = ("s05_flex_law", "s13_school_entry", "s15_preschool", "s19_housing", "s21_all")
OUTCOMES = ("vsv_vo_expected", "vsv_mbo_expected")
WIDTHS = 3.29
"""Standard deviations of a normal between its 5% and 95% points."""
CLOSE = 0.1
"""Posterior deviations from the middle within which a value of the ledger stays: two chains of one
posterior differ by as much, and every number of every run would be another."""
EFFECT_FAMILIES, EFFECT_YEARS, DRAWS, SEED = 4000, 15, 40, 1


def fit() -> None:
    """Calibrate twice, with other luck."""
    targets = list(load_targets().values())
    for seed in SEEDS:
        sizes: dict[str, Any] = {"families": FAMILIES, "years": YEARS, "seed": seed}
        sizes |= {"first": FIRST, "later": LATER, "waves": WAVES, "restricted": False}
        chosen = unknowns()
        plan = planned(chosen, targets, **sizes)
        world = Model(targets=targets, families=FAMILIES, years=YEARS)
        calibrate(targets, chosen, plan, FOLDER / f"seed_{seed}", world)


def ship() -> None:
    """Ship the draws of the first calibration, and write its centre into the ledger.

    A value that is CLOSE to it stays.
    """
    told = _told(FOLDER / f"seed_{SEEDS[0]}")
    first = result_of(told)
    keep(
        Shipped(
            plan=told["plan"], result=first, seeds_differ=_seeds_differ(first), draws=0, effects=()
        )
    )
    shutil.copyfile(FOLDER / f"seed_{SEEDS[0]}" / DRAWS_FILE, POSTERIOR)
    off = [one for one in first.found.numbers if off_middle(one) > CLOSE]
    if off:
        values = {one.name: BY_PARAMETER[one.name].value for one in first.found.numbers}
        (FOLDER / "before.json").write_text(json.dumps(values))
        write({BY_PARAMETER[one.name].field: float(f"{one.middle:.3g}") for one in off}, FITTED)


def recover() -> None:
    """Hold runs of the first calibration back, find them again, and keep how often.

    Raises InputError where its folder holds another calibration than the shipped one.
    """
    shipped = load_shipped()
    fit = Folder(FOLDER / f"seed_{SEEDS[0]}")
    if not (fit.path / RESULT).exists() or _told(fit.path)["plan"] != shipped.plan:
        raise InputError(
            f"{fit.path} does not hold the calibration that is shipped. Run `python -m"
            " calibration.posterior fit` and `ship` first."
        )
    asked = set(shipped.plan["targets"])
    targets = [one for one in load_targets().values() if one.id in asked and one.use == "fit"]
    keep(replace(shipped, recovered=recovered(fit, shipped.plan, targets)))


def effects() -> None:
    """Live what policies do: at the ledger's values, over both kinds of draws, and as it was."""
    shipped = load_shipped()
    before: dict[str, float] = json.loads((FOLDER / "before.json").read_text("utf-8"))
    by_posterior, by_prior = (_answers(draws) for draws in ("posterior", "prior"))
    was = _answers("none", before)
    moved = tuple(
        Moved(
            scenario=one.alternative,
            outcome=one.outcome,
            value=one.value,
            low=one.low,
            high=one.high,
            before=was[key].value,
            **_left_open("posterior", one),
            **_left_open("prior", by_prior[key]),
        )
        for key, one in by_posterior.items()
    )
    differ = _seeds_differ(shipped.result)
    keep(replace(shipped, seeds_differ=differ, draws=DRAWS, effects=moved))


def off_middle(number: Number) -> float:
    """Return by how many posterior deviations the ledger's value lies off the middle."""
    deviation = (number.high - number.low) / WIDTHS
    return abs(BY_PARAMETER[number.name].value - number.middle) / deviation


def _told(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / RESULT).read_text("utf-8"))
    return told


def _seeds_differ(first: Result) -> tuple[float, float] | None:
    """Return by how many posterior deviations the middles of the two calibrations differ.

    At most, and as the root of the mean square over all numbers; None without the second.
    """
    folder = FOLDER / f"seed_{SEEDS[1]}"
    if not (folder / RESULT).exists():
        return None
    other = {one.name: one for one in result_of(_told(folder)).found.numbers}
    apart = np.array(
        [
            (one.middle - other[one.name].middle) / ((one.high - one.low) / WIDTHS)
            for one in first.found.numbers
        ]
    )
    return float(np.abs(apart).max()), float(np.sqrt((apart**2).mean()))


def _answers(
    draws: Asked, parameters: Mapping[str, float] | None = None
) -> dict[tuple[str, str], Answer]:
    """Return what each policy does to leaving school, by scenario and outcome."""
    chosen = [load(name) for name in (BASE, *POLICIES)]
    if parameters is not None:
        other = tuple(ParameterChange(parameter=name, value=at) for name, at in parameters.items())
        chosen = [replace(one, parameters=(*one.parameters, *other)) for one in chosen]
    run = run_pairs(
        chosen,
        replicates=range(DRAWS),
        families=EFFECT_FAMILIES,
        years=EFFECT_YEARS,
        seed=SEED,
        draws=draws,
        out=FOLDER / f"effects_{draws if parameters is None else 'before'}",
    )
    found = answers(run, outcome=OUTCOMES, base=BASE, population="eu11")
    return {(one.alternative, one.outcome): one for one in found}


def _left_open(kind: str, answer: Answer) -> dict[str, float]:
    """Return the range and the agreement that draws give an effect, named for their kind."""
    left = answer.not_knowing
    if left is None:
        message = f"the runs with draws from the {kind} say nothing of {answer.alternative}"
        raise ValueError(message)
    return {
        f"{kind}_low": left.low,
        f"{kind}_high": left.high,
        f"{kind}_agree": left.p_sign,
    }


def main() -> None:
    """Do what the command line asks for."""
    steps = {"fit": fit, "ship": ship, "recover": recover, "effects": effects}
    parser = argparse.ArgumentParser(description="The posterior that comes with the program.")
    parser.add_argument("step", choices=steps)
    try:
        steps[parser.parse_args().step]()
    except VeerkrachtError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()

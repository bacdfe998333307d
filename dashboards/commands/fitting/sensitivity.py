"""What figures and policy effects hang on, in the terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from calibration.exploring.policies import Policies, effects_of, policies, units
from calibration.exploring.sensitivity import FOUND, LEAST, TOP, Sensitivity, Study
from calibration.exploring.sensitivity import sensitivity as studied
from calibration.fitting.chain import needed
from calibration.fitting.world import Model
from calibration.priors.bounds import bounds
from calibration.targets.digest import digest_of
from calibration.targets.reader import load_targets, targets_in
from dashboards.commands.lists import table
from dashboards.commands.run import progress
from dashboards.commands.terminal import Terminal
from model.registry import BY_PARAMETER
from scenarios.format.records import made_by

SHOWN = 15
"""Numbers that are printed of a list."""

LEAST_TOLD = 0.1
"""Share of what differs between runs that numbers must explain before it is split over them."""

BEHIND = 3
"""Numbers that are named behind one figure or effect."""


def sensitivity(options: argparse.Namespace) -> int:
    """Move every number, print what hangs on it, and leave all of it in a folder."""
    needed("SALib.sample.morris")
    console = Terminal()
    targets = (
        targets_in(Path(options.targets).expanduser())
        if options.targets
        else list(load_targets().values())
    )
    scenarios = policies((options.base, *options.scenarios), years=options.years)
    effects = effects_of(scenarios, options.outcome or options.outcomes)
    study = Study(
        parameters=tuple(str(name) for name in bounds(*(options.parameters or ())).index),
        targets=tuple(target.id for target in targets),
        effects=tuple(effect.name for effect in effects),
        base=options.base,
        digests=digest_of(targets),
        made_by=made_by(),
        families=options.families,
        years=options.years,
        seed=options.seed,
        trajectories=options.trajectories,
        runs=options.runs,
        most=options.most,
    )
    measured = units(targets, effects)
    with progress(options) as report:
        world = Policies(
            model=Model(
                targets=targets,
                families=options.families,
                years=options.years,
                workers=options.workers,
                cluster=options.cluster,
                progress=report,
            ),
            scenarios=scenarios,
            effects=effects,
        )
        found = studied(study, Path(options.out).expanduser(), world, measured)
    for title, names, unit in (
        ("What figures hang on", study.targets, "total errors"),
        ("What policy effects hang on", study.effects, "differences that matter"),
    ):
        _print_ranked(console, title, found, names, measured, unit)
    _print_shares(console, found)
    for line in (*_told(found, measured), f"All of it: {Path(options.out) / FOUND}"):
        console.print(line, soft_wrap=True)
    return 0


def _print_ranked(
    console: Terminal,
    title: str,
    found: Sensitivity,
    names: Sequence[str],
    measured: Mapping[str, float],
    unit: str,
) -> None:
    ranked = found.ranked(names, measured)
    made = table(
        f"{title}, the largest first", "number", "5% to 95%", "moves most", f"by, in {unit}"
    )
    for number, name, size in ranked[:SHOWN]:
        place = found.study.parameters.index(number), found.study.shown.index(name)
        low, high = (
            float(end[place]) / measured[name] for end in (found.moved.low, found.moved.high)
        )
        ends = BY_PARAMETER[number].likely
        made.add_row(
            number,
            f"{ends[0]:.4g} to {ends[1]:.4g}",
            name,
            f"{size:.2g} ({low:.2g} to {high:.2g})",
        )
    console.print(made)
    if len(ranked) > SHOWN:
        console.print(f"and {len(ranked) - SHOWN} more that move something by {LEAST:g} or more.")
    if not ranked:
        console.print("None is told apart from luck: take more --families or --trajectories.")


def _print_shares(console: Terminal, found: Sensitivity) -> None:
    split = found.shares
    if split is None:
        return
    made = table(
        "Behind each: shares of what is not known, with 90% intervals",
        "figure or effect",
        "told",
        "numbers behind it",
    )
    for j, name in enumerate(found.study.shown):
        if not split.told[j] >= LEAST_TOLD:
            continue
        order = np.argsort(-split.total[:, j], kind="stable")[:BEHIND]
        behind = ", ".join(
            f"{found.chosen[k]} {split.total[k, j]:.0%}"
            f" ({split.low[k, j]:.0%} to {split.high[k, j]:.0%})"
            for k in order
            if split.total[k, j] > 0.0
        )
        made.add_row(name, f"{split.told[j]:.0%}", behind)
    console.print(made)
    rest = int((split.told < LEAST_TOLD).sum())
    if rest:
        console.print(
            f"Of {rest} others the numbers tell less than {LEAST_TOLD:.0%}; the rest is luck.",
            soft_wrap=True,
        )


def _told(found: Sensitivity, measured: Mapping[str, float]) -> Iterator[str]:
    """Say how much of it may be believed."""
    study = found.study
    numbers, n = len(study.parameters), len(found.ranked(study.shown, measured))
    yield (
        f"Over the range of their priors {n} of {numbers} numbers move a figure or an effect by"
        f" {LEAST:g} or more, and by more than luck as far as {study.trajectories} trajectories"
        f" tell; {numbers - n} do not. Where few leave school, luck passes for more: a place in the"
        " list is safe where both halves agree on it."
    )
    if found.failed:
        yield f"{found.failed} runs failed and were left out."
    if study.trajectories > 1:
        told = found.alike[~np.isnan(found.alike)]
        common = found.common[~np.isnan(found.common)]
        if len(told):
            yield (
                f"Two halves of the trajectories, with other luck, rank the numbers with a"
                f" correlation of {np.median(told):.2f} (middle of all that is shown), and share"
                f" {np.median(common):.0%} of the largest {min(TOP, numbers)}."
            )
    else:
        yield "One trajectory says nothing of chance: give --trajectories 4 or more."
    if found.shares is not None:
        alike = found.shares.alike[~np.isnan(found.shares.alike)]
        if len(alike):
            yield (
                f"Shares by two halves of the {study.runs} runs agree with a correlation of"
                f" {np.median(alike):.2f}. 'Told' is how much of what differs between runs the"
                f" {len(found.chosen)} numbers explain; the rest is luck, and what the stand-in"
                " misses."
            )

"""Fitting numbers of the world to figures, in the terminal: what can be learned, then the fit."""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from calibration.fitting import calibrate as fitting
from calibration.fitting.asked import planned
from calibration.fitting.calibrate import DRAWS_FILE
from calibration.fitting.chain import LENGTHS
from calibration.fitting.found import PINNED, Figure, Number, Result
from calibration.fitting.kept import RESULT
from calibration.fitting.unknowns import USUAL, unknowns
from calibration.fitting.waves import Fit
from calibration.fitting.world import Model
from calibration.targets.reader import load_targets, targets_in
from calibration.targets.target import WITHIN, Target
from dashboards.commands.lists import table
from dashboards.commands.run import progress
from dashboards.commands.terminal import Terminal
from dashboards.figures.alone.checks import Check, checks
from dashboards.figures.alone.page import page
from model.disk.whole import write_whole

HELD_OUT = 0.8
"""Share of the figures kept for checking that has to lie within WITHIN total errors."""

WHOLE = 1000.0
"""From here on a number is told without decimals."""

CHECKS = "checks.html"

AGREE = 0.2
"""Deviations by which two chains of the same posterior may differ."""


def calibrate(options: argparse.Namespace) -> int:
    """Fit, print what came out with what does not fit first, and leave draws to run with."""
    console = Terminal()
    result, targets = _run(options, console, fitting.calibrate)
    _print_figures(
        console, "Fitted figures, what does not fit first", result.found.figures, targets
    )
    _print_figures(console, "Figures kept for checking", result.checks, targets)
    _print_numbers(console, result)
    drawn = _drawn(result, targets)
    write_whole(
        Path(options.out).expanduser() / CHECKS,
        page(drawn, language="en", title="Figures and the model").encode(),
    )
    for line in (*_pinned(result), *_ends(result), *_where(options.out)):
        console.print(line, soft_wrap=True)
    return 0


def identify(options: argparse.Namespace) -> int:
    """Live the first wave alone, and print what the targets could pin down and what they cannot."""
    console = Terminal()
    result, targets = _run(options, console, fitting.identify)
    _print_figures(
        console, "What the figures ask, out of reach first", result.found.figures, targets
    )
    _print_numbers(console, result)
    for line in _pinned(result):
        console.print(line, soft_wrap=True)
    console.print(
        f"`veerkracht calibrate --out {options.out}`, with the same options, goes on from here.",
        soft_wrap=True,
    )
    return 0


def _run(
    options: argparse.Namespace, console: Terminal, what: Callable[..., Result]
) -> tuple[Result, dict[str, Target]]:
    if options.targets:
        targets = targets_in(Path(options.targets).expanduser())
    else:
        targets = list(load_targets().values())
    chosen = unknowns(options.parameters or USUAL)
    plan = planned(
        chosen,
        targets,
        families=options.families,
        years=options.years,
        seed=options.seed,
        first=options.first,
        later=options.later,
        waves=options.waves,
        restricted=options.restricted,
    )
    began = time.monotonic()
    with progress(options) as report:
        world = Model(
            targets=targets,
            families=options.families,
            years=options.years,
            workers=options.workers,
            cluster=options.cluster,
            progress=report,
        )
        out = Path(options.out).expanduser()

        def say(fit: Fit) -> None:
            for line in _wave(fit, time.monotonic() - began):
                console.print(line, soft_wrap=True)

        return what(targets, chosen, plan, out, world, say=say), {one.id: one for one in targets}


def _wave(fit: Fit, seconds: float) -> Iterator[str]:
    """Say what a wave showed, and what moved."""
    wave = fit.waves[-1]
    failed = f", {wave.failed} failed" if wave.failed else ""
    forms = ", ".join(f"{n} by {form}" for form, n in wave.forms.items())
    yield f"Wave {wave.number}: {wave.runs} runs{failed}, {seconds / 60:.1f} minutes. {forms}."
    if wave.number == 0:
        out = [
            f"{name} ({reach.verdict})"
            for name, reach in zip(fit.names, fit.reach, strict=True)
            if reach.verdict != "in reach"
        ]
        if out:
            yield f"    Not fitted, as no run comes near or too few show it: {', '.join(out)}."
    if wave.fresh and wave.moved is not None and wave.narrowed is not None:
        yield (
            f"    New runs lie {_signed(wave.fresh[0], 2)} off what was expected, with a spread of"
            f" {wave.fresh[1]:.2f} (1 is honest); the posterior moved by {wave.moved:.2f}"
            f" deviations at most, and its width by a factor {math.exp(wave.narrowed):.2f}."
        )


def _print_figures(
    console: Terminal, title: str, figures: Sequence[Figure], targets: dict[str, Target]
) -> None:
    made = table(title, "target", "figure", "model", "5% to 95%", "errors", "")
    for one in sorted(figures, key=_badness, reverse=True):
        shown = "" if one.model is None else _told(one.model)
        span = ""
        if one.low is not None and one.high is not None:
            span = f"{_told(one.low)} to {_told(one.high)}"
        away = "" if one.distance is None else _signed(one.distance, 1)
        verdict = "" if one.verdict in {"in reach", "check"} else one.verdict
        made.add_row(one.target, _figure(targets[one.target]), shown, span, away, verdict)
    console.print(made)


def _drawn(result: Result, targets: dict[str, Target]) -> dict[str, Any]:
    """Return every figure with where the model lies to it, what does not fit first."""
    both = [(one, True) for one in result.found.figures] + [(one, False) for one in result.checks]
    shown = [
        Check(
            name=one.target,
            is_fitted=is_fitted and one.verdict == "in reach",
            low=targets[one.target].distance(one.low),
            middle=targets[one.target].distance(one.model),
            high=targets[one.target].distance(one.high),
        )
        for one, is_fitted in sorted(both, key=lambda both: _badness(both[0]), reverse=True)
        if one.model is not None and one.low is not None and one.high is not None
    ]
    return checks(
        shown,
        title="The model beside the figures, what does not fit first",
        across="total errors from the figure; dots and 90% of the model",
        fitted="fitted",
        kept="kept for checking, or out of reach",
        within=WITHIN,
    )


def _badness(one: Figure) -> tuple[int, float]:
    return int(one.verdict == "out of reach"), abs(one.distance or 0.0)


def _figure(target: Target) -> str:
    low, high = target.bounds
    if math.isinf(low) or math.isinf(high):
        return f"at most {_told(high)}" if math.isinf(low) else f"at least {_told(low)}"
    return _told(low) if low == high else f"{_told(low)} to {_told(high)}"


def _told(value: float) -> str:
    """Return a number as it is read: four digits, and whole thousands in full."""
    return f"{value:,.0f}" if abs(value) >= WHOLE else f"{value:.4g}"


def _signed(value: float, digits: int) -> str:
    """Return a number with its sign; what rounds to nothing has none of minus."""
    return f"{round(value, digits) + 0.0:+.{digits}f}"


def _print_numbers(console: Terminal, result: Result) -> None:
    made = table("Fitted numbers, best known first", "number", "prior", "now", "width left", "")
    for one in sorted(result.found.numbers, key=lambda one: one.left):
        made.add_row(
            one.name,
            f"{one.prior[1]:.4g} ({one.prior[0]:.4g} to {one.prior[2]:.4g})",
            f"{one.middle:.4g} ({one.low:.4g} to {one.high:.4g})",
            _left(one, result),
            "assumption" if one.is_assumption else "",
        )
    console.print(made)


def _left(one: Number, result: Result) -> str:
    """Return the width left, and that under the other discrepancies and priors that were tried."""
    if not result.variants:
        return f"{one.left:.2f}"
    without, _, twice, halved = (told[one.name]["left"] for told in result.variants.values())
    return (
        f"{one.left:.2f} (without discrepancies {without:.2f}, twice {twice:.2f}; priors halved"
        f" {halved:.2f})"
    )


def _pinned(result: Result) -> Iterator[str]:
    """Say which directions the figures pin down."""
    found = result.found
    yield (
        f"Of {len(found.directions)} directions the figures pin down {found.pinned}: less than"
        f" {PINNED:g} of the prior's width is left."
    )
    for one in found.directions[: found.pinned]:
        loads = ", ".join(f"{_signed(weight, 2)} {name}" for name, weight in one.loads)
        yield f"    {one.left:.2f}: {loads}"
    yield (
        "What is marked as an assumption is hardly better known than before: no figure speaks of"
        " it. All parameters that were not fitted are assumptions in the same way."
    )


def _ends(result: Result) -> Iterator[str]:
    """Say how well it fits, how much may be believed, and what was not met."""
    last = result.waves[-1]
    yield f"Mean square distance of the fitted figures: {result.found.chi2:.2f} (1.3 is the aim)."
    seen = [one for one in result.checks if one.distance is not None]
    if seen:
        near = sum(abs(one.distance or 0.0) <= WITHIN for one in seen)
        aim = "" if near >= HELD_OUT * len(seen) else f"; the aim of {HELD_OUT:.0%} is missed"
        yield f"Of {len(seen)} figures kept apart {near} lie within {WITHIN:g} total errors{aim}."
    if not last.is_last:
        yield (
            "The posterior did not stand still within the waves that were asked: take more --waves"
            " or --later runs in a new folder before the numbers are used."
        )
    if last.lengths < LENGTHS:
        yield f"The chain is short: {last.lengths:.0f} autocorrelation times of {LENGTHS:g}."
    if result.agreement is not None and result.agreement > AGREE:
        yield f"Two chains differ by {result.agreement:.2f} deviations: more than {AGREE:g}."
    if result.restricted:
        yield "Restricted: made of figures that may not be shown cell by cell."


def _where(out: str) -> Iterator[str]:
    path = Path(out).expanduser()
    yield f"Saved in {path}: {RESULT}, {DRAWS_FILE} and {fitting.CHAINS} (for ArviZ)."
    yield f"Drawn: {path / CHECKS}"
    yield f"Use it: veerkracht compare BASE OTHER --replicates 40 --draws {path / DRAWS_FILE}"

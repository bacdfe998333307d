"""Where a policy fails to help: in words, as a figure, and beside other policies."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from calibration.exploring.explore import (
    ALIKE,
    DRAWN,
    FOUND,
    REPLICATES,
    Explored,
    Question,
)
from calibration.exploring.explore import explore as explored
from calibration.exploring.policies import Policies, effects_of, policies
from calibration.exploring.prim import SHUFFLES
from calibration.exploring.robust import SHIPPED, SWITCHES
from calibration.fitting.world import Model
from calibration.priors.meanings import meanings
from dashboards.commands.fitting.drawn import asked, unpinned
from dashboards.commands.lists import table
from dashboards.commands.run import progress
from dashboards.commands.terminal import Terminal
from dashboards.figures.alone.boxes import Words, boxes
from dashboards.figures.alone.page import page
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import differences, limit, unit_apart
from model.disk.whole import write_whole
from model.errors import InputError
from model.outcomes.registry import BY_OUTCOME, full_name
from model.registry import BY_PARAMETER
from scenarios import load
from scenarios import names as shipped_names
from scenarios.format.records import made_by
from scenarios.runs.parameter_samples import source, values

FIGURE = "explore.html"

WANTED = {"less": -1, "more": 1}

LESS = "vsv_"
"""Outcomes that begin so are of leaving school early: less helps, whoever asks."""

SHOWN = 5
"""Scenarios of an order that are named."""


def explore(options: argparse.Namespace) -> int:
    """Draw worlds, and print where the alternative fails to help and how the others stand."""
    console, t = Terminal(), texts("en")
    outcome = full_name(options.outcome)
    wanted = _wanted(options, outcome)
    draws = asked(options.draws)
    pair = policies((options.base, options.alternative), years=options.years)
    base, alternative = (one.id for one in pair)
    all_of_them = policies((options.base, *_others(base, options.alternative)), years=options.years)
    question = Question(
        base=base,
        alternative=alternative,
        outcome=outcome,
        wanted=wanted,
        least=_least(options, outcome),
        numbers=unpinned(draws),
        scenarios=tuple(one.id for one in all_of_them[1:]),
        source=source(draws),
        made_by=made_by(),
        pairs=options.pairs,
        families=options.families,
        years=options.years,
        seed=options.seed,
    )
    with progress(options) as report:
        model = Model(
            targets=(),
            families=options.families,
            years=options.years,
            workers=options.workers,
            cluster=options.cluster,
            progress=report,
        )
        pairs, every = (
            Policies(model=model, scenarios=some, effects=effects_of(some, [outcome]))
            for some in (pair, all_of_them)
        )
        out = Path(options.out).expanduser()
        found = explored(question, out, pairs, every, values(draws, options.seed))
    for line in _told(found, t):
        console.print(line, soft_wrap=True)
    _print_orders(console, found, t)
    _print_robust(console, found, t)
    drawn = _figure(found, t)
    told = page(drawn, language="en", title="Where a policy fails to help")
    write_whole(out / FIGURE, told.encode())
    console.print(f"The figure: {out / FIGURE}. All of it: {out / FOUND}", soft_wrap=True)
    return 0


def _wanted(options: argparse.Namespace, outcome: str) -> int:
    """Return 1 where more of an outcome helps, -1 where less does. Raises InputError."""
    if options.wanted is None and not outcome.startswith(LESS):
        raise InputError(
            f"whether more or less of {outcome} helps is for you to say: give --wanted more or"
            " --wanted less."
        )
    return WANTED[options.wanted or "less"]


def _least(options: argparse.Namespace, outcome: str) -> float:
    """Return the least effect that helps, in the stored unit. Raises InputError."""
    measure = BY_OUTCOME[outcome].measure
    if options.least is None:
        return BY_OUTCOME[outcome].smallest.value
    if not (math.isfinite(options.least) and options.least >= 0.0):
        raise InputError(f"--least {options.least:g} is not possible: give 0 or more.")
    return float(options.least / measure.scale)


def _others(base: str, alternative: str) -> list[str]:
    """Return the scenarios that are held against each other: shipped ones, and the one asked."""
    shipped = [
        name
        for name, one in ((name, load(name)) for name in shipped_names())
        if one.compare_with == base and one.recommendations
    ]
    return shipped if alternative in shipped else [alternative, *shipped]


def _told(found: Explored, t: Texts) -> Iterator[str]:
    """Say where the alternative fails, in words."""
    question = found.question
    n, cases = len(found.effects), int(found.fails.sum())
    way = "lowers" if question.wanted < 0 else "raises"
    yield (
        f"{question.alternative} helps where it {way} {question.outcome} by"
        f" {limit(question.outcome, question.least, t)} or more, for EU-11 children and families,"
        f" against {question.base}."
    )
    yield (
        f"Of {n} worlds that the evidence allows it fails to help in {cases} ({cases / n:.0%})."
        f" At the ledger's values luck alone makes {found.by_luck:.0%} of {ALIKE} pairs of"
        f" {question.families:,} families fail."
    )
    if found.failed:
        yield f"{found.failed} runs failed and were left out."
    if found.box is None:
        yield (
            "It fails everywhere, so no assumption tells where."
            if cases
            else "It fails nowhere, so there is nothing to describe."
        )
        return
    box = found.box.box
    shuffled = (
        f"With the labels dealt anew {SHUFFLES} times the best box has a density of"
        f" {np.median(found.box.shuffled_density):.0%} and a coverage of"
        f" {np.median(found.box.shuffled_coverage):.0%} (middle of all), and does as well as this"
        f" one in {found.box.chance:.0%} of them, this one counted."
    )
    if not found.is_found:
        yield "No box of assumptions tells where it fails better than luck would."
        yield shuffled
        return
    inside = int(box.inside.sum())
    yield "It fails most where"
    for name, (low, high) in box.limits.items():
        yield f"    {name} {_between(low, high)} (prior {_prior(name)}): {meanings()[name]}"
    yield (
        f"There it fails in {int(found.fails[box.inside].sum())} of {inside} worlds (density"
        f" {box.density:.0%}, against {cases / n:.0%} of all); {box.coverage:.0%} of all cases lie"
        " there (coverage)."
    )
    yield shuffled
    yield (
        "These numbers are assumptions: no figure that the model is held to pins them down. Whoever"
        " measures them learns whether the policy helps."
    )


def _between(low: float, high: float) -> str:
    if math.isinf(low):
        return f"is at most {high:.4g}"
    return (
        f"is at least {low:.4g}" if math.isinf(high) else f"lies between {low:.4g} and {high:.4g}"
    )


def _prior(name: str) -> str:
    low, high = BY_PARAMETER[name].likely
    return f"{low:.4g} to {high:.4g}"


def _print_orders(console: Terminal, found: Explored, t: Texts) -> None:
    outcome = found.question.outcome
    made = table(
        f"The order of {len(found.question.scenarios)} scenarios, the most helpful first, in"
        f" {unit_apart(outcome, t)}, under each form of the world",
        "form",
        f"first {SHOWN}",
        "order as shipped",
    )
    for one in found.orders:
        names = one.order[:SHOWN]
        effects = differences(outcome, t, *(one.effects[name] for name in names))
        first = ", ".join(f"{name} {told}" for name, told in zip(names, effects, strict=True))
        alike = "" if one.form == SHIPPED else f"{one.alike:.2f}"
        made.add_row(one.form, first, alike)
    console.print(made)
    turned = [f"{a} and {b} ({one.form})" for one in found.orders for a, b in one.reversed]
    console.print(
        f"'Order as shipped' is the rank correlation with it, over {REPLICATES} replicates. "
        + (
            f"Pairs that change places by more than luck: {'; '.join(turned)}."
            if turned
            else f"No pair changes places by more than luck under any of the {len(SWITCHES) - 1}"
            " other forms."
        ),
        soft_wrap=True,
    )


def _print_robust(console: Terminal, found: Explored, t: Texts) -> None:
    outcome = found.question.outcome
    if not found.robust:
        console.print("No drawn world was lived under all scenarios.")
        return
    made = table(
        f"Over {DRAWN} drawn worlds, the least regret first, in {unit_apart(outcome, t)}",
        "scenario",
        "middle",
        "helps in",
        "best in",
        "regret",
    )
    n = len(found.robust)
    told = differences(
        outcome, t, *(x.middle for x in found.robust), *(x.regret for x in found.robust)
    )
    for one, middle, regret in zip(found.robust, told[:n], told[n:], strict=True):
        made.add_row(
            one.scenario, middle, f"{one.helps:.0%}", f"{one.best:.0%}", regret.lstrip("+")
        )
    console.print(made)
    console.print(
        "'Regret' is how much more the best scenario of a world would have helped; in nine of ten"
        " worlds it is not more. One pair of runs a world: luck is in it.",
        soft_wrap=True,
    )


def _figure(found: Explored, t: Texts) -> dict[str, object]:
    question = found.question
    box = None if found.box is None else found.box.box
    limits = box.limits if box is not None and found.is_found else {}
    shown = list(limits) or _closest(found)
    scale = BY_OUTCOME[question.outcome].measure.scale
    places = {name: found.drawn[:, question.numbers.index(name)] for name in shown}
    least = question.wanted * question.least
    words = Words(
        title=f"{question.alternative} against {question.base}: {question.outcome}",
        effect=f"difference, {unit_apart(question.outcome, t)}",
        helps="helps",
        fails="fails to help",
        inside="where it fails most" if len(limits) < 2 else "where it fails most, all together",  # noqa: PLR2004
    )
    return boxes(places, scale * found.effects, found.fails, limits, scale * least, words)


def _closest(found: Explored) -> list[str]:
    """Return the three numbers whose values go with the effect most, where no box was found."""
    ranks = found.drawn.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    effect = found.effects.argsort(kind="stable").argsort(kind="stable")
    apart = ranks - ranks.mean(axis=0)
    moved = np.abs(apart.T @ (effect - effect.mean()))
    return [found.question.numbers[k] for k in np.argsort(-moved, kind="stable")[:3]]

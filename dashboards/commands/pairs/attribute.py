"""Where a difference comes from, in the terminal."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass

from rich.table import Table

from dashboards.commands.comparing.naming import label, titles_of
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import families_of, progress
from dashboards.commands.terminal import Terminal
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import certainty, interval, span, unit_apart
from model.calendar import MONTHS_PER_YEAR
from model.errors import InputError
from model.kernel.compile import code_digest
from model.outcomes.registry import full_name
from model.policy.channels import BY_CHANNEL
from model.policy.record import from_record
from model.policy.scenario import Scenario
from scenarios import load
from scenarios.pairs.attribution import Attribution, keep_attribution
from scenarios.pairs.attribution import attribute as split
from scenarios.runs.run import Ensemble, open_run

FAMILIES, YEARS, SEED, REPLICATES = "1000", 15, 1, 20
"""What is lived when nothing else is asked."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an attribution is worked out with: as typed, or as the run has it that it explains."""

    base: Scenario
    alternative: Scenario
    families: int | None
    years: int
    seed: int
    replicates: int


def attribute(options: argparse.Namespace) -> int:
    """Print how much of a difference each channel carries, and keep it where asked."""
    t = texts(options.language)
    asked = _of_run(open_run(options.run), options) if options.run else _typed(options, t)
    with progress(options) as report:
        months = 2 * asked.years * MONTHS_PER_YEAR

        def pairs(done: int, whole: int) -> None:
            if report is not None:
                report(done * months, whole * months)

        found = split(
            asked.base,
            asked.alternative,
            tuple(full_name(name) for name in options.outcome or ["vsv_mbo"]),
            channels=tuple(options.channel or BY_CHANNEL),
            population=options.population,
            families=asked.families,
            years=asked.years,
            rng=asked.seed,
            replicates=asked.replicates,
            method="exact" if options.exact else "orders",
            workers=options.workers,
            progress=pairs,
        )
    console = Terminal()
    names = titles_of((asked.base, asked.alternative), t)
    for outcome in found.outcomes:
        console.print(_parts(found, outcome, names, t))
    console.print(t("pairs.attribute.explained"))
    console.print(t("terminal.no_forecast"))
    if options.run:
        for path in keep_attribution(found, options.run):
            console.print(t("pairs.attribute.kept", path=str(path)), soft_wrap=True)
    return 0


def _typed(options: argparse.Namespace, t: Texts) -> Asked:
    years = YEARS if options.years is None else options.years
    base, alternative = loaded([options.base, options.alternative], years, t)
    return Asked(
        base=base,
        alternative=alternative,
        families=families_of(options.families or FAMILIES),
        years=years,
        seed=SEED if options.seed is None else options.seed,
        replicates=REPLICATES if options.replicates is None else options.replicates,
    )


def _of_run(run: Ensemble, options: argparse.Namespace) -> Asked:
    """Return the families and the luck of a run; an attribution of others would not explain it.

    Raises InputError when others are asked, and when the run cannot be explained by this model.
    """
    settings, n = run.about["settings"], len(run.replicates)
    its = {name: settings[name] for name in ("families", "years", "seed")} | {"replicates": n}
    for name, value in its.items():
        typed = getattr(options, name)
        if typed is not None and value != (families_of(typed) if name == "families" else typed):
            has = "all" if value is None else value
            message = (
                f"--{name} {typed}: the run {run.folder} has {has}, and parts of another size do"
                " not add up to its difference. Leave it out, or leave out --run."
            )
            raise InputError(message)
    if run.replicates != tuple(range(n)):
        message = f"the run {run.folder} has replicates of its own choice; these cannot be split."
        raise InputError(message)
    if run.about["code_digest"] != code_digest():
        message = (
            f"the run {run.folder} was made by another version of the model, so that the parts"
            " would not add up to its difference. Run it again into a new folder."
        )
        raise InputError(message)
    base, alternative = (_scenario_of(run, name) for name in (options.base, options.alternative))
    return Asked(
        base=base,
        alternative=alternative,
        families=settings["families"],
        years=settings["years"],
        seed=settings["seed"],
        replicates=n,
    )


def _scenario_of(run: Ensemble, name: str) -> Scenario:
    """Return a scenario as it stood when the run was made. Raises InputError when it is none."""
    held = {record["id"]: from_record(record) for record in run.about["scenarios"]}
    if name in held:
        return held[name]
    now = load(name)
    if now.id not in held:
        message = f"the run {run.folder} has no scenario '{now.id}'. It has: {', '.join(held)}."
        raise InputError(message)
    if now != held[now.id]:
        message = (
            f"{name} is not as it was when {run.folder} was made. Run it again into a new folder,"
            f" or write {now.id} to take it as it was."
        )
        raise InputError(message)
    return now


def _parts(found: Attribution, outcome: str, names: Mapping[str, str], t: Texts) -> Table:
    told = found.settings
    n = told["families"]
    title = t(
        "pairs.attribute.title",
        outcome=label(outcome, t),
        what=names[found.alternative],
        base=names[found.base],
        years=span(tuple(told["school_years"]), t),
        families=t("pairs.attribute.all") if n is None else t.number(n),
        n_years=str(told["years"]),
        n=str(told["replicates"]),
        who=t(f"terminal.who.{found.population}"),
    )
    made = table(
        title,
        t("pairs.attribute.through"),
        t("pairs.attribute.difference", unit=unit_apart(outcome, t)),
        t("pairs.attribute.sign"),
    )
    channels = t.part("report.channel")
    rows = found.parts[found.parts["outcome"] == outcome]
    for row in rows.to_dict("records"):
        effect = interval(outcome, row["effect"], row["low"], row["high"], t=t)
        made.add_row(channels[str(row["channel"])], effect, certainty(row["p_sign"], t))
    return made

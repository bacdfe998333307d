"""Targets of one's own: made of cells of a table, and held against runs."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from calibration.cbs import files, snapshot
from calibration.cbs.table import Asked
from calibration.monitors.observed import Observed, observe_run
from calibration.targets import meets as meeting
from calibration.targets.new import Source, Wanted, new_target
from calibration.targets.reader import load_targets, targets_in
from calibration.targets.target import Target
from calibration.targets.words import quantity_text, value_text
from dashboards.commands.run import families_of
from dashboards.commands.terminal import Terminal
from model.disk.whole import write_new
from model.errors import InputError, nearest

MOST_REPLICATES = 100


def target(options: argparse.Namespace) -> int:
    """Make a target, or look at those of a file."""
    return _new(options) if options.action == "new" else _check(options)


def _new(options: argparse.Namespace) -> int:
    """Write or print a commented target."""
    path = Path(options.table).expanduser()
    columns = [options.value, options.numerator, options.n]
    asked = Asked(
        style=options.decimal,
        values=tuple(dict.fromkeys(c for c in columns if c and not c.replace(".", "").isdigit())),
        sheet=options.sheet,
    )
    wanted = Wanted(
        value=options.value,
        n=options.n,
        numerator=options.numerator,
        keep=dict(_pair(text) for text in options.keep),
        like=_like(options.like),
        id=options.id,
        unit=options.unit,
        discrepancy=options.discrepancy,
        reason=options.reason,
    )
    text = new_target(files.read(path, asked), wanted, _source(path))
    if options.out is None:
        Terminal().print(text, end="", soft_wrap=True)
        return 0
    out = Path(options.out).expanduser()
    write_new(out, text.encode())
    Terminal().print(
        f"Written: {out}\nSee what is missing, and how near the model comes:"
        f" veerkracht target check {out}",
        soft_wrap=True,
    )
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise InputError(f"--keep {text}: write a column and a word, as in Herkomst=Polen.")
    return name.strip(), value.strip()


def _like(name: str | None) -> Target | None:
    if name is None:
        return None
    known = load_targets()
    if name not in known:
        raise InputError(f"there is no target '{name}'.{nearest(name, known)}")
    return known[name]


def _source(path: Path) -> Source:
    if not snapshot.is_snapshot(path):
        return Source(table=path.stem, vintage=f"file {path.name}")
    about = snapshot.manifest(path)
    version = " ".join(f"{key} {value}" for key, value in about["vintage"].items())
    kind = about["address"] if about["protocol"] == files.FILE else f"CBS {about['table']}"
    return Source(table=about["table"], vintage=f"{kind} {version}".strip())


def _check(options: argparse.Namespace) -> int:
    """Print of each target what it asks of the model, and how near runs of a size come."""
    console = Terminal()
    targets = targets_in(Path(options.file).expanduser())
    known = load_targets()
    if not 1 <= options.replicates <= MOST_REPLICATES:
        raise InputError(f"--replicates {options.replicates}: give 1 to {MOST_REPLICATES}.")
    families = families_of(options.families)
    if families is None and not options.no_runs:
        raise InputError("--families all: give a number; noise is told at a size.")
    runs = [] if options.no_runs else _runs(options, families)
    for one in targets:
        for line in [*_asks(one, known), *(_meets(one, runs, families or 0) if runs else ())]:
            console.print(line, soft_wrap=True)
    return 0


def _runs(options: argparse.Namespace, families: int | None) -> list[Observed]:
    return [
        observe_run(families=families, years=options.years, seed=options.seed + k)
        for k in range(options.replicates)
    ]


def _asks(one: Target, known: dict[str, Target]) -> list[str]:
    """Say in words what a target is about and what there is to know before a run."""
    lines = [
        f"{one.id}: {value_text(one)}; {one.use}",
        f"    error {one.standard_error:.2g}, discrepancy {one.discrepancy:g}: {one.reason}",
        f"    quantity of the model: {quantity_text(one)}",
    ]
    if one.n is None:
        lines.append("    the figure does not say of how many it is a share")
    else:
        of = "" if one.numerator is None else f"{one.numerator:,.0f} "
        lines.append(f"    the figure is {of}of {one.n:,.0f}")
    if one.inputs:
        lines.append(f"    circular with {', '.join(one.inputs)}: for checking only")
    if missing := meeting.circular(one):
        lines.append(
            f"    CIRCULAR, and it does not say so: {', '.join(missing)} came from the same table."
            " Add them to inputs."
        )
    other = meeting.same_quantity(one, known)
    if other is not None:
        lines.append(
            f"    the program has '{other.id}' about the same quantity: {value_text(other)}"
            f" ({other.vintage or other.year}). Only one of the two can be held to."
        )
    return lines


def _meets(one: Target, runs: list[Observed], families: int) -> list[str]:
    """Say how near runs come, and how much of that is luck."""
    met = meeting.meets(one, runs, families=families)
    numbers = ", ".join("not seen" if math.isnan(v) else f"{v:.4g}" for v in met.values)
    lines = [
        f"    {len(runs)} runs of {families:,} families: {numbers} {one.unit}",
        f"    counted in a run: {met.behind:,.0f}",
    ]
    if math.isnan(met.noise):
        lines.append("    noise between runs: not known from these")
    else:
        lines.append(
            f"    noise between runs {met.noise:.2g}, total error {one.total_error:.2g}; from about"
            f" {max(met.quiet_families, 1.0):,.0f} families noise is under half of it"
        )
    if met.holds is None:
        lines.append("    not seen: the runs were too short or too small")
    else:
        verdict = "holds" if met.holds else "DOES NOT HOLD"
        lines.append(f"    {verdict}: {met.distance:+.2f} total errors from the figure")
    return lines

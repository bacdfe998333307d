"""Whether a stored run, or a file made of one, can be made again: the same, or other numbers."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboards.commands.proving.again import Cell, Found, proved
from dashboards.commands.run import progress
from dashboards.commands.terminal import Terminal
from dashboards.texts import Texts, texts
from model.errors import InputError
from scenarios.runs.verify import Place
from scenarios.runs.verify import verify as verify_run

DIFFERENT, OTHER_VERSION, CANNOT_TELL = 1, 3, 4
"""Exit statuses of `verify`: lived again it gives other numbers; another version of the model made
it, so that it was not lived again; a file carries no proof, or was cut or edited."""

STATUS = {"same": 0, "different": DIFFERENT, "version": OTHER_VERSION}


def verify(options: argparse.Namespace) -> int:
    """Run a stored run again and say whether the numbers are the same, or where they differ."""
    path = Path(options.folder).expanduser()
    if path.is_file():
        return _file(path, options)
    if not path.exists():
        message = f"there is no file or folder {path}. Give an export, or a folder of a run."
        raise InputError(message)
    with progress(options) as report:
        verdict = verify_run(
            options.folder,
            replicates=None if options.replicates is None else range(options.replicates),
            live_again=options.live_again,
            workers=options.workers,
            cluster=options.cluster,
            progress=report,
        )
    console, t = Terminal(), texts(options.language)
    made = {"now": verdict.made_here, "then": verdict.made_then}
    if verdict.is_other_version:
        n = t.number(verdict.n_stored)
        console.print(t("stored.other_version", n=n, **made), soft_wrap=True)
        return OTHER_VERSION
    if verdict.made_here:
        console.print(t("stored.made_now", **made), soft_wrap=True)
    n = t.number(verdict.n)
    if verdict.is_same:
        console.print(t("stored.same", n=n), soft_wrap=True)
        return 0
    if verdict.platform_then:
        on = {"now": verdict.platform_here, "then": verdict.platform_then}
        console.print(t("stored.other_platform", **on), soft_wrap=True)
    console.print(t("stored.different", different=t.number(len(verdict.different)), n=n))
    for place in verdict.where:
        console.print(f"  {_told(place, t)}", soft_wrap=True)
    return DIFFERENT


def _file(path: Path, options: argparse.Namespace) -> int:
    if options.replicates is not None:
        message = f"{path} is a file: all its replicates are lived. Leave out --replicates."
        raise InputError(message)
    with progress(options) as report:
        found = proved(
            path,
            live_again=options.live_again,
            workers=options.workers,
            cluster=options.cluster,
            progress=report,
        )
    console, t = Terminal(), texts(options.language)
    if found.made_here and found.outcome != "version":
        made = {"now": found.made_here, "then": found.made_then}
        console.print(t("stored.made_now", **made), soft_wrap=True)
    console.print(_said(found, t), soft_wrap=True)
    for cell in found.where:
        console.print(f"  {_cell(cell, t)}", soft_wrap=True)
    return STATUS.get(found.outcome, CANNOT_TELL)


def _said(found: Found, t: Texts) -> str:
    return t(
        f"stored.file.{found.outcome}",
        n=t.number(found.compared),
        different=t.number(found.n_different),
        now=found.made_here,
        then=found.made_then,
    )


def _cell(cell: Cell, t: Texts) -> str:
    table = f"{cell.table}, " if cell.table else ""
    return t(
        "stored.file.cell",
        table=table,
        row=cell.row,
        column=cell.column,
        before=cell.before or "–",
        now=cell.now or "–",
    )


def _told(place: Place, t: Texts) -> str:
    scenario, draw, replicate = place.run
    run = t("stored.run", scenario=scenario, draw=str(draw), replicate=str(replicate))
    ends = {"before": place.before, "now": place.now}
    if place.kind != "number":
        return t(f"stored.where.{place.kind}", run=run, **ends)
    outcome, layer, end, year, *whose = place.at
    return t(
        "stored.where.number",
        run=run,
        what=f"{outcome} ({layer}, {t(f'stored.end.{end}')}), {year}, {' '.join(whose)}",
        n=t.number(place.n),
        **ends,
    )

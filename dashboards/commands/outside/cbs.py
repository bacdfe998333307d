"""Tables of CBS and own files: fetched or read, kept, and held against what is expected."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.progress import Progress, TextColumn

from calibration.cbs import check as checking
from calibration.cbs import files, snapshot
from calibration.cbs.declared import Declared, declared
from calibration.cbs.fetch import checked, fetch
from calibration.cbs.service import Addresses
from calibration.cbs.table import Asked, Table
from dashboards.commands.lists import table as made_table
from dashboards.commands.terminal import Terminal
from model.errors import InputError

DIFFERS = 1
"""Status when something is not as expected."""


def cbs(options: argparse.Namespace) -> int:
    """Fetch or read a table, hold the service against what is expected, or list tables."""
    actions = {"fetch": _fetch, "check": _check, "list": _list}
    return actions[options.action](options)


def _fetch(options: argparse.Namespace) -> int:
    folder = Path(options.out).expanduser()
    console = Terminal()
    if options.from_file is None:
        table = _fetched(options, folder)
    else:
        for name in ("filter", "v4", "v3"):
            if getattr(options, name) is not None:
                raise InputError(f"--{name} is for fetching; a file is read whole. Leave it out.")
        asked = Asked(style=options.decimal, values=tuple(options.value), sheet=options.sheet)
        path = Path(options.from_file).expanduser()
        table = files.keep(path, folder, asked, name=options.table)
    _tell(table, folder, console)
    return 0


def _fetched(options: argparse.Namespace, folder: Path) -> Table:
    if options.table is None:
        raise InputError("name a table, such as 84780NED (`veerkracht cbs list`), or --from-file.")
    if options.value or options.decimal or options.sheet:
        raise InputError("--value, --decimal and --sheet are for --from-file. Leave them out.")
    addresses = Addresses.chosen({"v4": options.v4, "v3": options.v3})
    if options.quiet:
        return fetch(options.table, folder, condition=options.filter or "", addresses=addresses)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        console=Terminal(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(f"asking for {options.table}", total=None)
        return fetch(
            options.table,
            folder,
            condition=options.filter or "",
            addresses=addresses,
            say=lambda told: bar.update(task, description=told),
        )


def _tell(table: Table, folder: Path, console: Terminal) -> None:
    """Print what came, in how many cells nothing stands and why, and where it lies."""
    about = snapshot.manifest(folder)
    console.print(f"{about['table']}: {table.title}", soft_wrap=True)
    version = ", ".join(f"{key} {value}" for key, value in about["vintage"].items())
    console.print(
        f"{len(table.cells):,} cells by {about['protocol']}, version: {version or 'not told'}.",
        soft_wrap=True,
    )
    made = made_table("What the cells say", "meaning", "mark", "cells")
    for (meaning, mark), n in sorted(table.meanings().items()):
        made.add_row(meaning, mark, f"{n:,}")
    console.print(made)
    if any(meaning == "other" for meaning, _ in table.meanings()):
        console.print(
            "'other' is a word that this program does not know. It is kept as sent; look in the"
            " notes of the table what it means.",
            soft_wrap=True,
        )
    changing = int((table.cells["status"] != "").sum())
    if changing:
        console.print(f"{changing:,} cells have a note in `status`, such as provisional.")
    console.print(f"Measures: {'; '.join(_measure(table))}", soft_wrap=True)
    for note in table.notes:
        console.print(note, soft_wrap=True)
    told = declared().get(about["table"])
    if told is not None:
        console.print(_gives(told), soft_wrap=True)
    console.print(f"Saved in {folder}", soft_wrap=True)


def _measure(table: Table) -> list[str]:
    return [
        f"{one.name} ({one.title}, {one.unit.text or 'unit not told'}"
        + (f"; times {one.unit.factor:,}" if one.unit.factor > 1 else "")
        + ")"
        for one in table.measures
    ]


def _gives(table: Declared) -> str:
    instead = f" It would replace {', '.join(table.replaces)}." if table.replaces else ""
    return table.gives + instead


def _check(options: argparse.Namespace) -> int:
    """Print line by line what is as expected at CBS, and what differs."""
    addresses = Addresses.chosen({"v4": options.v4, "v3": options.v3})
    console = Terminal()
    differs = 0
    for name in options.tables or list(declared()):
        folder = Path(name).expanduser()
        if snapshot.is_snapshot(folder):
            found = checking.check_snapshot(folder, addresses=addresses)
        else:
            found = checking.check(checked(name), addresses=addresses)
        for one in found:
            if one.agrees:
                console.print(f"{one.table}: as expected: {one.expected}", soft_wrap=True)
            else:
                console.print(
                    f"{one.table}: DIFFERS: {one.expected}; found: {one.found}", soft_wrap=True
                )
        differs += sum(not one.agrees for one in found)
    console.print(
        "Everything is as expected."
        if not differs
        else f"{differs} differ. This client was written without the live service: what differs may"
        " be a mistake of ours. docs/cbs.md says what each line means."
    )
    return DIFFERS if differs else 0


def _list(_: argparse.Namespace) -> int:
    """Print the tables that matter, what they give and what they would replace."""
    console = Terminal()
    for table in declared().values():
        known = "read" if table.grade == "B" else "recalled"
        console.print(f"{table.id}  {table.title} ({known})", soft_wrap=True)
        console.print(f"    {_gives(table)}", soft_wrap=True)
    return 0

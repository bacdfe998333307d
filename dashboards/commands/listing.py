"""A list for people, a name and some indented lines each, or for programs as CSV or JSON."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import TextWrapper

from dashboards.commands.terminal import Terminal, texts_of
from scenarios.destinations import HEAD, PROGRAM, Destination, csv_with, destination

INDENT = " " * 4
Value = str | float | Sequence[str] | Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing: its `name`, what it is called, what is told of it, and its `values` by column."""

    name: str
    title: str
    lines: Sequence[str]
    values: Mapping[str, Value] = field(default_factory=dict)


def show(options: argparse.Namespace, entries: Sequence[Entry], *notes: str) -> int:
    """Print entries with notes under them, or write them where `--csv` or `--json` says.

    Raises InputError when a file would go over another one, StorageError when it cannot be written.
    """
    if options.csv or options.json:
        columns = list(entries[0].values) if entries else []
        rows = [dict(one.values) for one in entries]
        if options.csv:
            place = destination(options.csv, csv_with(columns), ending=".csv", force=options.force)
            _write(place, _csv(columns, rows), len(rows), options)
        if options.json:
            place = destination(options.json, _is_list, ending=".json", force=options.force)
            told = {"program": PROGRAM, "list": options.command, "rows": rows}
            content = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
            _write(place, content, len(rows), options)
        return 0
    console = Terminal()
    for one in entries:
        wrapped = TextWrapper(
            console.width, subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False
        )
        console.print(wrapped.fill(f"{one.name}  {one.title}"), soft_wrap=True)
        wrapped.initial_indent = INDENT
        for line in filter(None, one.lines):
            console.print(wrapped.fill(line), soft_wrap=True)
    for note in notes:
        console.print(note)
    return 0


def _write(place: Destination, content: str, n: int, options: argparse.Namespace) -> None:
    place.write(content.encode())
    if not place.is_standard_output:
        t = texts_of(options)
        told = t("list.written", place=str(place), rows=t.number(n))
        Terminal().print(told, soft_wrap=True)


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return file.getvalue()


def _cell(value: Value) -> str | float:
    return value if isinstance(value, str | int | float) else " ".join(map(str, value))


def _is_list(path: Path) -> bool:
    """Whether a file is a list of ours in JSON."""
    with path.open("rb") as file:
        head = file.read(HEAD).decode("utf-8", "replace")
    return f'"program": "{PROGRAM}"' in head and '"list": ' in head

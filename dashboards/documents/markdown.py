"""Tables of the pages in `docs/`, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell is written so that it ends none."""
    lines = [_row(heading), "|" + "---|" * len(heading)]
    return "\n".join([*lines, *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    told = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return "| " + " | ".join(told) + " |"

"""The table of outcomes and scenarios as one picture: text, numbers and strips, in light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from dashboards.figures.tokens import COLOURS

LEFT, COLUMN, ROW, HEAD, EDGE = 300, 330, 58, 96, 20
"""Sizes in pixels: the names of outcomes, a scenario, an outcome, what stands above, the margin."""

WIDE = COLUMN - 30
NOTE = 16
LETTERS = 34

Cell = Mapping[str, Any]
Line = tuple[str, str, Sequence[Cell]]
"""An outcome, its unit, and its cells: `number`, `range`, `word` and `strip`."""


def svg(
    title: str, basis: str, *, columns: Sequence[str], rows: Sequence[Line], foot: Sequence[str]
) -> str:
    """Return the picture as SVG; `foot` are notes below it."""
    width = 2 * EDGE + LEFT + COLUMN * len(columns)
    below = HEAD + ROW * len(rows)
    notes = [line for one in foot for line in wrap(one, width // 6)]
    height = below + NOTE * len(notes) + EDGE
    parts = [
        _opened(width, height),
        f'<rect width="{width}" height="{height}" fill="{_colour("paper")}"/>',
        _text(title, EDGE, 26, size=18, bold=True),
        _text(basis, EDGE, 46, colour="faint"),
    ]
    for k, column in enumerate(columns):
        for line, words in enumerate(wrap(column, LETTERS)[:2]):
            parts.append(_text(words, _x(k), 70 + 16 * line, colour="accent", bold=True))
    for k, (what, unit, cells) in enumerate(rows):
        top = HEAD + ROW * k
        parts.append(_line(EDGE, top, width - EDGE, top, "line"))
        parts += [
            _text(what, EDGE, top + 22, bold=True),
            _text(unit, EDGE, top + 40, colour="faint"),
        ]
        for place, cell in enumerate(cells):
            parts += _cell(cell, _x(place), top)
    for k, note in enumerate(notes, 1):
        parts.append(_text(note, EDGE, below + NOTE * k, size=11, colour="faint"))
    return "".join([*parts, "</svg>"])


def _opened(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="Arial, sans-serif" font-size="13">'
    )


def _cell(cell: Cell, x: float, top: float) -> list[str]:
    words = f"{cell['number']} {cell['range']} {cell['word']}".strip()
    parts = [_text(words, x, top + 46, size=12)]
    strip = cell["strip"]
    if strip is None:
        return parts

    def at(place: float) -> float:
        return x + WIDE * place / 1000

    parts.append(_line(x, top + 26, x + WIDE, top + 26, "faint"))
    parts.append(_line(at(500), top + 8, at(500), top + 30, "ink"))
    if strip["gap"] is not None:
        gap = at(strip["gap"])
        parts.append(_line(gap, top + 22, gap, top + 30, "comparable", 3))
    if strip["bar"] is not None:
        low, high = map(at, strip["bar"])
        parts.append(_box(low, top + 15, max(2, high - low), 5))
    parts.append(_box(at(strip["middle"]) - 2, top + 11, 4, 13))
    return parts


def _x(column: int) -> float:
    return EDGE + LEFT + COLUMN * column


def _colour(name: str) -> str:
    return COLOURS[name].light


def _text(
    words: str, x: float, y: float, *, size: int = 13, colour: str = "ink", bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{_colour(colour)}"{weight}>'
        f"{escape(words)}</text>"
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, wide: int = 1) -> str:
    return (
        f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="{_colour(colour)}"'
        f' stroke-width="{wide}"/>'
    )


def _box(x: float, y: float, wide: float, high: float) -> str:
    colour = _colour("alternative")
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" fill="{colour}"/>'

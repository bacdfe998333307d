"""Tables of the pages in `docs/` as Markdown, and the numbers in them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

THOUSAND = 1000


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell is written so that it ends none."""
    lines = [_row(heading), "|" + "---|" * len(heading)]
    return "\n".join([*lines, *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    told = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return "| " + " | ".join(told) + " |"


def number(value: float, digits: int = 4) -> str:
    """Return a number with so many digits that count, thousands apart, and no powers of ten.

    With four of them, thousands are whole.
    """
    if abs(value) < min(THOUSAND, 10**digits):
        return f"{value:.{digits}g}"
    rounded = value if digits >= len(str(THOUSAND)) else float(f"{value:.{digits}g}")
    return f"{rounded:,.0f}"


def bounds(low: float, high: float) -> str:
    """Return what is between two bounds, of which one may be missing (infinite)."""
    if math.isinf(low):
        return "any" if math.isinf(high) else f"at most {number(high)}"
    if math.isinf(high):
        return f"at least {number(low)}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"

"""The words of small cells: what a cell is, how large it has to be, and what adds up to what."""

from __future__ import annotations

MARK = "hidden"
"""What stands with a cell that is not shown."""

SMALL = "small group"
"""What stands with such a cell when all cells are asked for."""

CELL = ("population", "school_year", "layer", "outcome", "dimension", "group")
SIZES = (*CELL, "least", "least_seen", "total")
"""Columns of a table of sizes: per cell the smallest number over all runs, the smallest above 0 (a
run in which nobody was seen shows nothing), and the sum over runs."""

WHOLES: dict[str, tuple[str, ...]] = {
    "vsv_mbo_expected": tuple(f"vsv_mbo{level}_expected" for level in (1, 2, 3, 4)),
}
"""Outcomes whose children are those of others together."""

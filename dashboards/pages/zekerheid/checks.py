"""Where the model lies to published figures, and what stands still in it, as plain values."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from calibration.standing.kept import Stood, aged, stood
from calibration.targets.reader import load_targets
from calibration.targets.target import Target
from calibration.verdicts import NO, OPEN, YES
from dashboards.documents import validation
from dashboards.pages.zekerheid.dutch import translated
from dashboards.texts import Texts

BLOCKS = ("fit", "check", "pattern", "stay")
"""Blocks of the report that hold the model against something it was not given."""

GIVEN = "fed in"

ORDER = {NO: 0, OPEN: 1, YES: 2}
WIDTH, ROOM = 1000, 0.15
"""Places of a line, and how much of it is left free on either side."""

FIGURES = 3
"""Figures to which numbers are written that have no unit of their own."""

Row = dict[str, Any]
Kept = Mapping[str, str]


@cache
def record() -> tuple[Kept, ...]:
    """Return the report that is kept: rows that were judged, what does not fit first.

    What the model was given is left out, unless it does not hold all the same.
    """
    rows = [
        row
        for row in validation.read(validation.NOW)
        if row["holds"] in ORDER
        and (row["block"] in BLOCKS or (row["block"] == GIVEN and row["holds"] == NO))
    ]
    return tuple(sorted(rows, key=lambda row: ORDER[row["holds"]]))


def checks(t: Texts) -> Row:
    """Return how the model lies to published figures, what does not fit first."""
    rows = record()
    targets = load_targets()
    n = Counter(row["holds"] for row in rows)
    first = rows[0]
    made = [_check(row, targets.get(row["key"]), t) for row in rows]
    return {
        "words": t.part("certainty.checks"),
        "counts": t("certainty.checks.counts", yes=str(n[YES]), no=str(n[NO]), open=str(n[OPEN])),
        "first": [row for row in made if row["verdict_name"] != "yes"],
        "rest": [row for row in made if row["verdict_name"] == "yes"],
        "ran": t(
            "certainty.checks.ran",
            families=t.number(float(first["families"])),
            years=first["years"],
            seeds=first["seeds"].rpartition("-")[2],
        ),
    }


def _check(row: Kept, target: Target | None, t: Texts) -> Row:
    names = t.part("certainty.row")
    low, high, value = (float(row[name]) if row[name] else math.nan for name in _NUMBERS)
    error = float(row["error"]) if row["error"] else 0.0
    unit = "" if target is None else t(f"certainty.unit.{target.unit}")
    source = "" if target is None else target.vintage or target.year
    verdict = {YES: "yes", NO: "no", OPEN: "open"}.get(row["holds"], "other")
    return {
        "name": row["key"],
        "label": names.get(row["key"], row["statement"]),
        "unit": unit,
        "source": source,
        "wanted": _wanted(low, high, t),
        "model": beside_error(value, error, t),
        "verdict": t(f"certainty.verdict.{verdict}"),
        "verdict_name": verdict,
        "why": translated(row["why"], t) if row["holds"] == NO and row["why"] else None,
        "strip": _strip(low, high, value, error),
    }


_NUMBERS = ("low", "high", "model")


def _wanted(low: float, high: float, t: Texts) -> str:
    has_low, has_high = (not math.isnan(end) and not math.isinf(end) for end in (low, high))
    # A bound just beside 0 says that the sign must be right.
    low, high = (0.0 if abs(end) < _SIGN else end for end in (low, high))
    if has_low and has_high:
        return t("certainty.span", low=short(low, t), high=short(high, t))
    if has_low:
        return t("certainty.one_sided_low", low=short(low, t))
    return t("certainty.one_sided_high", high=short(high, t)) if has_high else ""


_SIGN = 1e-5


def _strip(low: float, high: float, value: float, error: float) -> Row | None:
    """Return where what may be and the model lie on a line of their own."""
    ends = [end for end in (low, high) if not math.isnan(end) and not math.isinf(end)]
    seen = [*ends, value - error, value + error]
    if math.isnan(value) or not ends:
        return None
    start, width = min(seen), max(seen) - min(seen) or 1.0

    def place(number: float) -> int:
        share = ROOM + (1.0 - 2.0 * ROOM) * (number - start) / width
        return round(WIDTH * share)

    return {
        "may": [
            place(low) if low in ends else 0,
            place(high) if high in ends else WIDTH,
        ],
        "bar": [place(value - error), place(value + error)],
        "middle": place(value),
    }


def still(t: Texts) -> Row:
    """Return what stands still and what moves, what moves first."""
    rows = stood()
    n = Counter(_name(one.verdict) for one in rows)
    order = {"no": 0, "other": 1, "yes": 2}
    made = [_stood(one, t) for one in sorted(rows, key=lambda one: order[_name(one.verdict)])]
    return {
        "words": t.part("certainty.still"),
        "counts": t(
            "certainty.still.counts", yes=str(n["yes"]), no=str(n["no"]), other=str(n["other"])
        ),
        "first": [row for row in made if row["verdict_name"] == "no"],
        "rest": [row for row in made if row["verdict_name"] != "no"],
        "ages": [
            t(
                "certainty.still.ages",
                band=one.band,
                year=str(one.year),
                found=t.number(one.found),
                account=t.number(one.account),
            )
            for one in aged()
        ],
    }


def _stood(one: Stood, t: Texts) -> Row:
    verdict = _name(one.verdict)
    return {
        "name": f"{one.quantity}, {one.among}",
        "label": f"{t(f'certainty.quantity.{one.quantity}')}: {among(one.among, t)}",
        "first": short(one.first, t),
        "later": beside_error(one.later, one.error, t),
        "may": short(one.tolerance, t),
        "verdict": t(f"certainty.stood.{verdict}"),
        "verdict_name": verdict,
    }


def among(text: str, t: Texts) -> str:
    """Return among whom a quantity was looked at, in words."""
    return ", ".join(t(f"certainty.among.{part}") for part in text.split(", "))


def _name(verdict: str) -> str:
    return {YES: "yes", NO: "no"}.get(verdict, "other")


def beside_error(value: float, error: float, t: Texts) -> str:
    """Return a number with its error, which has two figures; the number has as many decimals."""
    if math.isnan(value) or math.isnan(error) or error == 0.0:
        return short(value, t)
    decimals = max(0, 1 - math.floor(math.log10(error)))
    return t("certainty.model", value=t.number(value, decimals), error=t.number(error, decimals))


def short(value: float, t: Texts) -> str:
    """Return a number to three figures; of a thousand or more, whole."""
    if math.isnan(value):
        return "–"
    if value == 0.0:
        return "0"
    decimals = FIGURES - 1 - math.floor(math.log10(abs(value)))
    return t.number(value, max(0, decimals))

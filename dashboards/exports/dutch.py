"""An overview for Dutch spreadsheets: Dutch words, semicolons, decimal commas and a mark of UTF-8.

Numbers are in the unit in which people read them, with as many digits as chance leaves meaning. No
group has a name that a spreadsheet takes for a date, and no text is taken for a formula.
"""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from dashboards.texts import Texts, texts
from dashboards.texts.numbers import decimals_for, unit, unit_apart
from model.outcomes.registry import BY_OUTCOME
from model.policy.record import from_record
from scenarios.disclosure.rules import MARK

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from scenarios.runs.run import Ensemble

LANGUAGE = "nl"
COLUMNS = (
    "scenario", "scenario_id", "school_year", "population", "dimension", "group", "outcome",
    "outcome_name", "layer", "unit", "level", "standard_error", "replicates", "behind", "mark",
    "unit_difference", "difference", "low", "high", "p_sign", "mark_difference",
    "low_not_knowing", "high_not_knowing", "p_sign_not_knowing",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would work out."""

ERRORS = ("difference", "low", "high")
NOT_KNOWING = ("low_not_knowing", "high_not_knowing")
SHARES = ("p_sign", "p_sign_not_knowing")


def columns() -> list[str]:
    """Return the headings of the columns."""
    t = texts(LANGUAGE)
    return [t(f"export.column.{name}") for name in COLUMNS]


def content(table: pd.DataFrame, ensemble: Ensemble) -> bytes:
    """Return an overview as the bytes of a file."""
    t = texts(LANGUAGE)
    titles = {one.id: one.title_nl for one in map(from_record, ensemble.about["scenarios"])}
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(columns())
    for row in table.to_dict("records"):
        told = _row(row, titles, t)
        writer.writerow([told.get(name, "") for name in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def _row(row: Mapping[Hashable, Any], titles: Mapping[str, str], t: Texts) -> dict[str, str]:
    outcome = row["outcome"]
    is_known = outcome in BY_OUTCOME
    told = {
        "scenario": _text(titles[row["scenario"]]),
        "scenario_id": row["scenario"],
        "school_year": row["school_year"],
        "population": t(f"terminal.who.{row['population']}"),
        "dimension": _part(f"enum.dimension.{row['dimension']}", row["dimension"], t),
        "group": _part(f"enum.{row['dimension']}.{row['group']}", row["group"], t),
        "outcome": _part(f"outcome.{outcome}.label", outcome, t),
        "outcome_name": outcome,
        "layer": t(f"enum.layer.{row['layer']}"),
        "unit": unit(outcome, t) if is_known else row["unit"],
        "unit_difference": unit_apart(outcome, t) if is_known else row["unit"],
        "replicates": "" if _is_missing(row["replicates"]) else str(int(row["replicates"])),
        "behind": _number(row["behind"], 0),
        "mark": _part(f"export.mark.{row['mark']}", row["mark"], t),
        "mark_difference": _part(f"export.mark.{row['mark_difference']}", "", t),
    }
    if row["mark"] == MARK:
        return told
    scale, least = _scale(outcome)
    error = scale * row["standard_error"]
    digits = max(least, decimals_for([-error, error])) if error > 0 else least + 1
    told |= {name: _number(scale * row[name], digits) for name in ("level", "standard_error")}
    for names in (ERRORS, NOT_KNOWING):
        values = {name: scale * row[name] for name in names}
        digits = decimals_for([one for one in values.values() if not math.isnan(one)], least)
        told |= {name: _number(value, digits) for name, value in values.items()}
    return told | {name: _number(100 * row[name], 1) for name in SHARES}


def _scale(outcome: str) -> tuple[float, int]:
    """Return how many times the stored number people read, and the decimals of a level."""
    if outcome not in BY_OUTCOME:
        return 1.0, 4
    measure = BY_OUTCOME[outcome].measure
    return measure.scale, measure.decimals


def _number(value: float, digits: int) -> str:
    """Return a number with a decimal comma, nothing for what is missing."""
    if _is_missing(value):
        return ""
    written = f"{value:.{digits}f}"
    return written.replace(".", ",") if float(written) else written.lstrip("-").replace(".", ",")


def _is_missing(value: float) -> bool:
    return bool(value != value)  # noqa: PLR0124 - NaN is not itself


def _part(key: str, otherwise: str, t: Texts) -> str:
    """Return a text, or something else when the run is of another version and has other names."""
    return t(key) if key in t.names() else otherwise


def _text(text: str) -> str:
    """Return a text of people that no spreadsheet works out."""
    return f"'{text}" if text.startswith(FORMULA) else text

"""The page on priors, `docs/priors.md`: where each belief comes from, and which figure narrows it.

`priors.csv` has one row per number of the ledger: the keys of published figures behind its prior,
the reason in a line, and what was mended when limits and priors were set apart. Run
`python -m dashboards.documents` after a change of parameters or of that table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dashboards.documents.evidence import limits, prior, written
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

REASONS = Path(__file__).parents[2] / "calibration" / "priors.csv"
INTRODUCTION = Path(__file__).with_name("priors_introduction.md")
PAGE = Path(__file__).parents[2] / "docs" / "priors.md"

COLUMNS = ("parameter", "figures", "reason", "mended")

COVERED = 1.0 / 3.0
"""Share of its limits that the prior of an assumption covers unless a figure narrows it."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Why a number has the prior it has; `figures` are keys of published figures."""

    parameter: str
    figures: tuple[str, ...]
    reason: str
    mended: str


def load_beliefs() -> dict[str, Belief]:
    """Return the rows of `priors.csv` by parameter, in the order of the file.

    Raises ValueError for another heading, a parameter named twice, or a row without a reason.
    """
    with REASONS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            message = f"{REASONS.name}: the columns are {reader.fieldnames}, not {list(COLUMNS)}"
            raise ValueError(message)
        found: dict[str, Belief] = {}
        for row in reader:
            name = row["parameter"]
            if name in found or not row["reason"].strip():
                message = (
                    f"{REASONS.name}, line {reader.line_num}: {name} stands twice or says no reason"
                )
                raise ValueError(message)
            found[name] = Belief(
                parameter=name,
                figures=tuple(row["figures"].split()),
                reason=row["reason"],
                mended=row["mended"],
            )
    return found


def covers(row: Parameter) -> float:
    """Return the share of its limits between the 5% and the 95% point of a number's prior."""
    if row.low == row.high:
        return 1.0
    low, high = row.likely
    return (high - low) / (row.high - row.low)


def narrowed() -> list[Parameter]:
    """Return the assumptions whose prior covers less of its limits than a bare assumption must."""
    return [row for row in BY_PARAMETER.values() if row.grade == "D" and covers(row) < COVERED]


def aside() -> list[Parameter]:
    """Return the numbers whose value lies outside the 5% to 95% range of their own prior."""
    return [
        row
        for row in BY_PARAMETER.values()
        if row.is_free and not row.likely[0] <= row.value <= row.likely[1]
    ]


def page() -> str:
    """Return the whole page as Markdown."""
    beliefs = load_beliefs()
    fitted = [row for row in BY_PARAMETER.values() if row.fitted]
    mended = [BY_PARAMETER[name] for name, belief in beliefs.items() if belief.mended]
    parts = [
        INTRODUCTION.read_text(encoding="utf-8").strip(),
        _table(
            "Narrowed by a figure",
            f"{len(narrowed())} assumptions have a prior that covers less than a third of its"
            " limits. Each has the figure that says so; a fixed one says why it is not free.",
            ("limits", "prior", "covers", "figures", "why"),
            (
                (row, limits(row), prior(row), f"{covers(row):.0%}", *_why(beliefs[row.name]))
                for row in narrowed()
            ),
        ),
        _table(
            "Values that lie outside their own prior",
            f"{len(aside())} values were set under earlier ranges and stand where the evidence does"
            " not. They go together: moving one alone would move the model away from the letter."
            " A calibration moves them; draws of the prior do so already.",
            ("value", "prior", "why"),
            ((row, written(row.value), prior(row), beliefs[row.name].reason) for row in aside()),
        ),
        _table(
            "Values fitted by hand",
            f"{len(fitted)} values were moved by their makers until the model met a pattern or a"
            " figure, before there was a calibration. A check against these is no test.",
            ("value", "fitted"),
            ((row, written(row.value), row.fitted) for row in fitted),
        ),
        _table(
            "Ranges that were mended",
            f"{len(mended)} numbers had a range that the evidence contradicted, or that served as"
            " limits and as belief at once.",
            ("limits", "prior", "what was wrong"),
            ((row, limits(row), prior(row), beliefs[row.name].mended) for row in mended),
        ),
        _table(
            "All numbers",
            "`own bound`: nothing was read that gives a size; the bound is ours.",
            ("prior", "figures", "why"),
            ((row, prior(row), *_why(beliefs[row.name])) for row in BY_PARAMETER.values()),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def _why(belief: Belief) -> tuple[str, str]:
    return " ".join(f"`{key}`" for key in belief.figures) or "none", belief.reason


def _table(
    title: str, text: str, columns: tuple[str, ...], rows: Iterable[tuple[Parameter | str, ...]]
) -> str:
    lines = [
        f"## {title}",
        "",
        text,
        "",
        f"| parameter | {' | '.join(columns)} |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for row, *cells in rows:
        name = row.name if isinstance(row, Parameter) else row
        lines.append(f"| `{name}` | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)

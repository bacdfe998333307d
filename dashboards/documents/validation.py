"""The page `docs/validation.md`: verdicts before and now, what was mended, and what does not hold.

    veerkracht validate --csv FILE
    python -m dashboards.documents.validation FILE

keeps the report as the record of now and writes the page. `python -m dashboards.documents` writes
it from the records that are kept. What was mended is written by hand, in `validation_mended.md`.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from calibration.report import TITLES
from calibration.verdicts import NO, NO_TARGET, NOT_HELD, VERDICTS
from dashboards.documents.markdown import number
from model.errors import InputError

BEFORE = Path(__file__).with_name("validation_before.csv")
"""The record of the world before its mechanisms were mended; it stays."""

NOW = Path(__file__).with_name("validation_now.csv")
"""The record of the world as it is, of the newest report that was kept."""

MENDED = Path(__file__).with_name("validation_mended.md")
PAGE = Path(__file__).parents[2] / "docs" / "validation.md"

KEPT = (
    "key",
    "block",
    "statement",
    "low",
    "high",
    "model",
    "error",
    "seeds_held",
    "seeds_seen",
    "holds",
    "why",
    "reading",
    "scenario",
    "families",
    "years",
    "seeds",
    "digest",
)
"""Columns of a report that a record keeps; it keeps no figure without a target."""

type Row = Mapping[str, str]

_HEAD = """# Does the model look like the world?

Made by `veerkracht validate --csv FILE` and `python -m dashboards.documents.validation FILE`.
Before: {before}. Now: {now}.

A quantity holds when the whole 95% interval of its mean over the seeds lies within its bounds, and
does not when the whole interval lies outside; else it is too close to say. The error is of luck
only. A star marks a bound that is our reading, or a demand that no source makes. What was fed in
proves nothing by agreeing. Before is the world as it was before its mechanisms were mended, judged
in the same way."""

_JUDGED = ("fit", "check", "pattern", "stay", "still", "young")
_NOT_THERE = "no such row"


def record(report: Sequence[Row]) -> list[dict[str, str]]:
    """Return the rows and columns of a report that are kept.

    Raises InputError for a table that is no report.
    """
    missing = [column for column in KEPT if not report or column not in report[0]]
    if missing:
        raise InputError(
            f"This is no report: it has no {', '.join(missing)}. Give the file that"
            " `veerkracht validate --csv FILE` writes."
        )
    return [{name: row[name] for name in KEPT} for row in report if row["holds"] != NO_TARGET]


def page(now: Sequence[Row], before: Sequence[Row], mended: str) -> str:
    """Return the page as Markdown, from two records and the text on what was mended."""
    parts = [
        _HEAD.format(before=_ran(before[0]), now=_ran(now[0])),
        _counts(now, before),
        _moved(now, before),
        mended.strip(),
        _failing(now),
        *(_block(now, before, block) for block in _JUDGED),
    ]
    return "\n\n".join(parts) + "\n"


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a report or a record."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def current() -> str:
    """Return the page from the records that are kept."""
    return page(read(NOW), read(BEFORE), MENDED.read_text(encoding="utf-8"))


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(current(), encoding="utf-8")
    return PAGE


def keep(report: Sequence[Row]) -> None:
    """Keep a report as the record of now."""
    text = io.StringIO()
    writer = csv.DictWriter(text, KEPT, lineterminator="\n")
    writer.writeheader()
    writer.writerows(record(report))
    NOW.write_text(text.getvalue(), encoding="utf-8")


def _ran(row: Row) -> str:
    return (
        f"scenario {row['scenario']}, {row['families']} families, {row['years']} years, seeds"
        f" {row['seeds']}, digest of targets, split and priors `{row['digest']}`"
    )


def _counts(now: Sequence[Row], before: Sequence[Row]) -> str:
    """Return how many rows of every block came to what, before and now."""
    verdicts = [one for one in VERDICTS if one != NO_TARGET]
    lines = ["How many, before → now:", "", f"| block | {' | '.join(verdicts)} |"]
    lines.append(f"| --- |{' ---: |' * len(verdicts)}")
    for block in (*_JUDGED, "fed in"):
        old, new = (
            Counter(row["holds"] for row in rows if row["block"] == block) for rows in (before, now)
        )
        cells = [f"{old[one]} → {new[one]}" if old[one] or new[one] else "" for one in verdicts]
        lines.append(f"| {TITLES[block]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _moved(now: Sequence[Row], before: Sequence[Row]) -> str:
    """Return the quantities whose verdict is another now, and those that came or went."""
    old, new = ({row["key"]: row for row in rows} for rows in (before, now))
    keys = [
        key
        for key in dict.fromkeys((*new, *old))
        if key not in old or key not in new or old[key]["holds"] != new[key]["holds"]
    ]
    lines = ["## What another verdict is said of", ""]
    if not keys:
        return "\n".join([*lines, "Nothing: every quantity is judged as it was."])
    lines += ["| quantity | before | verdict before | now | verdict now |"]
    lines += ["| --- | ---: | --- | ---: | --- |"]
    for key in keys:
        cells = []
        for rows in (old, new):
            cells += [_mean(rows[key]), _verdict(rows[key])] if key in rows else ["", _NOT_THERE]
        what = new.get(key) or old[key]
        lines.append(f"| {_key(what)}: {what['statement']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _failing(now: Sequence[Row]) -> str:
    lines = ["## What does not hold now, and why", ""]
    lines += ["| quantity | wanted | mean | seeds | why |", "| --- | --- | ---: | --- | --- |"]
    lines += [
        f"| {_key(row)} | {_wanted(row)} | {_mean(row)} | {_seeds(row)} | {row['why']} |"
        for row in now
        if row["holds"] == NO
    ]
    return "\n".join(lines)


def _block(now: Sequence[Row], before: Sequence[Row], block: str) -> str:
    old = {row["key"]: row for row in before}
    lines = [f"## {TITLES[block]}", "", "| quantity | before | now | seeds | verdict now |"]
    lines += ["| --- | ---: | ---: | --- | --- |"]
    lines += [
        f"| {_key(row)}: {row['statement']}"
        f" | {_mean(old[row['key']]) if row['key'] in old else _NOT_THERE} | {_mean(row)}"
        f" | {_seeds(row)} | {row['holds']} |"
        for row in now
        if row["block"] == block
    ]
    return "\n".join(lines)


def _key(row: Row) -> str:
    return f"`{row['key']}`{'*' if row['reading'] else ''}"


def _verdict(row: Row) -> str:
    seeds = _seeds(row)
    return f"{row['holds']} ({seeds})" if seeds else row["holds"]


def _seeds(row: Row) -> str:
    if not row["seeds_seen"] or row["holds"] == NOT_HELD:
        return ""
    return f"{float(row['seeds_held']):.0f} of {float(row['seeds_seen']):.0f}"


def _mean(row: Row) -> str:
    error = f" ± {number(float(row['error']), 2)}" if row["error"] else ""
    return f"{_short(row['model'])}{error}"


def _wanted(row: Row) -> str:
    return f"{_short(row['low']) or 'any'} to {_short(row['high']) or 'any'}"


def _short(text: str) -> str:
    return number(float(text)) if text and text not in ("inf", "-inf") else ""


def main() -> None:
    """Keep the report that is named as the record of now, and write the page."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the command and one file
        sys.exit(
            "Name the report: python -m dashboards.documents.validation FILE, which"
            " `veerkracht validate --csv FILE` writes."
        )
    try:
        keep(read(Path(sys.argv[1])))
    except (InputError, OSError) as error:
        sys.exit(str(error))
    write()


if __name__ == "__main__":
    main()

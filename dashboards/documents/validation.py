"""The page `docs/validation.md`: verdicts before and after, from two reports in CSV.

    veerkracht validate --csv after.csv
    python -m dashboards.documents.validation after.csv

What was before (commit c2dc6c7, 4,000 families, 15 years, seeds 1 to 5 one by one) is kept in
`validation_before.csv`: key, statement, in how many seeds it did not hold, mean.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from calibration.report import TITLES
from calibration.verdicts import NO, VERDICTS

BEFORE = Path(__file__).with_name("validation_before.csv")
PAGE = Path(__file__).parents[2] / "docs" / "validation.md"

_HEAD = """# Does the model look like the world?

Made by `veerkracht validate --csv FILE` and `python -m dashboards.documents.validation FILE`:
{ran}. Digest of targets, split and priors: `{digest}`.

A quantity holds when the whole 95% interval of its mean over the seeds lies within its bounds, and
does not when the whole interval lies outside; else it is too close to say. The error is of luck
only. A star marks a bound that is our reading, or a demand that no source makes. What was fed in
proves nothing by agreeing."""

_BEFORE = """## What did not hold before

At commit c2dc6c7 each seed was judged by itself, without an error, and a quantity could stand in
several rows. These did not hold in one seed or more of 1 to 5 (4,000 families, 15 years); a
verdict hung on the seed in {flips} of {n}. The last column has the quantity as it is judged now."""

_NOW = {
    "P1a": "leaving_vo_eu11",
    "vsv.vo_eu11": "leaving_vo_eu11",
    "P1i": "advice_gap",
    "P5a": "permanent_after_3_years_agency",
    "P5b": "permanent_after_3_years_low_educated",
    "P9a": "leavers_of_18_or_older",
    "ctr.nl18.flex": "flexible_work_comparable",
    "ctr.pl18.flex": "flexible_work_poles",
    "hou.pl18_indep": "independent_home_poles",
    "tr.flex3.perm": "permanent_after_3_years_comparable",
    "tr.flex3.perm_low": "permanent_after_3_years_low_educated",
    "vve.reach_insp": "preschool_reach_comparable",
    "work.pl18_unemp": "unemployed_poles",
}
"""Under which key a quantity of before is judged now, where the key is another."""

_SEEDS = 5


def page(report: Sequence[Mapping[str, str]], before: Sequence[Mapping[str, str]]) -> str:
    """Return the page as Markdown, from the rows of a report and of what was before."""
    first = report[0]
    ran = (
        f"scenario {first['scenario']}, {first['families']} families, {first['years']} years,"
        f" seeds {first['seeds']}"
    )
    judged = {row["key"]: row for row in report}
    flips = sum(int(row["fails_in"]) < _SEEDS for row in before)
    lines = [_HEAD.format(ran=ran, digest=first["digest"]), "", *_counts(report), ""]
    lines += [_BEFORE.format(flips=flips, n=len(before)), ""]
    lines += ["| before | what | did not hold in | mean | now | verdict now |"]
    lines += ["| --- | --- | ---: | ---: | --- | --- |"]
    for row in before:
        key = _NOW.get(row["key"], row["key"])
        now = f"{judged[key]['holds']} ({_seeds(judged[key])})"
        cells = (row["key"], row["statement"], f"{row['fails_in']} of {_SEEDS}", row["mean"])
        lines.append(f"| {' | '.join((*cells, key, now))} |")
    lines += ["", "## What does not hold now, and why", ""]
    lines += ["| quantity | wanted | mean | error | seeds | why |"]
    lines += ["| --- | --- | ---: | ---: | --- | --- |"]
    lines += [
        f"| {_key(row)} | {_wanted(row)} | {_short(row['model'])} | {_short(row['error'])}"
        f" | {_seeds(row)} | {row['why']} |"
        for row in report
        if row["holds"] == NO
    ]
    for block in ("fit", "check", "pattern", "stay", "still", "young"):
        lines += ["", f"## {TITLES[block]}", "", "| quantity | mean | error | seeds | verdict |"]
        lines += ["| --- | ---: | ---: | --- | --- |"]
        lines += [
            f"| {_key(row)}: {row['statement']} | {_short(row['model'])} | {_short(row['error'])}"
            f" | {_seeds(row)} | {row['holds']} |"
            for row in report
            if row["block"] == block
        ]
    return "\n".join(lines) + "\n"


def _counts(report: Sequence[Mapping[str, str]]) -> list[str]:
    lines = [f"| block | {' | '.join(VERDICTS)} |", f"| --- |{' ---: |' * len(VERDICTS)}"]
    for block, title in TITLES.items():
        counted = Counter(row["holds"] for row in report if row["block"] == block)
        lines.append(f"| {title} | {' | '.join(str(counted[one] or '') for one in VERDICTS)} |")
    return lines


def _key(row: Mapping[str, str]) -> str:
    return f"`{row['key']}`{'*' if row['reading'] else ''}"


def _seeds(row: Mapping[str, str]) -> str:
    if not row["seeds_seen"]:
        return ""
    return f"{float(row['seeds_held']):.0f} of {float(row['seeds_seen']):.0f}"


def _wanted(row: Mapping[str, str]) -> str:
    return f"{_short(row['low']) or 'any'} to {_short(row['high']) or 'any'}"


def _short(text: str) -> str:
    return f"{float(text):.4g}" if text and text not in ("inf", "-inf") else ""


def main() -> None:
    """Write the page from the report that is named."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the command and one file
        sys.exit(
            "Name the report: python -m dashboards.documents.validation FILE, which"
            " `veerkracht validate --csv FILE` writes."
        )
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        report = list(csv.DictReader(file))
    with BEFORE.open(encoding="utf-8") as file:
        before = list(csv.DictReader(file))
    PAGE.write_text(page(report, before), encoding="utf-8")


if __name__ == "__main__":
    main()

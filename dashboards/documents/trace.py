"""The page on what was verified, and how, `docs/trace.md`; its numbers come from stored results.

The text stands in `trace_text.md`; `{name}` there is a number of RESULTS, read from what a command
left. Run `python -m dashboards.documents` after one of them was run anew.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from calibration.priors.beliefs import load_beliefs
from calibration.targets.figures import load_figures
from dashboards.documents.odd.rules import rules
from model.evidence.ledger import GRADES
from model.registry import BY_PARAMETER

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TEXT = Path(__file__).with_name("trace_text.md")
PAGE = DOCS / "trace.md"
NOW = Path(__file__).with_name("validation_now.csv")
EXAMPLES = ROOT / "tests" / "model" / "examples"


def page() -> str:
    """Return the whole page as Markdown. Raises KeyError for a number that nothing gives."""
    numbers = {name: result() for name, result in RESULTS.items()}
    return TEXT.read_text("utf-8").format(**numbers)


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def told(name: str, pattern: str) -> Callable[[], str]:
    """Return what finds a number in a page that a command made.

    Raises ValueError when the page does not say it any more.
    """

    def find() -> str:
        found = re.search(pattern, (DOCS / name).read_text("utf-8"), re.DOTALL)
        if found is None:
            message = (
                f"docs/{name} says nothing like {pattern!r}; mend dashboards/documents/trace.py"
            )
            raise ValueError(message)
        return " ".join(found[1].split())

    return find


def _known_answers() -> str:
    tables = [tomllib.loads(one.read_text("utf-8")) for one in sorted(EXAMPLES.glob("*.toml"))]
    return str(sum(len(rows) for table in tables for rows in table.values()))


def _grades() -> str:
    counted = Counter(row.grade for row in BY_PARAMETER.values())
    return ", ".join(f"{counted[grade]} {grade}" for grade in GRADES)


@cache
def _verdicts() -> Counter[tuple[str, str]]:
    with NOW.open(encoding="utf-8", newline="") as file:
        return Counter((row["block"], row["holds"]) for row in csv.DictReader(file))


def _of_block(*blocks: str) -> Callable[[], str]:
    def count() -> str:
        found: Counter[str] = Counter()
        for (block, verdict), n in _verdicts().items():
            if block in blocks:
                found[verdict] += n
        return ", ".join(f"{n} {verdict}" for verdict, n in sorted(found.items()))

    return count


def _nanoseconds() -> str:
    sizes = json.loads((DOCS / "benchmarks.json").read_text("utf-8"))["sizes"]
    return f"{max(one['ns'] for one in sizes):.0f}"


def _campaigns() -> str:
    text = (DOCS / "reliability.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \|[^|]+\| ([\d,]+) \| ([\d,]+) \| (\d+) \|", text, re.MULTILINE)
    if not rows:
        raise ValueError("docs/reliability.md has no table of campaigns")
    return "; ".join(f"{name} {cases} of {of}, {n} found" for name, cases, of, n in rows)


RESULTS: dict[str, Callable[[], str]] = {
    "rules": lambda: str(len(list(rules()))),
    "known_answers": _known_answers,
    "parameters": lambda: str(len(BY_PARAMETER)),
    "grades": _grades,
    "figures": lambda: str(len(load_figures())),
    "beliefs": lambda: str(len(load_beliefs())),
    "targets": told("targets.md", r"(\d+ targets: \d+ to fit, \d+ to check)"),
    "fit": _of_block("fit"),
    "check": _of_block("check"),
    "patterns": _of_block("pattern"),
    "stay": _of_block("stay"),
    "fed_in": _of_block("fed in"),
    "validated": told("validation.md", r"Now: (scenario [^.]*?), digest"),
    "standing": told("standing.md", r"\*\*(\d+ stand, \d+ move, \d+ are not judged)\.\*\*"),
    "lived": told("standing.md", r"(\d+ runs of [\d,]+ families, \d+ years)"),
    "sizes": told("sizes.md", r"(Of \d+ numbers \d+ lie farther apart; [\d.]+ would by chance)"),
    "edges": told("sweep.md", r"## Edges\n\n([^\n#]+?)\.?\n"),
    "words": told("words.md", r"(\d+ of \d+ words at all looks were wrong)"),
    "nanoseconds": _nanoseconds,
    "campaigns": _campaigns,
}
"""The numbers of the page, by their names in its text."""

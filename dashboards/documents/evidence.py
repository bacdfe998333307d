"""The page on evidence, `docs/evidence.md`: every parameter, its source, and who reads it.

Run `python -m dashboards.documents` after a change of parameters, rules or sources.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from calibration.readers import rules_reading
from calibration.sources import Source, load_sources
from calibration.targets.figures import load_figures
from dashboards.documents.markdown import number
from model.evidence.ledger import GRADE_MEANINGS, GRADES, Parameter
from model.registry import BY_PARAMETER

__all__ = ["page", "rules_reading", "write"]

INTRODUCTION = Path(__file__).with_name("evidence_introduction.md")
PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"

TITLES = {
    "population": "Population: who the families are, who comes, how they stand at the start",
    "network": "Network, schools and municipalities",
    "work": "Work",
    "rights": "Rights",
    "housing": "Housing",
    "stay": "Stay",
    "contact": "Contact",
    "language": "Dutch of parents",
    "early_years": "Early years",
    "school": "School",
    "care": "Care of children while parents work",
}


def page() -> str:
    """Return the whole page as Markdown."""
    by_submodel: dict[str, list[Parameter]] = {}
    for row in BY_PARAMETER.values():
        by_submodel.setdefault(row.name.split(".")[0], []).append(row)
    parts = [INTRODUCTION.read_text(encoding="utf-8").strip(), _numbers()]
    parts += [
        f"### {TITLES.get(name, name)}\n\n{of_submodel(rows)}" for name, rows in by_submodel.items()
    ]
    parts += [_sources(load_sources()), _figures()]
    return "\n\n".join(parts) + "\n"


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def _numbers() -> str:
    counted = Counter(row.grade for row in BY_PARAMETER.values())
    found = ", ".join(f"{counted[g]} {GRADE_MEANINGS[g]} ({g})" for g in GRADES if counted[g])
    return (
        "## Parameters\n\n"
        f"{len(BY_PARAMETER)} numbers: {found}. `limits` are hard: what a scenario may set."
        " `prior` is what is believed on the evidence, its law and its 5% and 95% points"
        " ([priors.md](priors.md) says why); `--draws prior` draws from it. `fitted` says to what a"
        " value was fitted, by hand where no calibration did it. The source is that of the value, a"
        " key of the list below; `read by` names rules and functions under `model/`."
    )


def of_submodel(rows: list[Parameter]) -> str:
    """Return the table of the numbers of a submodel."""
    readers = rules_reading()
    lines = [
        "| parameter | value | limits | prior | unit | grade | source | fitted | read by |",
        "|---|---:|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        by = ", ".join(f"`{reader}`" for reader in readers[row.field]) or "nothing yet"
        lines.append(
            f"| `{row.name}` | {number(row.value)} | {limits(row)} | {prior(row)} | {row.unit}"
            f" | {row.grade} | {row.source} | {row.fitted or 'no'} | {by} |"
        )
    return "\n".join(lines)


SMALLEST = 1e-4
"""A point of a prior that is nearer to 0 is written as 0."""


def limits(row: Parameter) -> str:
    """Return the hard limits of a number in words."""
    if row.low == row.high:
        return "one point"
    return f"{number(row.low)} to {number(row.high)}"


def prior(row: Parameter) -> str:
    """Return the law of a number's prior and its 5% and 95% points in words."""
    if not row.is_free:
        return "fixed"
    low, high = row.likely
    return f"{row.prior.law.replace('_', '-')}, {_point(low)} to {_point(high)}"


def _point(value: float) -> str:
    """Return a point of a prior: three digits that count."""
    return number(value, 3) if abs(value) >= SMALLEST else "0"


def _sources(sources: dict[str, Source]) -> str:
    lines = [
        "## Sources",
        "",
        "`read` says what was read of it. Without an address it was recalled, or is a choice.",
        "",
        "| key | source | year | kind | read |",
        "|---|---|---|---|---|",
    ]
    for source in sources.values():
        title = f"[{source.title}]({source.url})" if source.url else source.title
        lines.append(
            f"| {source.key} | {title}. {source.publisher} | {source.year} | {source.kind}"
            f" | {source.read} |"
        )
    return "\n".join(lines)


def _figures() -> str:
    counted = Counter(figure.grade for figure in load_figures().values())
    found = ", ".join(f"{counted[grade]} of grade {grade}" for grade in GRADES)
    return (
        "## Published figures\n\n"
        f"`calibration/targets/figures.csv` holds {sum(counted.values())} figures: {found}. Only"
        " those of grade A and B are evidence. [What the model is held to](targets.md) lists which"
        " of them are targets; `calibration/targets/without.csv` says for the others why not. Traps"
        " in definitions and bases stand in the notes."
    )

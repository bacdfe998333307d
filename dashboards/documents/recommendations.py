"""The page on the eleven recommendations, `docs/recommendations.md`.

Run `python -m dashboards.documents` after a change of levers, scenarios, the causal graph, or what
the texts say of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from calibration.sources import Source, load_sources
from dashboards.texts import texts
from model.calendar import month_text
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from model.evidence.graph import Arrow, Recommendation, arrows, recommendations
from model.policy.scenario import Scenario
from model.registry import LEVERS
from scenarios import load, names

PAGE = Path(__file__).parents[2] / "docs" / "recommendations.md"

STATUS = {
    "K": "cabinet",
    "W": "bill",
    "R": "researchers only",
    "N": "cabinet limits it",
}

INTRODUCTION = """# The eleven recommendations

What the letter to parliament of 13 May 2024 (Kamerstuk 29861 nr. 123) says on each of the
researchers' recommendations, what the cabinet answers, and where it is in the program. The text is
ours; the numbers behind it are lines of the letter. The page is made by
`python -m dashboards.documents` from the registry of levers, the scenarios, the sources, the causal
graph (`model/evidence/`) and the texts; a test holds that it is current.

Status of an instrument: K the cabinet does it or commits to it, W it is a bill, R only the
researchers suggest it, N the cabinet limits or declines it. Grades: A in the letter, B read on a
public page, C recalled, D assumed. An effect graded C or D is an assumption and no finding,
wherever it appears; most effects here are. Start months are those of the reform in the registry; a
scenario may set others. Numbers such as e36 name arrows of the [causal graph](causal_graph.md),
which has all of them."""


@cache
def page() -> str:
    """Return the whole page as Markdown."""
    parts = [INTRODUCTION]
    parts += [_recommendation(one) for one in recommendations()]
    return "\n\n".join(parts) + "\n"


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def _recommendation(one: Recommendation) -> str:
    number, said = one.number, texts("en").part(f"recommendation.{one.number}")
    return "\n\n".join(
        [
            f"## {number}. {said['title']}",
            f"**The letter** (lines {one.lines}). {said['letter']}",
            f"**The cabinet** (lines {one.answer_lines}). {said['answer']}",
            "**Levers**\n\n" + _levers(number),
            "**Scenarios**\n\n" + _scenarios(number),
            "**How it is thought to work**\n\n" + _paths(one.paths),
            "**What is known of it**\n\n" + _evidence(one.paths),
            f"**What the model leaves out.** {said['left_out']}",
        ]
    )


def _levers(number: int) -> str:
    words = texts("en")
    lines = [
        "| lever | label | status | base → reform | from | lines | grade of values | of effect |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for lever in LEVERS:
        if number in lever.recommendations:
            effect = lever.effect_grade + (" (assumption)" if lever.effect_grade in "CD" else "")
            base, reform = (written_value(lever, one) for one in (lever.base, lever.reform))
            lines.append(
                f"| `{lever.name}` | {words(f'lever.{lever.name}.label')}"
                f" | {lever.status}, {STATUS[lever.status]}"
                f" | {base} → {reform}, {lever.unit}"
                f" | {lever.start} | {lever.letter_lines} | {lever.grade} | {effect} |"
            )
    return "\n".join(lines)


def written_value(lever: Lever, value: float) -> str:
    """Return a value of a lever as people write it: a month, yes or no, a word, a number."""
    if lever.kind == "month":
        return month_text(value)
    if lever.kind == "boolean":
        return "yes" if value else "no"
    if lever.kind == "choice":
        return EXTRA_EDUCATION_TARGETS[int(value)]
    if lever.unit == "year" or value < 1000:  # noqa: PLR2004 - thousands get a comma
        return f"{value:g}"
    return f"{value:,.0f}"


def _scenarios(number: int) -> str:
    lines = []
    for name, scenario in _library().items():
        if number in scenario.recommendations:
            lines.append(
                f"- `{name}`, {scenario.title_en} ({scenario.status}): {scenario.caveat_en}"
            )
    return "\n".join(lines)


@cache
def _library() -> dict[str, Scenario]:
    return {name: load(name) for name in names()}


def _paths(paths: Sequence[Sequence[str]]) -> str:
    said = texts("en").part("arrow")
    return "\n".join(
        "- " + " ".join(f"{said[f'{name}.says'].rstrip('.')} ({name})." for name in path)
        for path in paths
    )


def _evidence(paths: Sequence[Sequence[str]]) -> str:
    used = sorted({name for path in paths for name in path})
    return "\n".join(
        ["| arrow | known | direction | size |", "|---|---|---|---|"]
        + [
            f"| {name} | {texts('en')(f'arrow.{name}.known')}{cited(arrows()[name])}"
            f" | {arrows()[name].sign} | {arrows()[name].size} |"
            for name in used
        ]
    )


@cache
def _sources() -> dict[str, Source]:
    return load_sources()


def cited(arrow: Arrow) -> str:
    """Return the sources of an arrow with their addresses, a space before; "" for none."""
    found = [_sources()[key] for key in arrow.sources]
    if not found:
        return ""
    return " " + ", ".join(f"[{one.key}]({one.url})" if one.url else one.key for one in found)

"""Lists: scenarios, levers, outcomes, parameters, and the month."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rich.table import Table

from dashboards.commands.listing import Entry, show
from dashboards.commands.terminal import Terminal

if TYPE_CHECKING:
    from dashboards.texts import Texts


def table(title: str, *columns: str) -> Table:
    """Return an empty table; the widest column wraps first, so that no other breaks its words."""
    made = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def scenarios(options: argparse.Namespace) -> int:
    """Print the scenarios with their question, recommendations and status."""
    from dashboards.texts import texts
    from scenarios import load, names

    t = texts(options.language)
    entries = []
    for one in map(load, names()):
        is_dutch = options.language == "nl"
        title, question = (
            (one.title_nl, one.question_nl) if is_dutch else (one.title_en, one.question_en)
        )
        letters = one.status.split("/") if one.status else ()
        standing = " ".join(t(f"status.{letter}.meaning") for letter in letters)
        numbers = ", ".join(map(str, one.recommendations))
        entries.append(
            Entry(
                name=one.id,
                title=title,
                lines=(
                    question,
                    f"{t('list.recommendation')} {numbers}. {standing}" if numbers else standing,
                ),
                values={
                    "name": one.id,
                    "title": title,
                    "question": question,
                    "recommendations": one.recommendations,
                    "status": one.status,
                },
            )
        )
    return show(options, entries)


def levers(options: argparse.Namespace) -> int:
    """Print the levers with range, base, reform value, status and grade."""
    from dashboards.texts import texts
    from dashboards.texts.phrases import DUTCH_UNITS
    from model.calendar import month_text
    from model.registry import LEVERS

    t = texts(options.language)
    entries = []
    for lever in LEVERS:
        if options.recommendation and options.recommendation not in lever.recommendations:
            continue
        written = month_text if lever.kind == "month" else "{:g}".format
        low, high, base, reform = map(written, (lever.low, lever.high, lever.base, lever.reform))
        label = t(f"lever.{lever.name}.label")
        numbers = ", ".join(map(str, lever.recommendations))
        standing = t(f"status.{lever.status}.label")
        unit = DUTCH_UNITS.get(lever.unit, lever.unit) if t.language == "nl" else lever.unit
        entries.append(
            Entry(
                name=lever.name,
                title=label,
                lines=(
                    t(f"lever.{lever.name}.meaning"),
                    t("list.lever", low=low, high=high, unit=unit, base=base, reform=reform)
                    + (_since(lever.start, t))
                    + ".",
                    t("list.standing", numbers=numbers, standing=standing, status=lever.status)
                    + (t("list.lines", lines=lever.letter_lines) if lever.letter_lines else "")
                    + t("list.grades", grade=lever.grade, effect=lever.effect_grade),
                ),
                values={
                    "name": lever.name,
                    "label": label,
                    "unit": lever.unit,
                    "low": low,
                    "high": high,
                    "base": base,
                    "reform": reform,
                    "start": lever.start,
                    "recommendations": lever.recommendations,
                    "status": lever.status,
                    "letter_lines": lever.letter_lines,
                    "grade": lever.grade,
                    "effect_grade": lever.effect_grade,
                },
            )
        )
    return show(options, entries)


def _since(start: str, t: Texts) -> str:
    if start == "reform_start":
        return t("list.with_bill")
    return t("list.from", month=start) if start else ""


def outcomes(options: argparse.Namespace) -> int:
    """Print the outcomes with meaning, unit, other names and the difference that matters."""
    from dashboards.texts import texts
    from dashboards.texts.numbers import limit, unit
    from model.outcomes.registry import OUTCOMES

    t = texts(options.language)
    entries = []
    for one in OUTCOMES:
        matters = limit(one.name, one.smallest.value, t) if one.smallest.value > 0 else ""
        label, meaning = (t(f"outcome.{one.name}.{kind}") for kind in ("label", "meaning"))
        entries.append(
            Entry(
                name=one.name,
                title=label,
                lines=(
                    meaning,
                    t("list.unit", unit=unit(one.name, t))
                    + (t("list.aliases", names=", ".join(one.aliases)) if one.aliases else ""),
                    t("list.matters", limit=matters, reason=one.smallest.reason) if matters else "",
                ),
                values={
                    "name": one.name,
                    "label": label,
                    "meaning": meaning,
                    "unit": one.unit,
                    "aliases": one.aliases,
                    "matters_from": one.smallest.value,
                    "reason": one.smallest.reason,
                },
            )
        )
    return show(options, entries, t("list.smaller"))


def parameters(options: argparse.Namespace) -> int:
    """Print the parameter ledger, with the rules that read each number."""
    from calibration.priors.meanings import meanings
    from dashboards.documents.evidence import limits, prior, rules_reading
    from model.evidence.ledger import GRADE_MEANINGS
    from model.registry import BY_PARAMETER

    reading, told = rules_reading(), meanings()
    entries = []
    for row in BY_PARAMETER.values():
        if options.grade and row.grade != options.grade:
            continue
        if options.submodel and not row.name.startswith(options.submodel + "."):
            continue
        readers = reading.get(row.field, ())
        source = f"source {row.source}." + (f" Fitted {row.fitted}." if row.fitted else "")
        entries.append(
            Entry(
                name=row.name,
                title=f"{row.value:g}  {row.unit}",
                lines=(
                    told[row.name],
                    f"Limits {limits(row)}; prior {prior(row)}. Grade {row.grade}, {source}",
                    f"Read by {', '.join(readers) or 'nothing yet'}.",
                ),
                values={
                    "name": row.name,
                    "meaning": told[row.name],
                    "value": row.value,
                    "unit": row.unit,
                    "low": row.low,
                    "high": row.high,
                    "prior": prior(row),
                    "grade": row.grade,
                    "source": row.source,
                    "fitted": row.fitted,
                    "read_by": readers,
                },
            )
        )
    grades = "; ".join(f"{grade} {text}" for grade, text in GRADE_MEANINGS.items())
    return show(options, entries, f"Grades: {grades}.")


def explain(_: argparse.Namespace) -> int:
    """Print the ordered steps of a month."""
    from model.run.schedule import MONTH

    made = table("A month in the life of a family", "step", "what happens", "rules")
    for k, step in enumerate(MONTH, 1):
        made.add_row(f"{k}. {step.name}", step.sentence, step.rules)
    Terminal().print(made)
    return 0

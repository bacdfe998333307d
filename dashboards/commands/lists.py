"""Lists: scenarios, levers, outcomes, parameters, and the month."""

from __future__ import annotations

import argparse

from rich.table import Table

from dashboards.commands.terminal import Terminal


def table(title: str, *columns: str) -> Table:
    """Return an empty table; the first column does not wrap."""
    made = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    for k, column in enumerate(columns):
        made.add_column(column, no_wrap=k == 0, overflow="fold")
    return made


def scenarios(options: argparse.Namespace) -> int:
    """Print the scenarios with their question, recommendations and status."""
    from scenarios import load, names

    made = table("Scenarios", "name", "title", "rec.", "status", "question")
    for name in names():
        one = load(name)
        title, question = (
            (one.title_nl, one.question_nl)
            if options.language == "nl"
            else (one.title_en, one.question_en)
        )
        recommendations = ", ".join(map(str, one.recommendations))
        made.add_row(name, title, recommendations, one.status, question)
    console = Terminal()
    console.print(made)
    console.print(
        "Status in the letter: K cabinet, W bill, R researchers only, N limited or declined."
    )
    return 0


def levers(options: argparse.Namespace) -> int:
    """Print the levers with range, base, reform value, status and grade."""
    from dashboards.texts import texts
    from model.calendar import month_text
    from model.registry import LEVERS

    made = table(
        "Levers",
        "name",
        "label",
        "unit",
        "range",
        "base",
        "reform",
        "from",
        "rec.",
        "status",
        "lines",
        "grade",
    )
    words = texts(options.language)
    for lever in LEVERS:
        if options.recommendation and options.recommendation not in lever.recommendations:
            continue
        show = month_text if lever.kind == "month" else "{:g}".format
        made.add_row(
            lever.name,
            words(f"lever.{lever.name}.label"),
            lever.unit,
            f"{show(lever.low)} to {show(lever.high)}",
            show(lever.base),
            show(lever.reform),
            lever.start,
            ", ".join(map(str, lever.recommendations)),
            lever.status,
            lever.letter_lines,
            f"{lever.grade}; effect {lever.effect_grade}",
        )
    Terminal().print(made)
    return 0


def outcomes(_: argparse.Namespace) -> int:
    """Print the outcomes with their unit, other names and the smallest difference that matters."""
    from dashboards.texts import texts
    from dashboards.texts.numbers import limit, unit
    from model.outcomes.registry import OUTCOMES

    t, console = texts("en"), Terminal()
    for one in OUTCOMES:
        others = f" (or {', '.join(one.aliases)})" if one.aliases else ""
        console.print(f"{one.name}{others}")
        told = f"  {t(f'outcome.{one.name}.label')}, {unit(one.name, t)}."
        if one.smallest.value > 0:
            matters = limit(one.name, one.smallest.value, t)
            told += f" Matters from {matters}: {one.smallest.reason}."
        console.print(told)
    console.print(
        "A difference smaller than what matters is called about the same. All of these limits are"
        " choices (grade D)."
    )
    return 0


def parameters(options: argparse.Namespace) -> int:
    """Print the parameter ledger, with the rules that read each number."""
    from dashboards.documents.evidence import limits, prior, rules_reading
    from model.evidence.ledger import GRADE_MEANINGS
    from model.registry import BY_PARAMETER

    reading = rules_reading()
    columns = ("name", "value", "unit", "limits", "prior", "grade", "source", "fitted", "read by")
    made = table("Parameters", *columns)
    for row in BY_PARAMETER.values():
        if options.grade and row.grade != options.grade:
            continue
        if options.submodel and not row.name.startswith(options.submodel + "."):
            continue
        made.add_row(
            row.name,
            f"{row.value:g}",
            row.unit,
            limits(row),
            prior(row),
            row.grade,
            row.source,
            row.fitted or "no",
            ", ".join(reading.get(row.field, ())),
        )
    console = Terminal()
    console.print(made)
    console.print(
        "Grades: " + "; ".join(f"{grade} {text}" for grade, text in GRADE_MEANINGS.items())
    )
    return 0


def explain(_: argparse.Namespace) -> int:
    """Print the ordered steps of a month."""
    from model.run.schedule import MONTH

    made = table("A month in the life of a family", "step", "what happens", "rules")
    for k, step in enumerate(MONTH, 1):
        made.add_row(f"{k}. {step.name}", step.sentence, step.rules)
    Terminal().print(made)
    return 0

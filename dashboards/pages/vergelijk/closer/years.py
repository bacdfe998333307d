"""What is compared, school year by school year: the levels together, a difference for each plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.figures import years
from dashboards.figures.scales import SCALES
from dashboards.pages.charts import axis, blank, start
from dashboards.pages.plans.titles import called
from dashboards.pages.vergelijk.closer import grid
from dashboards.pages.vergelijk.state import PLACES, Choice
from dashboards.service.answering import FIRST
from dashboards.service.prepared import question
from dashboards.texts import Texts
from dashboards.texts.numbers import MISSING, level, on_scale, unit
from model.outcomes.registry import BY_OUTCOME
from scenarios.asking.paired_sums import PairedSums

Row = dict[str, Any]
Drawn = dict[str, years.Charts]


def drawn(choice: Choice, answers: Mapping[str, PairedSums | None]) -> Drawn:
    """Return the charts of each plan that has an answer."""
    return {
        name: years.charts(sums, choice.outcome, FIRST)
        for name in choice.compared
        if (sums := answers.get(name)) is not None
    }


def levels(choice: Choice, found: Drawn, t: Texts) -> Row:
    """Return the chart of levels: today's policy, every plan, and comparable Dutch children."""
    outcome = choice.outcome
    title = t("chart.levels", what=t(f"told.{outcome}.what"))
    made = blank("levels", t, title, unit(outcome, t))
    if not found:
        return made
    first = next(iter(found.values()))
    lines = [
        ("base", t("chart.base"), first.base),
        ("comparable", t("chart.comparable"), first.comparable),
    ]
    lines += [
        (role, t(f"compare.years.{role}"), found[name].alternative)
        for role, name in _roles(choice)
        if name in found
    ]
    highest = max((one.levels for one in found.values()), key=lambda one: one.high - one.low)
    return made | {
        "lines": [
            {"role": role, "label": label, "values": values} for role, label, values in lines
        ],
        "years": first.years,
        **axis(highest, BY_OUTCOME[outcome].measure.is_share, t, signed=False),
        "caption": "",
    }


def differences(choice: Choice, found: Drawn, scenarios: grid.Scenarios, t: Texts) -> list[Row]:
    """Return a chart of the difference for each plan, all on one axis."""
    if not found:
        return []
    widest = max((one.differences for one in found.values()), key=lambda one: one.high)
    made = []
    for role, name in _roles(choice):
        if name not in found:
            continue
        one = found[name]
        head = blank(
            f"differences-{role}",
            t,
            t(
                "compare.years.plan",
                role=t(f"compare.years.{role}"),
                plan=called(name, scenarios[name], t),
            ),
            t(f"told.{choice.outcome}.unit"),
        )
        made.append(
            head
            | {
                "lines": [{"role": role, "label": t("chart.difference"), "values": one.difference}],
                "band": [one.low, one.high],
                "years": one.years,
                **axis(widest, False, t, signed=True),
                "mark": start(question(scenarios, name), one.years, t),
                "ends": [t("chart.more"), t("chart.less")],
            }
        )
    return made


def table(
    choice: Choice,
    answers: Mapping[str, PairedSums | None],
    scenarios: grid.Scenarios,
    t: Texts,
) -> Row:
    """Return the numbers of the charts: levels today, and the difference of each plan."""
    outcome, many = choice.outcome, SCALES[choice.outcome].many
    there = {name: one for name in choice.compared if (one := answers.get(name)) is not None}
    title = t("compare.years.table", what=t(f"told.{outcome}.what"))
    plans = grid.titles(there, scenarios, t)
    columns = [t("compare.years.year"), t("chart.base"), t("chart.comparable"), *plans]
    made = grid.table("years", title, columns, t)
    if not there:
        return made | {"told": t("compare.ranked.waiting")}
    by_year = {name: sums.by_year(outcome) for name, sums in there.items()}
    first = next(iter(by_year.values()))
    for k, year in enumerate(next(iter(there.values())).school_years):
        cells = [
            grid.plain(level(outcome, float(first.levels[population, 0, k]), t))
            for population in (years.EU11, years.COMPARABLE)
        ]
        for found in by_year.values():
            ends = (float(found.difference[k]), float(found.low[k]), float(found.high[k]))
            number, low, high = on_scale(ends, many, t)
            span = "" if MISSING in (low, high) else t("look.between", low=low, high=high)
            cells.append(grid.plain(number, span))
        if any(cell["number"] != MISSING for cell in cells):
            made["rows"].append(grid.row(year, year, cells))
    made["legend"] = t("compare.years.legend", unit=t(f"told.{outcome}.unit"))
    return made


def _roles(choice: Choice) -> list[tuple[str, str]]:
    """Return the roles in which plans are drawn, with the plan of each."""
    return list(zip(PLACES, choice.compared, strict=False))

"""What Vergelijk shows, as plain values: made from a choice, answers and texts, no state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import combinations
from typing import Any

from dashboards.figures import dots
from dashboards.figures.alone import compared
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages import told
from dashboards.pages.places import way_to_lives, way_to_verken, way_to_zekerheid
from dashboards.pages.plans import own
from dashboards.pages.plans.titles import called
from dashboards.pages.vergelijk.state import NOBODY, PLACES, START, Choice
from dashboards.pages.words import title
from dashboards.service.prepared import TODAY, question
from dashboards.texts import Texts, look_words
from dashboards.texts.numbers import level, span, unit
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.statistics.answer import GAP
from scenarios.statistics.words import Look

Answers = Mapping[str, PairedSums | None]
"""What there is of each scenario by name; None where it could not be worked out."""

Scenarios = Mapping[str, Scenario]
Row = dict[str, Any]


def question_row(choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return the places at which a scenario can be chosen."""
    options = [
        {"value": name, "label": called(name, scenarios[name], t)}
        for name in scenarios
        if name != TODAY
    ]
    nobody = {"value": NOBODY, "label": t("compare.nobody")}
    return {
        "words": t.part("question"),
        "lead": {
            "before": t("compare.chooser.today"),
            "name": title(scenarios[TODAY], t),
            "after": t("compare.chooser.beside"),
        },
        "fields": [
            {
                "name": place,
                "label": t(f"compare.place.{place}"),
                "value": getattr(choice, place),
                "options": options if place == PLACES[0] else [nobody, *options],
                "quiet": True,
                "takes_own": True,
            }
            for place in PLACES
        ],
    }


def table(choice: Choice, answers: Answers, scenarios: Scenarios, t: Texts) -> Row:
    """Return the table of outcomes and scenarios, each cell with its number, range and strip."""
    return {
        "words": t.part("compare.table") | {"sure": t("certainty.way")},
        "columns": [
            {
                "name": name,
                "title": called(name, scenarios[name], t),
                "n": _n(answers.get(name)),
                "way": way_to_verken(name, choice.outcome, choice, START),
                "lives": way_to_lives(name, choice, START),
                "data": [
                    {
                        "what": t(f"told.{one}.what"),
                        "address": f"data/{question(scenarios, name).key}/{one}.csv",
                    }
                    for one in OUTCOMES
                ],
            }
            for name in choice.compared
        ],
        "rows": [
            {
                "name": outcome,
                "what": t(f"told.{outcome}.what"),
                "unit": t(f"told.{outcome}.unit"),
                "cells": [_cell(choice, answers, name, outcome, t) for name in choice.compared],
            }
            for outcome in OUTCOMES
        ],
        "chosen": choice.outcome,
        "basis": _basis(choice, answers, t),
    }


def picture(table: Row, differ: Row, t: Texts) -> str:
    """Return the table of outcomes and scenarios as one picture (SVG), with what they change."""
    changes = [
        f"{plan['title']}: {' '.join(one['text'] for one in plan['settings'])}"
        for plan in differ["plans"]
    ]
    return compared.svg(
        table["words"]["title"],
        table["basis"],
        columns=[one["title"] for one in table["columns"]],
        rows=[(one["what"], one["unit"], one["cells"]) for one in table["rows"]],
        foot=[t("compare.picture"), f"{t('compare.differs.title')}.", *changes],
    )


def differ(choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return what each scenario sets elsewhere than today's policy."""
    return {
        "words": t.part("compare.differs"),
        "plans": [
            {
                "name": name,
                "title": called(name, scenarios[name], t),
                "settings": [
                    asdict(one) for one in told.settings(scenarios[TODAY], scenarios[name], t)
                ],
            }
            for name in choice.compared
        ],
    }


def _n(sums: PairedSums | None) -> int:
    return 0 if sums is None else sums.n


def _basis(choice: Choice, answers: Answers, t: Texts) -> str:
    found = [sums for name in choice.compared if (sums := answers.get(name)) is not None]
    if not found:
        return ""
    size = t("page.size", n=str(min(sums.n for sums in found)), families=t.number(500))
    return f"{t('page.basis', years=span(found[0].counted, t))} {size}."


def _cell(choice: Choice, answers: Answers, name: str, outcome: str, t: Texts) -> Row:
    sums = answers.get(name)
    way = _way_to_zekerheid(name, outcome, choice)
    if sums is None:
        waits = t("letter.fault" if name in answers else "letter.waiting")
        row = {"number": waits, "range": "", "word": "", "word_name": "", "strip": None}
        return row | {"way": way}
    look = sums.look(outcome)
    said = look_words.told(look, SCALES[outcome].many, t)
    strip = dots.strip(look, sums.look(outcome, GAP).answer)
    return {
        "number": said.number,
        "range": said.range,
        "word": said.word,
        "word_name": look.word,
        "way": way,
        "strip": None if strip is None else asdict(strip),
    }


def _way_to_zekerheid(name: str, outcome: str, choice: Choice) -> str:
    """Return the way to what an outcome rests on; a plan of one's own leads to what it is built on.

    '' when it is built on today's policy alone, or is that.
    """
    plan, is_own = own.lived_beforehand(name)
    return way_to_zekerheid(plan, outcome, choice, START, is_changed=is_own) if plan else ""


def ranked(choice: Choice, answers: Answers, scenarios: Scenarios, t: Texts) -> Row:
    """Return the scenarios by their level of the chosen outcome, and every pair of them."""
    there = {name: sums for name in choice.compared if (sums := answers.get(name)) is not None}
    row: Row = {
        "words": t.part("compare.ranked"),
        "title": t("compare.ranked_title", what=t(f"told.{choice.outcome}.what")),
        "unit": unit(choice.outcome, t),
        "apart": t(f"told.{choice.outcome}.unit"),
        "order": [],
        "pairs": [],
    }
    if len(there) < len(choice.compared):
        return row
    looks = {name: sums.look(choice.outcome) for name, sums in there.items()}
    if any(look.word in {"hidden", "nobody"} for look in looks.values()):
        return row | {"title": f"{row['title']}: {t('look.hidden')}"}
    names = {name: called(name, scenarios[name], t) for name in (TODAY, *there)}
    levels = {name: look.answer.level for name, look in looks.items()}
    levels[TODAY] = next(iter(looks.values())).answer.level_base
    return row | {
        "order": [
            {"title": names[name], "level": level(choice.outcome, levels[name], t)}
            for name in sorted(levels, key=lambda name: levels[name])
        ],
        "pairs": [
            _pair(one, other, look, names, choice, t)
            for one, other, look in _pairs(there, looks, choice.outcome)
        ],
    }


def _pairs(
    there: Mapping[str, PairedSums], looks: Mapping[str, Look], outcome: str
) -> list[tuple[str, str, Look]]:
    """Return every pair, and how the second differs from the first; today's policy comes first."""
    beside = [(TODAY, name, look) for name, look in looks.items()]
    between = [
        (one, other, there[other].against(there[one]).look(outcome))
        for one, other in combinations(there, 2)
    ]
    return [*beside, *between]


def _pair(
    one: str, other: str, look: Look, names: Mapping[str, str], choice: Choice, t: Texts
) -> Row:
    said = look_words.told(look, SCALES[choice.outcome].many, t)
    ways = {plan: _way_to_zekerheid(plan, choice.outcome, choice) for plan in (one, other)}
    return {
        "one": names[one],
        "other": names[other],
        "ways": [
            {
                "label": t("certainty.way")
                if one == TODAY
                else t("compare.pair_way", plan=names[plan]),
                "address": way,
            }
            for plan, way in ways.items()
            if way
        ],
        "number": said.number,
        "range": said.range,
        "word": t("compare.alike") if look.word in {"unsure", "none"} else said.word,
        "word_name": look.word,
    }

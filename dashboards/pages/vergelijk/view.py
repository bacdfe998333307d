"""What Vergelijk shows, as plain values: made from a choice, answers and texts, no state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import combinations
from typing import Any

from dashboards.figures import dots
from dashboards.figures.alone import compared
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages import own, told
from dashboards.pages.places import way_to_lives, way_to_verken, way_to_zekerheid
from dashboards.pages.vergelijk.given import Refused
from dashboards.pages.vergelijk.state import NOBODY, PLACES, START, Choice
from dashboards.pages.words import title
from dashboards.service.prepared import TODAY, question
from dashboards.texts import Texts, look_words
from dashboards.texts.numbers import level, span, unit
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.files.load import SUFFIX
from scenarios.statistics.answer import GAP
from scenarios.statistics.words import Look

Answers = Mapping[str, PairedSums | None]
"""What there is of each scenario by name; None where it could not be worked out."""

Scenarios = Mapping[str, Scenario]
Row = dict[str, Any]


def chooser(choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return the places at which a scenario can be chosen, and the plans of one's own."""
    options = [
        {"value": name, "label": own.called(name, scenarios[name], t)}
        for name in scenarios
        if name != TODAY
    ]
    nobody = {"value": NOBODY, "label": t("compare.nobody")}
    return {
        "words": t.part("compare.chooser"),
        "today": title(scenarios[TODAY], t),
        "places": [
            {
                "name": place,
                "label": t(f"compare.place.{place}"),
                "value": getattr(choice, place),
                "options": options if place == PLACES[0] else [nobody, *options],
            }
            for place in PLACES
        ],
        "own": [
            {
                "value": name,
                "title": title(scenarios[name], t),
                "file": f"{scenarios[name].id}{SUFFIX}",
                "text": own.text_of(name) or "",
            }
            for name in choice.compared
            if own.is_own(name)
        ],
        "most": own.MOST_SIGNS,
    }


def refused(found: Refused, t: Texts) -> Row:
    """Return what is wrong with a file that was handed over; nothing when all is well."""
    n = str(len(found.mistakes))
    return {
        "words": t.part("compare.refused"),
        "title": t("compare.refused_title", file=found.file, n=n) if found.mistakes else "",
        "items": list(found.mistakes),
    }


def table(choice: Choice, answers: Answers, scenarios: Scenarios, t: Texts) -> Row:
    """Return the table of outcomes and scenarios, each cell with its number, range and strip."""
    return {
        "words": t.part("compare.table") | {"sure": t("certainty.way")},
        "columns": [
            {
                "name": name,
                "title": own.called(name, scenarios[name], t),
                "n": _n(answers.get(name)),
                # The board of Verken begins from shipped scenarios.
                "way": ""
                if own.is_own(name)
                else way_to_verken(name, choice.outcome, choice, START),
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
                "title": own.called(name, scenarios[name], t),
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
    # What a plan of one's own hangs on was not lived beforehand.
    way = "" if own.is_own(name) else way_to_zekerheid(name, outcome, choice, START)
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
    names = {name: own.called(name, scenarios[name], t) for name in (TODAY, *there)}
    levels = {name: look.answer.level for name, look in looks.items()}
    levels[TODAY] = next(iter(looks.values())).answer.level_base
    return row | {
        "order": [
            {"title": names[name], "level": level(choice.outcome, levels[name], t)}
            for name in sorted(levels, key=lambda name: levels[name])
        ],
        "pairs": [
            _pair(names[one], names[other], look, choice, t)
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


def _pair(one: str, other: str, look: Look, choice: Choice, t: Texts) -> Row:
    said = look_words.told(look, SCALES[choice.outcome].many, t)
    return {
        "one": one,
        "other": other,
        "number": said.number,
        "range": said.range,
        "word": t("compare.alike") if look.word in {"unsure", "none"} else said.word,
        "word_name": look.word,
    }

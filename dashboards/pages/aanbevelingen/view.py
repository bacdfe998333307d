"""What Aanbevelingen shows, as plain values: made from a choice, answers and texts, no state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dashboards.documents.causal_graph import numbers_of
from dashboards.figures import causal_graph, dots
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages.aanbevelingen.state import START, Choice
from dashboards.pages.places import way_to_verken, way_to_zekerheid
from dashboards.pages.words import marks, title
from dashboards.texts import Texts, look_words
from dashboards.texts.numbers import span
from model.evidence.graph import Arrow, Recommendation, arrows, recommendations, stations
from model.policy.scenario import Scenario
from model.registry import LEVERS
from scenarios.asking.paired_sums import PairedSums
from scenarios.statistics.answer import GAP

ASSUMED = frozenset("CD")
"""Grades of a size that nobody measured or looked up."""

Answers = Mapping[str, PairedSums | None]
"""What there is of each scenario by name; None where it could not be worked out."""

Row = dict[str, Any]


def chosen(choice: Choice) -> Recommendation:
    """Return the recommendation that is read."""
    return recommendations()[choice.number - 1]


def listed(choice: Choice, answers: Answers, scenarios: Mapping[str, Scenario], t: Texts) -> Row:
    """Return the list of the eleven, each with what its scenario does to the chosen outcome."""
    many = SCALES[choice.outcome].many
    return {
        "words": t.part("letter.list") | {"sure": t("certainty.way")},
        "number": choice.number,
        "outcome": choice.outcome,
        "outcomes": [{"name": one, "what": t(f"told.{one}.what")} for one in OUTCOMES],
        "unit": t(f"told.{choice.outcome}.unit"),
        "rows": [_row(one, choice, answers, scenarios, many, t) for one in recommendations()],
        "basis": _basis(answers, t),
    }


def _basis(answers: Answers, t: Texts) -> str:
    first = next((sums for sums in answers.values() if sums is not None), None)
    return "" if first is None else t("page.basis", years=span(first.counted, t))


def _row(
    one: Recommendation,
    choice: Choice,
    answers: Answers,
    scenarios: Mapping[str, Scenario],
    many: int,
    t: Texts,
) -> Row:
    row = {
        "number": one.number,
        "title": t(f"recommendation.{one.number}.title"),
        "scenario": title(scenarios[one.scenario], t),
        "marks": _standings(one, t),
        "told": _until(one, answers, t),
        "range": "",
        "word": "",
        "word_name": "",
        "n": 0,
        "strip": None,
        "way": way_to_zekerheid(one.scenario, choice.outcome, choice, START),
    }
    sums = answers.get(one.scenario)
    if sums is None:
        return row
    look = sums.look(choice.outcome)
    said = look_words.told(look, many, t)
    strip = dots.strip(look, sums.look(choice.outcome, GAP).answer)
    return row | {
        "told": said.number,
        "range": said.range,
        "word": said.word,
        "word_name": look.word,
        "n": sums.n,
        "strip": None if strip is None else asdict(strip),
    }


def _until(one: Recommendation, answers: Answers, t: Texts) -> str:
    """Return what stands where there is no answer (yet)."""
    return t("letter.fault" if one.scenario in answers else "letter.waiting")


def _standings(one: Recommendation, t: Texts) -> list[Row]:
    """Return how the instruments of a recommendation stand in the letter, each once."""
    found = {lever.status: lever for lever in LEVERS if one.number in lever.recommendations}
    rows = [mark for lever in found.values() for mark in marks(lever, t)]
    return [row for row in rows if row["kind"] == "status"]


def told(choice: Choice, answers: Answers, scenarios: Mapping[str, Scenario], t: Texts) -> Row:
    """Return what there is to read of the recommendation that was chosen."""
    one = chosen(choice)
    sums = answers.get(one.scenario)
    scenario = scenarios[one.scenario]
    sentence = _until(one, answers, t)
    if sums is not None:
        look = sums.look(choice.outcome)
        sentence = look_words.told(look, SCALES[choice.outcome].many, t).sentence
    return {
        "words": t.part("letter.part")
        | {"graph": t("letter.graph.title"), "graph_text": t("letter.graph.text")}
        | {"sure": t("certainty.way")},
        "number": one.number,
        "title": t(f"recommendation.{one.number}.title"),
        "letter": t(f"recommendation.{one.number}.letter"),
        "answer": t(f"recommendation.{one.number}.answer"),
        "left_out": t(f"recommendation.{one.number}.left_out"),
        "lines": t("letter.lines", lines=one.lines),
        "answer_lines": t("letter.lines", lines=one.answer_lines),
        "scenario": title(scenario, t),
        "caution": scenario.caveat_en if t.language == "en" else scenario.caveat_nl,
        "sentence": sentence,
        "size": "" if sums is None else t("letter.size", n=str(sums.n)),
        "levers": _levers(one, scenario, t),
        "paths": [_path(path, t) for path in one.paths],
        "graph": causal_graph.picture(t, on={name for path in one.paths for name in path}),
        "gaps": _gaps(one, t),
        "sure": way_to_zekerheid(one.scenario, choice.outcome, choice, START),
        "address": way_to_verken(one.scenario, choice.outcome, choice, START),
    }


def _levers(one: Recommendation, scenario: Scenario, t: Texts) -> list[Row]:
    """Return the levers of a recommendation, with what its scenario makes of them."""
    values = {change.lever: change.value for change in scenario.levers}
    return [
        {
            "label": t(f"lever.{lever.name}.label"),
            "before": t.lever_value(lever, lever.base),
            "after": t.lever_value(lever, values.get(lever.name, lever.base)),
            "moved": values.get(lever.name, lever.base) != lever.base,
            "marks": marks(lever, t),
        }
        for lever in LEVERS
        if one.number in lever.recommendations
    ]


def _path(path: Sequence[str], t: Texts) -> Row:
    found = [arrows()[name] for name in path]
    return {
        "stations": [t(f"node.{one}") for one in stations(path)],
        "arrows": [
            {
                "name": one.name,
                "says": t(f"arrow.{one.name}.says"),
                "known": t(f"arrow.{one.name}.known"),
                "grade": one.size,
                "size": t(f"letter.size_grade.{one.size}"),
                "line": _line(one),
                **_numbers(one, t),
            }
            for one in found
        ],
    }


def _numbers(arrow: Arrow, t: Texts) -> Row:
    """Return how many numbers carry an arrow out, and how many of them were set on figures."""
    numbers = numbers_of()[arrow.name]
    placed = sum(bool(row.fitted) for row in numbers)
    kind = "none" if not numbers else "fitted" if placed else "assumed"
    return {
        "is_fitted": bool(placed),
        "basis": t(f"letter.basis.{kind}"),
        "numbers": t(f"letter.numbers.{kind}", n=str(len(numbers)), placed=str(placed)),
    }


def _line(arrow: Arrow) -> str:
    """Return how an arrow is drawn: by how well its size is known."""
    return {"C": "dashed", "D": "dotted"}.get(arrow.size, "solid")


def _gaps(one: Recommendation, t: Texts) -> list[str]:
    """Return what the arrows say whose size is assumed, each once."""
    names = dict.fromkeys(name for path in one.paths for name in path)
    return [t(f"arrow.{name}.says") for name in names if arrows()[name].size in ASSUMED]

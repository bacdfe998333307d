"""What an outcome rests on, as plain values: three sentences, and a bar for each kind of number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from calibration.grades.found import Kept, Range
from calibration.grades.sets import EVERY, LUCK
from calibration.priors.meanings import meanings
from dashboards.figures import dots
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.pages.words import title
from dashboards.pages.zekerheid.dutch import translated
from dashboards.pages.zekerheid.state import Choice
from dashboards.service.prepared import TODAY
from dashboards.texts import Texts, look_words
from dashboards.texts.numbers import MISSING, on_scale
from model.policy.scenario import Scenario
from model.registry import BY_PARAMETER, LEVERS
from scenarios.asking.paired_sums import PairedSums
from scenarios.authoring.differences import changes
from scenarios.format.draws_file import about_draws
from scenarios.runs import parameter_samples

GRADED = ("AB", "C", "D")

Row = dict[str, Any]
Scenarios = Mapping[str, Scenario]


def question_row(choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return what the page can be about."""
    plans = [
        {"value": name, "label": title(one, t)} for name, one in scenarios.items() if name != TODAY
    ]
    outcomes = [{"value": one, "label": t(f"told.{one}.what")} for one in OUTCOMES]
    return {
        "words": t.part("question"),
        "fields": [
            {"name": name, "label": t(f"certainty.ask.{name}"), "value": value, "options": options}
            for name, value, options in (
                ("scenario", choice.scenario, plans),
                ("outcome", choice.outcome, outcomes),
            )
        ],
    }


def sure(
    choice: Choice, sums: PairedSums | None, has_failed: bool, scenarios: Scenarios, t: Texts
) -> Row:
    """Return the headline as the other pages tell it; `sums` are there once it is answered."""
    waits = t("letter.fault" if has_failed else "letter.waiting")
    row: Row = {
        "headline": headline(choice, scenarios, t),
        "changed": t("certainty.changed") if choice.is_changed else "",
        "sentence": waits,
        "word": "",
        "n": 0,
    }
    if sums is None:
        return row
    look = sums.look(choice.outcome)
    said = look_words.told(look, SCALES[choice.outcome].many, t)
    return row | {"sentence": said.sentence, "word": look.word, "n": sums.n}


def headline(choice: Choice, scenarios: Scenarios, t: Texts) -> str:
    """Return what the page is about."""
    return t(
        "certainty.headline",
        plan=title(scenarios[choice.scenario], t),
        today=title(scenarios[TODAY], t),
        what=t(f"told.{choice.outcome}.what"),
    )


def three(choice: Choice, kept: Kept, scenarios: Scenarios, t: Texts) -> Row:
    """Return the three sentences: what is calibrated, what is assumed, what would turn it."""
    return {
        "title": t("certainty.three.title"),
        "items": [
            {"name": name, "label": t(f"certainty.three.{name}"), "text": text}
            for name, text in (
                ("calibrated", calibrated(t)),
                ("assumed", assumed(scenarios[TODAY], scenarios[choice.scenario], t)),
                ("turns", turns(kept.ranges_of(choice.scenario, choice.outcome), t)),
            )
        ],
    }


def calibrated(t: Texts) -> str:
    """Return what was laid on figures: by a posterior where one is shipped, else level by level."""
    n = str(len(BY_PARAMETER))
    if not parameter_samples.POSTERIOR.exists():
        placed = sum(bool(row.fitted) for row in BY_PARAMETER.values())
        return t("certainty.three.levels", n=n, set=str(placed))
    about = about_draws(parameter_samples.POSTERIOR)
    told = t("certainty.three.posterior", n=n, fitted=str(len(about["fitted"])))
    return f"{told} {t('certainty.three.restricted')}" if about["restricted"] else told


def assumed(base: Scenario, scenario: Scenario, t: Texts) -> str:
    """Return how much is assumed: of the model's numbers, and of how what the plan moves works."""
    free = [row for row in BY_PARAMETER.values() if row.is_free]
    told = t(
        "certainty.three.unknown_numbers",
        free=str(len(free)),
        assumed=str(sum(row.grade == "D" for row in free)),
    )
    moved = {one.name for one in changes(scenario, base) if one.kind == "lever"}
    levers = [
        t(f"lever.{lever.name}.label")
        for lever in LEVERS
        if lever.name in moved and lever.effect_grade == "D"
    ]
    if levers:
        return f"{told} {t('certainty.three.unknown_effect', levers='; '.join(levers))}"
    return f"{told} {t('certainty.three.known_effect')}" if moved else told


def turns(found: Mapping[str, Range], t: Texts) -> str:
    """Return what would turn the direction, by the worlds that were lived."""
    if not found:
        return t("certainty.three.not_lived")
    if is_by_chance(found):
        return t("certainty.three.chance")
    every = found[EVERY]
    if not every.is_told:
        return t("certainty.three.not_told", n=str(every.n_worlds))
    turned = every.n_worlds - agreeing(every)
    way = "less" if found[LUCK].middle < 0.0 else "more"
    told = [t(f"certainty.three.goes_{way}", n=str(found[LUCK].n_worlds))]
    if not turned:
        return " ".join([*told, t("certainty.three.never", n=str(every.n_worlds))])
    told.append(t("certainty.three.seldom", turned=str(turned), n=str(every.n_worlds)))
    if found["D"].is_told and found["D"].low < 0.0 < found["D"].high:
        told.append(t("certainty.three.grade"))
    return " ".join(told)


def is_by_chance(found: Mapping[str, Range]) -> bool:
    """Whether chance alone leaves the direction open at the ledger's values."""
    return found[LUCK].low <= 0.0 <= found[LUCK].high


def agreeing(one: Range) -> int:
    """Return in how many worlds the direction is that of the ledger's values."""
    return round(one.n_worlds * one.same)


def grades(choice: Choice, kept: Kept, scenarios: Scenarios, t: Texts) -> Row:
    """Return a bar for each set of numbers: where the difference lies when those are others."""
    found = kept.ranges_of(choice.scenario, choice.outcome)
    half = half_of(kept, choice.outcome)
    names = [LUCK, EVERY, *GRADED]
    worlds = sum(kept.n_worlds.values())
    return {
        "words": t.part("certainty.grades"),
        "text": t("certainty.grades.text", worlds=t.number(worlds)),
        "unit": t(f"told.{choice.outcome}.unit"),
        "rows": [_row(name, found, kept, half, choice, t) for name in names if name in found],
        "ends": _ends(half, choice, t),
        "told": "" if found else t("certainty.none"),
        "notes": [
            t(
                "certainty.grades.basis",
                families=t.number(kept.families),
                years=str(kept.years),
                today=title(scenarios[TODAY], t),
            ),
            *([] if kept.is_of_today else [t("certainty.grades.stale")]),
        ],
        "moving": _moving(choice, kept, t) if found else [],
        "moving_told": t("certainty.grades.moving_text"),
        "command": f"veerkracht certainty {choice.scenario} --outcome {choice.outcome}",
    }


def half_of(kept: Kept, outcome: str) -> float:
    """Return how far the axis of an outcome reaches, the same for every plan (stored unit)."""
    ends = [
        max(abs(one.low), abs(one.high))
        for one in kept.ranges
        if one.outcome == outcome and one.set == EVERY
    ]
    return max(SCALES[outcome].half, *ends) if ends else SCALES[outcome].half


def _row(
    name: str, found: Mapping[str, Range], kept: Kept, half: float, choice: Choice, t: Texts
) -> Row:
    one = found[name]
    number, low, high = on_scale((one.middle, one.low, one.high), SCALES[choice.outcome].many, t)
    is_seen = name == LUCK or one.is_told
    ends = (one.low, one.high) if is_seen else (math.nan, math.nan)
    strip = dots.bar(one.middle, *ends, half)
    is_told = one.is_told and not is_by_chance(found)
    return {
        "name": name,
        "label": t(f"certainty.set.{name}"),
        "note": t("certainty.numbers", n=str(kept.numbers[name])) if kept.numbers[name] else "",
        "number": number,
        "range": t("look.between", low=low, high=high) if is_seen else t("certainty.grades.unseen"),
        "same": t("certainty.same", n=str(agreeing(one)), worlds=str(one.n_worlds))
        if is_told
        else MISSING,
        "strip": None if strip is None else asdict(strip),
    }


def _ends(half: float, choice: Choice, t: Texts) -> list[str]:
    low, _, high = on_scale((-half, 0.0, half), SCALES[choice.outcome].many, t)
    return [low, "0", high]


def _moving(choice: Choice, kept: Kept, t: Texts) -> list[Row]:
    """Return the numbers that the difference goes along with, each with what is known of it."""
    means = meanings()
    return [
        {
            "name": one.parameter,
            "meaning": translated(means[one.parameter], t),
            "grade": t(f"grade.{BY_PARAMETER[one.parameter].grade}.label"),
            "correlation": t.number(one.correlation, 2),
        }
        for one in kept.moving_of(choice.scenario, choice.outcome)
        if one.parameter in BY_PARAMETER
    ]

"""The fields of the page: what each of them shows, made from the registry and the choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.pages.plans.titles import called
from dashboards.pages.verken import levers
from dashboards.pages.verken.state import FULL, SIZES, YEARS, Choice
from dashboards.pages.words import mark, marks
from dashboards.texts import Texts
from model.evidence.declaring import Lever
from model.policy.scenario import Scenario
from model.registry import BY_NAME

PLACES = ("base", "alternative")
"""The scenarios of a question."""

Row = dict[str, Any]


def question(choice: Choice, scenarios: Mapping[str, Scenario], t: Texts) -> list[Row]:
    """Return the two scenarios that are compared, each as a list to choose from."""
    options = [{"value": key, "label": called(key, item, t)} for key, item in scenarios.items()]
    return [
        {
            "name": name,
            "label": t(f"page.{name}.label"),
            "value": getattr(choice, name),
            "options": options,
            "takes_own": True,
        }
        for name in PLACES
    ]


def abouts(choice: Choice, scenarios: Mapping[str, Scenario], t: Texts) -> list[Row]:
    """Return what each of the two scenarios is about."""
    both = dict.fromkeys(getattr(choice, name) for name in PLACES)
    return [
        {"name": f"{called(one, scenarios[one], t)}.", "text": about(scenarios[one], t)}
        for one in both
    ]


def samples(choice: Choice, t: Texts) -> list[Row]:
    """Return how large and how long the samples are, each as a list to choose from."""
    sizes = [(FULL if size is None else str(size), size) for size in SIZES]
    return [
        {
            "name": "families",
            "label": t("page.families.label"),
            "value": FULL if choice.families is None else str(choice.families),
            "options": [
                {
                    "value": name,
                    "label": t("page.families.full")
                    if size is None
                    else t("page.families.some", count=t.number(size)),
                }
                for name, size in sizes
            ],
            "help": t("page.families.help"),
        },
        {
            "name": "years",
            "label": t("page.years.label"),
            "value": str(choice.years),
            "options": [
                {"value": str(year), "label": t("page.years.some", count=str(year))}
                for year in range(YEARS[0], YEARS[1] + 1)
            ],
            "help": t("page.years.help"),
        },
    ]


def about(scenario: Scenario, t: Texts) -> str:
    """Return what a scenario asks and what to be careful about, in the language of the texts."""
    english = t.language == "en"
    parts = (
        (scenario.question_en, scenario.caveat_en)
        if english
        else (scenario.question_nl, scenario.caveat_nl)
    )
    return " ".join(part for part in parts if part)


def board(scenario: Scenario, moved: frozenset[str], t: Texts) -> list[Row]:
    """Return the groups of the board with their fields, and the honesty slider last.

    Nothing in it depends on where a slider stands, but for the help of those that were `moved`.
    """
    groups = [
        {
            "name": name,
            "title": t(f"board.group.{name}"),
            "fields": [_field(lever, scenario, moved, t) for names in controls for lever in names],
        }
        for name, controls in levers.BOARD
    ]
    honest = {
        "name": "honest",
        "title": t("board.group.honest"),
        "fields": [_fade(t)],
    }
    return [*groups, honest]


def standing(choice: Choice, scenario: Scenario) -> dict[str, int]:
    """Return where every slider of the board stands, as a place on its scale.

    A slider that means nothing now, because the switch of its control is off, has a place below 0:
    -1 for the first, -2 for the next, and so on.
    """
    values = {name: levers.setting(scenario, name).value for name in levers.BOARD_LEVERS} | dict(
        choice.levers
    )
    values[levers.FADE] = levers.fade_of(scenario) if choice.fade is None else choice.fade
    places = {name: _nearest(levers.SCALES[name], value) for name, value in values.items()}
    if not values["zero_hours_abolished"]:
        places["bandwidth_extra_max"] = -1 - places["bandwidth_extra_max"]
    return places


def _nearest(scale: levers.Scale, value: float) -> int:
    places = levers.positions(scale)
    return min(range(len(places)), key=lambda place: abs(places[place] - value))


def _field(name: str, scenario: Scenario, moved: frozenset[str], t: Texts) -> Row:
    lever = BY_NAME[name]
    places = levers.positions(levers.SCALES[name])
    return {
        "name": name,
        "kind": "check" if lever.kind == "boolean" else "slider",
        "label": t(f"board.lever.{name}"),
        "values": places,
        "labels": [t.lever_short(lever, place) for place in places],
        "spoken": [t.lever_value(lever, place) for place in places],
        "help": f"{t(f'lever.{name}.label')}. {t(f'lever.{name}.meaning')}",
        "file": _in_file(lever, scenario, is_moved=name in moved, t=t),
        "marks": marks(lever, t),
    }


def _fade(t: Texts) -> Row:
    places = levers.positions(levers.SCALES[levers.FADE])
    labels = [t("board.fade", share=t.percent(place)) for place in places]
    return {
        "name": levers.FADE,
        "kind": "slider",
        "label": t(f"board.lever.{levers.FADE}"),
        "values": places,
        "labels": labels,
        "spoken": labels,
        "help": t("board.fade_help"),
        "file": "",
        "marks": [mark("assumption", t("page.assumption"), t("grade.D.meaning"))],
    }


def _in_file(lever: Lever, scenario: Scenario, *, is_moved: bool, t: Texts) -> str:
    found = levers.setting(scenario, lever.name)
    start = levers.start_month(scenario, lever)
    return t(
        f"page.file.{'set' if found.in_file else 'unset'}.{'moved' if is_moved else 'still'}",
        value=t.lever_value(lever, found.value),
        start=t("page.file.always") if start is None else t("page.file.from", month=t.month(start)),
    )

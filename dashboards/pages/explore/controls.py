"""The fields of the page: what each control shows, made from the registry and the choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.pages.explore import page_levers
from dashboards.pages.explore.state import FULL, SIZES, YEARS, Choice
from dashboards.texts import Texts
from model.evidence.declaring import Lever
from model.policy.scenario import Scenario
from model.registry import BY_NAME

Field = dict[str, Any]
Group = dict[str, Any]
STANDINGS = "KWRN"


def comparison(choice: Choice, scenarios: Mapping[str, Scenario], t: Texts) -> Group:
    """Return the fields of what is compared: two scenarios, the size and the length of the run."""
    return {
        "name": "comparison",
        "title": t("page.comparison.title"),
        "help": "",
        "fields": [
            _scenario("base", choice.base, scenarios, t),
            _scenario("alternative", choice.alternative, scenarios, t),
            _size(choice, t),
            _years(choice, t),
        ],
        "reset": "",
        "resettable": False,
    }


def levers(choice: Choice, scenarios: Mapping[str, Scenario], t: Texts) -> Group:
    """Return the fields of the levers of the alternative, with a way to put them all back."""
    scenario = scenarios[choice.alternative]
    return {
        "name": "levers",
        "title": t("page.levers.title"),
        "help": t("page.levers.help", scenario=title(scenario, t)),
        "fields": [
            field
            for _, names in page_levers.CONTROLS
            for field in _control(names, choice, scenario, t)
        ],
        "reset": t("page.levers.reset"),
        "resettable": bool(choice.levers),
    }


def title(scenario: Scenario, t: Texts) -> str:
    """Return the title of a scenario in the language of the texts."""
    return scenario.title_en if t.language == "en" else scenario.title_nl


def question(scenario: Scenario, t: Texts) -> str:
    """Return what a scenario asks and what to be careful about, in the language of the texts."""
    english = t.language == "en"
    parts = (
        (scenario.question_en, scenario.caveat_en)
        if english
        else (scenario.question_nl, scenario.caveat_nl)
    )
    return " ".join(part for part in parts if part)


def _scenario(name: str, chosen: str, scenarios: Mapping[str, Scenario], t: Texts) -> Field:
    scenario = scenarios[chosen]
    return {
        "name": name,
        "kind": "select",
        "label": t(f"page.{name}.label"),
        "help": question(scenario, t),
        "value": chosen,
        "options": [{"value": key, "label": title(item, t)} for key, item in scenarios.items()],
        "file": "",
        "marks": _standing_marks(scenario.status, t),
    }


def _size(choice: Choice, t: Texts) -> Field:
    names = {size: FULL if size is None else str(size) for size in SIZES}
    return {
        "name": "families",
        "kind": "select",
        "label": t("page.families.label"),
        "help": t("page.families.help"),
        "value": names[choice.families],
        "options": [
            {
                "value": names[size],
                "label": t("page.families.full")
                if size is None
                else t("page.families.some", count=t.number(size)),
            }
            for size in SIZES
        ],
        "file": "",
        "marks": [],
    }


def _years(choice: Choice, t: Texts) -> Field:
    years = range(YEARS[0], YEARS[1] + 1)
    labels = [t("page.years.some", count=str(year)) for year in years]
    return {
        "name": "years",
        "kind": "slider",
        "label": t("page.years.label"),
        "help": t("page.years.help"),
        "positions": list(years),
        "labels": labels,
        "spoken": labels,
        "position": choice.years - YEARS[0],
        "low": labels[0],
        "high": labels[-1],
        "disabled": False,
        "file": "",
        "marks": [],
    }


def _control(names: Sequence[str], choice: Choice, scenario: Scenario, t: Texts) -> list[Field]:
    standing = {name: page_levers.setting(scenario, name).value for name in names} | dict(
        choice.levers
    )
    found = []
    for name in names:
        lever = BY_NAME[name]
        make = _check if lever.kind == "boolean" else _slider
        field = make(lever, standing[name], t)
        # In a control with a switch the slider means nothing while the switch is off.
        field["disabled"] = name != names[0] and not standing[names[0]]
        field["help"] = t(f"lever.{name}.meaning")
        field["file"] = _in_file(lever, scenario, name in dict(choice.levers), t)
        field["marks"] = _lever_marks(lever, t) if name == names[-1] else []
        found.append(field)
    return found


def _check(lever: Lever, value: float, t: Texts) -> Field:
    return {
        "name": lever.name,
        "kind": "check",
        "label": t(f"lever.{lever.name}.label"),
        "value": int(value),
    }


def _slider(lever: Lever, value: float, t: Texts) -> Field:
    places = page_levers.positions(lever)
    nearest = min(range(len(places)), key=lambda place: abs(places[place] - value))
    return {
        "name": lever.name,
        "kind": "slider",
        "label": t(f"lever.{lever.name}.label"),
        "positions": places,
        "labels": [t.lever_short(lever, place) for place in places],
        "spoken": [t.lever_value(lever, place) for place in places],
        "position": nearest,
        "low": t.lever_bare(lever, places[0]),
        "high": t.lever_bare(lever, places[-1]),
    }


def _in_file(lever: Lever, scenario: Scenario, is_moved: bool, t: Texts) -> str:
    standing = page_levers.setting(scenario, lever.name)
    start = page_levers.start_month(scenario, lever)
    return t(
        f"page.file.{'set' if standing.in_file else 'unset'}.{'moved' if is_moved else 'still'}",
        value=t.lever_value(lever, standing.value),
        start=t("page.file.always") if start is None else t("page.file.from", month=t.month(start)),
    )


def _standing_marks(standings: str, t: Texts) -> list[dict[str, str]]:
    return [
        _mark("status", t(f"status.{letter}.label"), t(f"status.{letter}.meaning"))
        for letter in STANDINGS
        if letter in standings
    ]


def _mark(kind: str, label: str, meaning: str) -> dict[str, str]:
    return {"kind": kind, "label": label, "meaning": meaning}


def _lever_marks(lever: Lever, t: Texts) -> list[dict[str, str]]:
    marks = _standing_marks(lever.status, t)
    if lever.effect_grade == "D":
        marks.append(_mark("assumption", t("page.assumption"), t("grade.D.meaning")))
    return marks

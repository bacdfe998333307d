"""A round in the terms of Verken: sliders from the board, and what a group set as a question.

A question of the hall is the one that Verken asks for the same sliders, so the numbers are equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.hall.asked import STEPS, Asked, Slider
from dashboards.pages.verken import levers, view
from dashboards.pages.verken.state import Choice, query
from dashboards.texts import Texts, decimals
from model.errors import InputError
from model.policy.scenario import Scenario
from model.registry import BY_NAME
from scenarios.asking.question import Question

OFFERED = tuple(name for name in levers.BOARD_LEVERS if name != "bandwidth_extra_max")
"""The levers that a host may choose: all of the board but one, which does nothing by itself."""

Scenarios = Mapping[str, Scenario]


def posed(
    base: str, outcome: str, names: Sequence[str], scenarios: Scenarios, *, by_table: bool
) -> Asked:
    """Return a round about these levers. Raises InputError for what is not there."""
    for found, known in (
        (base, scenarios),
        (outcome, OUTCOMES),
        *((one, OFFERED) for one in names),
    ):
        if found not in known:
            raise InputError(f"'{found[:60]}' is not there; choose one of: {', '.join(known)}.")
    sliders = tuple(_slider(name, scenarios[base]) for name in OFFERED if name in names)
    return Asked(base=base, outcome=outcome, sliders=sliders, by_table=by_table)


def checked(asked: Asked, scenarios: Scenarios) -> None:
    """Raise InputError for a round, from a file, that would not be asked so today."""
    names = [one.name for one in asked.sliders]
    today = posed(asked.base, asked.outcome, names, scenarios, by_table=asked.by_table)
    if today.sliders != asked.sliders:
        raise InputError(
            "The sliders of this file are not those of this version of the program; open it with"
            " the version that saved it."
        )


def _slider(name: str, base: Scenario) -> Slider:
    places = levers.positions(levers.SCALES[name])
    value = levers.setting(base, name).value
    start = min(range(len(places)), key=lambda place: abs(places[place] - value))
    return Slider(name=name, places=len(places), start=start)


def choice(asked: Asked, places: Mapping[str, int], scenarios: Scenarios) -> Choice:
    """Return what Verken calls the same: base and alternative with the sliders that were moved."""
    values = {name: levers.positions(levers.SCALES[name])[place] for name, place in places.items()}
    found = Choice(
        base=asked.base,
        alternative=asked.base,
        levers=tuple((name, values[name]) for name in levers.BOARD_LEVERS if name in values),
        outcome=asked.outcome,
    )
    return view.settled(found, scenarios)


def question(asked: Asked, places: Mapping[str, int], scenarios: Scenarios) -> Question | None:
    """Return what is asked of the model; None where nothing differs from the base."""
    found = choice(asked, places, scenarios)
    return view.question(found, scenarios) if found.levers else None


def address(asked: Asked, places: Mapping[str, int], scenarios: Scenarios, language: str) -> str:
    """Return the part of Verken's address after '?' that shows the same."""
    found = query(choice(asked, places, scenarios), tuple(scenarios))
    return f"{found}&language={language}"


def values(slider: Slider, t: Texts) -> list[str]:
    """Return what each place of a slider means."""
    lever = BY_NAME[slider.name]
    return [t.lever_value(lever, one) for one in levers.positions(levers.SCALES[slider.name])]


def short_values(slider: Slider, t: Texts) -> list[str]:
    """Return the same in few characters, for beside the name of the slider."""
    lever = BY_NAME[slider.name]
    return [t.lever_short(lever, one) for one in levers.positions(levers.SCALES[slider.name])]


def guess_value(outcome: str, guess: int) -> float:
    """Return the difference that a guess stands for, in the stored unit."""
    return SCALES[outcome].half * guess / STEPS


def guesses(outcome: str, t: Texts) -> list[str]:
    """Return what each guess means, from the least to the most."""
    unit = SCALES[outcome].many * SCALES[outcome].half / STEPS
    digits = decimals(round(unit, 6))
    found = []
    for guess in range(-STEPS, STEPS + 1):
        size = t.number(abs(guess) * unit, digits)
        way = "less" if guess < 0 else "more"
        found.append(t(f"hall.guess.{way}", size=size) if guess else t("hall.guess.same"))
    return found

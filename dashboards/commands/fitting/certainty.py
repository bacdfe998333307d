"""How sure an outcome of a plan is, in the terminal: the numbers of the page Zekerheid."""

from __future__ import annotations

import argparse

from calibration.grades.found import load
from dashboards.commands.lists import table
from dashboards.commands.terminal import Terminal
from dashboards.figures.scales import OUTCOMES
from dashboards.pages.zekerheid import view
from dashboards.pages.zekerheid.state import Choice
from dashboards.service.catalogue import catalogue
from dashboards.service.prepared import TODAY
from dashboards.texts import texts
from model.aliases import current
from model.errors import InputError, nearest
from model.outcomes.registry import full_name


def certainty(options: argparse.Namespace) -> int:
    """Print what an outcome rests on, and what would turn it, as it was lived beforehand."""
    plans = {name: one for name, one in catalogue().items() if name != TODAY}
    scenario = current("scenario", options.scenario)
    if scenario not in plans:
        raise InputError(
            f"'{options.scenario}' is none of the plans that were lived beforehand beside {TODAY}."
            f"{nearest(scenario, plans)} `veerkracht scenarios` lists them. For a plan of your own:"
            f" veerkracht compare {TODAY} PLAN.toml --draws prior"
        )
    outcome = full_name(options.outcome)
    if outcome not in OUTCOMES:
        raise InputError(
            f"--outcome {options.outcome} was not looked at; choose {', '.join(OUTCOMES)}."
        )
    t, kept, console = texts(options.language), load(), Terminal()
    choice = Choice(scenario=scenario, outcome=outcome)
    told = view.grades(choice, kept, catalogue(), t)
    words = told["words"]
    made = table(
        f"{view.headline(choice, catalogue(), t)} ({told['unit']})",
        words["set"],
        t("certainty.grades.counted"),
        words["range"],
        t("certainty.grades.between"),
        words["same"],
    )
    for row in told["rows"]:
        made.add_row(
            row["label"],
            row["note"],
            row["number"],
            row["range"],
            row["same"],
        )
    console.print(made)
    for item in view.three(choice, kept, catalogue(), t)["items"]:
        console.print(f"{item['label']} {item['text']}")
    console.print(told["moving_told"] if told["moving"] else words["no_moving"])
    for one in told["moving"]:
        console.print(
            f"  {one['name']} ({one['grade']}) {one['correlation']}: {one['meaning']['text']}"
        )
    for note in (told["text"], *told["notes"]):
        console.print(note)
    return 0

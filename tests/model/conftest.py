"""Worlds that several tests look at; made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from model import FamilyModel
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population
from model.state import State


@pytest.fixture(scope="session")
def policy() -> Callable[..., Scenario]:
    """A function that makes a scenario which moves one lever."""

    def move(lever: str, value: float, start: float | None = None) -> Scenario:
        change = LeverChange(lever=lever, value=value, start=start)
        return Scenario(id=f"only_{lever}", levers=(change,))

    return move


def with_the_ledgers_past(scenario: Scenario, settings: Mapping[str, Any]) -> State:
    """Return people laid down with other numbers, with the lives that come with the package."""
    plan = build(scenario, 12 * settings["years"], parameters=settings["parameters"])
    return build_population(plan, settings["rng"], settings["families"])


@pytest.fixture(scope="session")
def lived() -> Callable[..., FamilyModel]:
    """A function that makes a model of 500 families and lives some months.

    Other numbers hold from the start on: people have lived with those of the ledger until then.
    """

    def live(
        scenario: Scenario = FROZEN_2023,
        months: int = 36,
        **settings: Any,  # noqa: ANN401 - what FamilyModel takes
    ) -> FamilyModel:
        settings = {"families": 500, "rng": 1, "years": 15, "collect": False} | settings
        if settings.get("parameters") and "population" not in settings:
            settings["population"] = with_the_ledgers_past(scenario, settings)
        model = FamilyModel(scenario, **settings)
        for _ in range(months):
            model.step()
        return model

    return live

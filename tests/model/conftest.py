"""Worlds that several tests look at; made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from model import FamilyModel
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario


@pytest.fixture(scope="session")
def policy() -> Callable[..., Scenario]:
    """A function that makes a scenario which moves one lever."""

    def move(lever: str, value: float, start: float | None = None) -> Scenario:
        change = LeverChange(lever=lever, value=value, start=start)
        return Scenario(id=f"only_{lever}", levers=(change,))

    return move


@pytest.fixture(scope="session")
def lived() -> Callable[..., FamilyModel]:
    """A function that makes a model of 500 families and lives some months."""

    def live(scenario: Scenario = FROZEN_2023, months: int = 36, **settings: object) -> FamilyModel:
        settings = {"families": 500, "rng": 1, "years": 15, "collect": False} | settings
        model = FamilyModel(scenario, **settings)  # type: ignore[arg-type]
        for _ in range(months):
            model.step()
        return model

    return live

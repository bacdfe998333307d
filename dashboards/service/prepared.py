"""What is answered before anybody asks: every shipped scenario beside today's policy."""

from __future__ import annotations

from collections.abc import Mapping

from model.policy.scenario import Scenario
from scenarios.asking.question import Question

TODAY = "s01_reference"


def prepared(scenarios: Mapping[str, Scenario]) -> dict[str, Question]:
    """Return the question of each scenario by name, today's policy being the base of all."""
    today = scenarios[TODAY]
    return {
        name: Question(base=today, alternative=scenario)
        for name, scenario in scenarios.items()
        if name != TODAY
    }

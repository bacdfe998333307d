"""What is answered before anybody asks: every shipped scenario beside today's policy."""

from __future__ import annotations

from collections.abc import Mapping

from model.policy.scenario import Scenario
from scenarios.asking.question import Question

TODAY = "s01_reference"


def question(scenarios: Mapping[str, Scenario], name: str) -> Question:
    """Return the question that a page asks of a scenario: how it differs from today's policy."""
    return Question(base=scenarios[TODAY], alternative=scenarios[name])


def prepared(scenarios: Mapping[str, Scenario]) -> dict[str, Question]:
    """Return the question of each scenario by name, today's policy being the base of all."""
    return {name: question(scenarios, name) for name in scenarios if name != TODAY}

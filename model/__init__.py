"""The simulated world: families, rules, the month and the agents.

    from model import FamilyModel
    FamilyModel(families=2000, rng=1).run().outcomes()

The names load when they are first used, so that importing one small part stays quick, and Mesa,
pandas and networkx come only with what needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.agents import Family
    from model.family_model import FamilyModel
    from model.outcomes.observers import Observer, View
    from model.outcomes.own import OwnOutcomes
    from model.outcomes.sums import Sums
    from model.policy.scenario import LeverChange, ParameterChange, Scenario, Target
    from model.registry import Parameters
    from model.run.simulation import Simulation

__all__ = [
    "Family",
    "FamilyModel",
    "LeverChange",
    "Observer",
    "OwnOutcomes",
    "ParameterChange",
    "Parameters",
    "Scenario",
    "Simulation",
    "Sums",
    "Target",
    "View",
]

_HOMES = {
    "Family": "model.agents",
    "FamilyModel": "model.family_model",
    "LeverChange": "model.policy.scenario",
    "Observer": "model.outcomes.observers",
    "OwnOutcomes": "model.outcomes.own",
    "ParameterChange": "model.policy.scenario",
    "Parameters": "model.registry",
    "Scenario": "model.policy.scenario",
    "Simulation": "model.run.simulation",
    "Sums": "model.outcomes.sums",
    "Target": "model.policy.scenario",
    "View": "model.outcomes.observers",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'model' has no attribute '{name}'"
    raise AttributeError(message)

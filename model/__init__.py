"""The simulated world: families, rules, the month and the agents.

    from model import FamilyModel
    FamilyModel(families=2000, rng=1).run().outcomes()

The names load when they are first used, so that importing one small part stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.agents import Family
    from model.parameters import Parameters
    from model.scenario import LeverChange, ParameterChange, Scenario, Target
    from model.simulation import FamilyModel

__all__ = [
    "Family",
    "FamilyModel",
    "LeverChange",
    "ParameterChange",
    "Parameters",
    "Scenario",
    "Target",
]

_HOMES = {
    "Family": "model.agents",
    "FamilyModel": "model.simulation",
    "LeverChange": "model.scenario",
    "ParameterChange": "model.scenario",
    "Parameters": "model.parameters",
    "Scenario": "model.scenario",
    "Target": "model.scenario",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'model' has no attribute '{name}'"
    raise AttributeError(message)

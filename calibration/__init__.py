"""Evidence and targets, and how far the model is from them.

    from calibration import bounds, problem
    bounds("school")         # a table of the free numbers of a submodel: value, range, meaning
    problem("school")        # the same for SALib

The names load when they are first used, so that importing one small part stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calibration.priors.bounds import bounds, problem

__all__ = ["bounds", "problem"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name in __all__:
        return getattr(import_module("calibration.priors.bounds"), name)
    message = f"module 'calibration' has no attribute '{name}'"
    raise AttributeError(message)

"""The scenarios that the pages offer."""

from __future__ import annotations

from functools import cache

import scenarios
from model.policy.scenario import Scenario


@cache
def catalogue() -> dict[str, Scenario]:
    """Return every shipped scenario by name, in the order of `scenarios.names()`."""
    return {name: scenarios.load(name) for name in scenarios.names()}

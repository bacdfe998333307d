"""What the letter itself proposes: the values of its measures, and for whom."""

from __future__ import annotations

from functools import cache

from model.policy.scenario import Target
from model.registry import LEVERS
from scenarios.files.load import load, names

DIGITS = 10
"""Decimals to which values are compared."""


def is_of_the_letter(lever: str, value: float, target: Target | None) -> bool:
    """Whether a value of a lever, for a group, is one of the letter's measures as laid down here.

    Those are the value at which a lever is switched on, for everybody, and what the scenarios of
    the library set. Any other value or group is a choice of whoever wrote it.
    """
    return (lever, round(value, DIGITS), target) in _measures()


@cache
def _measures() -> frozenset[tuple[str, float, Target | None]]:
    found: set[tuple[str, float, Target | None]] = {
        (lever.name, round(lever.reform, DIGITS), None) for lever in LEVERS
    }
    for name in names():
        found |= {(c.lever, round(c.value, DIGITS), c.target) for c in load(name).levers}
    return frozenset(found)

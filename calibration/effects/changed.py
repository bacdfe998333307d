"""Which effects became others when the world was put right, and why."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from calibration.effects.live import Effect
from model.outcomes.registry import BY_OUTCOME

BEFORE = Path(__file__).with_name("before.csv")
REASONS = Path(__file__).with_name("reasons.csv")

TWICE = 2.0
TELLING = 0.5
"""An effect below this part of the smallest difference that matters is not told (assumed)."""

Change = Literal["sign", "larger", "smaller"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One effect before and now, how it changed, and why; `why` is empty where nobody said."""

    before: Effect
    now: Effect
    change: Change
    why: str


def change(before: Effect, now: Effect) -> Change | None:
    """Return how an effect changed, or None when it is still much the same.

    Chance has to leave one of the two a direction, and one has to be large enough to be told.
    """
    if before.sign * now.sign < 0:
        return "sign"
    largest = max(abs(before.value), abs(now.value))
    is_told = largest >= TELLING * BY_OUTCOME[now.outcome].smallest.value
    if not is_told or not (before.sign or now.sign):
        return None
    if abs(now.value) >= TWICE * abs(before.value):
        return "larger"
    return "smaller" if TWICE * abs(now.value) <= abs(before.value) else None


def load_reasons(path: Path = REASONS) -> dict[tuple[str, str], str]:
    """Return why effects changed, by scenario and outcome; "*" stands for all outcomes.

    Raises ValueError for another heading, a pair named twice, and a row without a reason.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != ["scenario", "outcome", "why"]:
            message = f"{path.name}: the columns are {rows.fieldnames}"
            raise ValueError(message)
        found: dict[tuple[str, str], str] = {}
        for row in rows:
            key = (row["scenario"], row["outcome"])
            if key in found or not row["why"].strip():
                message = f"{path.name}, line {rows.line_num}: {key} stands twice or says no reason"
                raise ValueError(message)
            found[key] = row["why"]
    return found


def changed(
    before: Mapping[tuple[str, str], Effect],
    now: Mapping[tuple[str, str], Effect],
    reasons: Mapping[tuple[str, str], str],
) -> list[Changed]:
    """Return the effects whose sign changed or whose size doubled or halved."""
    found = []
    for key, effect in now.items():
        how = change(before[key], effect) if key in before else None
        if how is not None:
            why = reasons.get(key) or reasons.get((key[0], "*"), "")
            found.append(Changed(before[key], effect, how, why))
    return found

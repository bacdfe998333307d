"""Make the lives from which the start is drawn: `make past` (a minute or two).

Pass 1 begins with families that all stand as on arrival and lives the base for forty years; who is
there at its end has lived by the rules alone. Comparable parents have lived ten years longer than
their oldest child is old, so in the second pass a family whose oldest is born begins as one with an
oldest of ten. Pass 2 begins from these, and is what is kept.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model import FamilyModel
from model.calendar import MONTHS_PER_YEAR
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.population.past.donors import Lives, gather, keep
from model.population.past.made_of import made_of
from model.registry import BY_PARAMETER
from model.run.build import build_population

FAMILIES, YEARS, SEED = 30_000, 40, 2023
BEFORE_CHILDREN = 10 * MONTHS_PER_YEAR
"""Months of work and homes that lie behind comparable parents when their first child is born."""


def live(seed: int, before: Lives | None, families: int = FAMILIES, years: int = YEARS) -> Lives:
    """Live the base from a start drawn from `before`, or as on arrival, and return who is there."""
    months = MONTHS_PER_YEAR * years
    state = build_population(build(FROZEN_2023, months), seed, families, before)
    model = FamilyModel(families=families, rng=seed, years=years, collect=False, population=state)
    model.run()
    w_language = BY_PARAMETER["school.advice_language"].value
    return gather(model.state, months, w_language, made_of())


def lived_longer(lives: Lives) -> Lives:
    """Return lives in which comparable families are as if their oldest were ten years younger."""
    is_comparable = lives.family_kind >= lives.family_kind.max() // 2
    span = np.where(is_comparable, np.maximum(0, lives.span - BEFORE_CHILDREN), lives.span)
    order = np.lexsort((span, lives.family_kind))
    return replace(
        lives, families=lives.families[order], adults=lives.adults[order],
        family_kind=lives.family_kind[order], span=span[order],
    )  # fmt: skip


def main() -> None:
    """Live twice, and keep what the second time gave."""
    keep(live(SEED + 1, lived_longer(live(SEED, None))))


if __name__ == "__main__":
    main()

"""Levers on homes tied to work."""

from __future__ import annotations

from model.evidence.declaring import Lever, Of


class HousingLevers[T](Of[T]):
    """Something of every lever in this room, by its name."""

    housing_decoupled = Lever(
        number=24,
        kind="real",
        unit="share of tied homes",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.2,
        reform=0.8,
        start="2025-01",
        recommendations=(3,),
        status="K",
        letter_lines="275",
        acts_on="forced moves",
        grade="D",
        effect_grade="D",
    )
    housing_grace_weeks = Lever(
        number=25,
        kind="integer",
        unit="weeks",
        low=0.0,
        high=26.0,
        increment=1.0,
        base=4.0,
        reform=13.0,
        start="2025-01",
        recommendations=(3,),
        status="K",
        letter_lines="275",
        acts_on="forced moves",
        grade="B",
        effect_grade="D",
    )

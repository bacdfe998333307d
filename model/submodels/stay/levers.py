"""Levers on the wish to stay."""

from __future__ import annotations

from model.evidence.declaring import Lever, Of


class StayLevers[T](Of[T]):
    """Something of every lever in this room, by its name."""

    permanence_signal = Lever(
        number=51,
        kind="real",
        unit="index",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.0,
        reform=1.0,
        start="2025-01",
        recommendations=(11,),
        status="K",
        letter_lines="519-534",
        acts_on="settlement intention",
        grade="D",
        effect_grade="D",
    )

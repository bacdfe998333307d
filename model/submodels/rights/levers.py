"""Levers on unpaid wages, inspection and legal help."""

from __future__ import annotations

from model.evidence.declaring import Lever, Of


class RightsLevers[T](Of[T]):
    """Something of every lever in this room, by its name."""

    legal_help_access = Lever(
        number=4,
        kind="real",
        unit="share of conflicts helped",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.1,
        reform=0.5,
        start="2024-03",
        recommendations=(1,),
        status="K",
        letter_lines="183-186,264-265,272",
        acts_on="wage claims, evictions",
        grade="A/D",
        effect_grade="D",
    )
    inspection_intensity = Lever(
        number=22,
        kind="real",
        unit="index, 2023 is 1",
        low=0.5,
        high=3.0,
        increment=0.1,
        base=1.0,
        reform=1.5,
        start="2024-01",
        recommendations=(3,),
        status="K",
        letter_lines="260-262,274",
        acts_on="malafide jobs",
        grade="A/D",
        effect_grade="D",
    )

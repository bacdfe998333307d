"""Levers on childcare: opening hours."""

from __future__ import annotations

from model.evidence.declaring import Lever, Of


class CareLevers[T](Of[T]):
    """Something of every lever in this room, by its name."""

    childcare_open_hour = Lever(
        number=28,
        kind="real",
        unit="clock hour",
        low=5.0,
        high=8.0,
        increment=0.5,
        base=7.0,
        reform=5.0,
        start="2026-01",
        recommendations=(4,),
        status="R",
        letter_lines="283-284,294-297",
        acts_on="home alone, preschool",
        grade="D",
        effect_grade="B",
    )
    childcare_close_hour = Lever(
        number=29,
        kind="real",
        unit="clock hour",
        low=18.0,
        high=22.0,
        increment=0.5,
        base=18.5,
        reform=20.0,
        start="2026-01",
        recommendations=(4,),
        status="R",
        letter_lines="283-284,294-297",
        acts_on="home alone",
        grade="D",
        effect_grade="B",
    )

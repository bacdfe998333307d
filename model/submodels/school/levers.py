"""Levers on school: contact persons, extra hours, newcomers."""

from __future__ import annotations

from model.evidence.declaring import Lever, Of


class SchoolLevers[T](Of[T]):
    """Something of every lever in this room, by its name."""

    school_contact_share = Lever(
        number=33,
        kind="real",
        unit="share of schools",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.1,
        reform=0.8,
        start="2025-08",
        recommendations=(6,),
        status="N",
        letter_lines="326-327,334,358-360",
        acts_on="absence, knowledge",
        grade="D",
        effect_grade="D",
    )
    extra_education_hours = Lever(
        number=34,
        kind="real",
        unit="hours per week",
        low=0.0,
        high=6.0,
        increment=0.5,
        base=0.0,
        reform=1.0,
        start="2025-08",
        recommendations=(6,),
        status="R",
        letter_lines="336-337",
        acts_on="gain stock",
        grade="A",
        effect_grade="B",
    )
    extra_education_target = Lever(
        number=35,
        kind="choice",
        unit="all, low_language or newcomers",
        low=0.0,
        high=2.0,
        increment=1.0,
        base=1.0,
        reform=1.0,
        start="2025-08",
        recommendations=(6,),
        status="R",
        letter_lines="336-337",
        acts_on="gain stock",
        grade="D",
        effect_grade="D",
    )
    newcomer_months_po = Lever(
        number=36,
        kind="integer",
        unit="months",
        low=0.0,
        high=48.0,
        increment=1.0,
        base=12.0,
        reform=36.0,
        start="2025-08",
        recommendations=(6,),
        status="K",
        letter_lines="342-348,355",
        acts_on="language",
        grade="B",
        effect_grade="D",
    )
    newcomer_months_vo = Lever(
        number=37,
        kind="integer",
        unit="months",
        low=0.0,
        high=36.0,
        increment=1.0,
        base=24.0,
        reform=36.0,
        start="2025-08",
        recommendations=(6,),
        status="K",
        letter_lines="342-348,355",
        acts_on="language",
        grade="B",
        effect_grade="D",
    )
    newcomer_threshold_pupils = Lever(
        number=38,
        kind="integer",
        unit="pupils per school",
        low=1.0,
        high=10.0,
        increment=1.0,
        base=4.0,
        reform=1.0,
        start="2025-08",
        recommendations=(6,),
        status="K",
        letter_lines="342-348",
        acts_on="language",
        grade="B",
        effect_grade="D",
    )

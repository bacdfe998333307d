"""The 53 policy levers of the letter: what can be set, between which values, on what standing.

Levers are what policy chooses; parameters (`model/parameters`) are what the world is. A lever's
base is its value in 2023; its reform value is what the letter or the researchers propose. The
status says who stands behind it: K the cabinet does it or commits to it, W it is a bill, R only
the researchers suggest it, N the cabinet limits or declines it. `grade` is the grade of the two
values, `effect_grade` that of the size of what follows. Labels and sentences for people live in
`dashboards/i18n`. Source of the list: mechanism map of the letter, section 5 (docs/evidence.md).
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field
from typing import Any, Literal, cast, overload

import numpy as np

from model.clock import month_number

Kind = Literal["real", "integer", "boolean", "choice", "month"]
Status = Literal["K", "W", "R", "N"]

EXTRA_EDUCATION_TARGETS = ("all", "low_language", "newcomers")
"""The words for the values 0, 1 and 2 of `extra_education_target`."""


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One instrument. Months are month numbers (`model.clock`); yes or no is 1 or 0.

    Its name is that of the field of `Levers` in which it is declared.
    """

    number: int
    name: str = field(init=False, default="")
    kind: Kind
    unit: str
    low: float
    high: float
    increment: float
    base: float
    reform: float
    start: str
    recommendations: tuple[int, ...]
    status: Status
    letter_lines: str
    acts_on: str
    grade: str
    effect_grade: str

    @property
    def bit(self) -> int:
        """The bit that marks a family or child as reached by this lever."""
        return 1 << (self.number - 1)

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    @overload
    def __get__(self, instance: None, owner: type) -> Lever: ...
    @overload
    def __get__[T](self, instance: Levers[T], owner: type) -> T: ...
    def __get__(self, instance: object, owner: type) -> Any:
        """Tell a type checker that the field of a `Levers[T]` holds a `T`."""
        return self


class Levers[T]:
    """Something of every lever, by its name: its value in a month, or its bit.

    Here each lever is declared; the names are the fields, in the order of their numbers.
    """

    info_point_coverage = Lever(
        number=1,
        kind="real",
        unit="share of regions",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.0,
        reform=1.0,
        start="2024-01",
        recommendations=(1, 3),
        status="K",
        letter_lines="181-188,262-264",
        acts_on="contact",
        grade="A/B",
        effect_grade="D",
    )
    info_contact_rate = Lever(
        number=2,
        kind="real",
        unit="probability per month",
        low=0.0,
        high=0.1,
        increment=0.01,
        base=0.02,
        reform=0.05,
        start="2025-01",
        recommendations=(1,),
        status="K",
        letter_lines="181-188",
        acts_on="contact",
        grade="D",
        effect_grade="D",
    )
    digital_info_reach = Lever(
        number=3,
        kind="real",
        unit="share of families",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.2,
        reform=0.5,
        start="2024-01",
        recommendations=(1,),
        status="K",
        letter_lines="182",
        acts_on="knowledge",
        grade="D",
        effect_grade="D",
    )
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
    web_places_per_100 = Lever(
        number=5,
        kind="integer",
        unit="places per 100 adults per year",
        low=0.0,
        high=30.0,
        increment=1.0,
        base=5.0,
        reform=15.0,
        start="2025-01",
        recommendations=(2,),
        status="K",
        letter_lines="203-206",
        acts_on="parent_dutch",
        grade="D",
        effect_grade="B",
    )
    course_hours = Lever(
        number=6,
        kind="integer",
        unit="hours per participant",
        low=30.0,
        high=600.0,
        increment=10.0,
        base=100.0,
        reform=250.0,
        start="2025-01",
        recommendations=(2,),
        status="K",
        letter_lines="203-206",
        acts_on="parent_dutch",
        grade="D",
        effect_grade="B",
    )
    civic_loan_max_eur = Lever(
        number=7,
        kind="integer",
        unit="EUR",
        low=0.0,
        high=10000.0,
        increment=500.0,
        base=10000.0,
        reform=10000.0,
        start="2025-01",
        recommendations=(2,),
        status="K",
        letter_lines="206-208",
        acts_on="course",
        grade="A",
        effect_grade="B",
    )
    civic_loan_window_months = Lever(
        number=8,
        kind="integer",
        unit="months after registration",
        low=0.0,
        high=120.0,
        increment=1.0,
        base=36.0,
        reform=120.0,
        start="2025-01",
        recommendations=(2,),
        status="K",
        letter_lines="206-208",
        acts_on="course",
        grade="B",
        effect_grade="B",
    )
    employer_language_share = Lever(
        number=9,
        kind="real",
        unit="share of jobs",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.05,
        reform=0.3,
        start="2025-01",
        recommendations=(2,),
        status="K",
        letter_lines="209-210",
        acts_on="course",
        grade="D",
        effect_grade="B",
    )
    oo_language_budget_eur = Lever(
        number=10,
        kind="real",
        unit="EUR per worker",
        low=0.0,
        high=3000.0,
        increment=100.0,
        base=1500.0,
        reform=3000.0,
        start="2025-01",
        recommendations=(2,),
        status="K",
        letter_lines="213-214",
        acts_on="course",
        grade="B",
        effect_grade="B",
    )
    brabant_model_share = Lever(
        number=11,
        kind="real",
        unit="share of regions",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.0,
        reform=1.0,
        start="2026-01",
        recommendations=(2,),
        status="K",
        letter_lines="216-228",
        acts_on="contact, course",
        grade="A/D",
        effect_grade="D",
    )
    zero_hours_abolished = Lever(
        number=12,
        kind="boolean",
        unit="yes or no",
        low=0.0,
        high=1.0,
        increment=1.0,
        base=0.0,
        reform=1.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="244-250",
        acts_on="contract",
        grade="A",
        effect_grade="B",
    )
    bandwidth_extra_max = Lever(
        number=13,
        kind="real",
        unit="share of minimum hours",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.3,
        reform=0.3,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="244-250",
        acts_on="hours",
        grade="A",
        effect_grade="B",
    )
    bandwidth_period_weeks = Lever(
        number=14,
        kind="integer",
        unit="weeks",
        low=1.0,
        high=13.0,
        increment=1.0,
        base=13.0,
        reform=13.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="244-250",
        acts_on="hours",
        grade="B",
        effect_grade="D",
    )
    agency_phase_a_weeks = Lever(
        number=15,
        kind="integer",
        unit="worked weeks",
        low=26.0,
        high=78.0,
        increment=1.0,
        base=52.0,
        reform=52.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="250-252,270",
        acts_on="agency contract",
        grade="B",
        effect_grade="D",
    )
    agency_phase_b_months = Lever(
        number=16,
        kind="integer",
        unit="months",
        low=12.0,
        high=48.0,
        increment=1.0,
        base=36.0,
        reform=24.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="250-252,270",
        acts_on="agency contract",
        grade="C",
        effect_grade="D",
    )
    agency_equal_terms = Lever(
        number=17,
        kind="real",
        unit="share of wage gap closed",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.0,
        reform=1.0,
        start="2026-01",
        recommendations=(3,),
        status="W",
        letter_lines="252-253,271",
        acts_on="wage",
        grade="A/B",
        effect_grade="D",
    )
    chain_interval_months = Lever(
        number=18,
        kind="integer",
        unit="months",
        low=3.0,
        high=60.0,
        increment=1.0,
        base=6.0,
        reform=60.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="253-257",
        acts_on="fixed contract",
        grade="A",
        effect_grade="D",
    )
    reform_start = Lever(
        number=19,
        kind="month",
        unit="month",
        low=month_number("2027-01"),
        high=month_number("2030-01"),
        increment=1.0,
        base=month_number("2028-01"),
        reform=month_number("2028-01"),
        start="2028-01",
        recommendations=(3,),
        status="W",
        letter_lines="244-257",
        acts_on="start of the bill",
        grade="D",
        effect_grade="D",
    )
    flex_displacement = Lever(
        number=20,
        kind="real",
        unit="share of jobs",
        low=0.0,
        high=0.1,
        increment=0.01,
        base=0.0,
        reform=0.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="244-257",
        acts_on="job end",
        grade="D",
        effect_grade="D",
    )
    min_hours_cut = Lever(
        number=21,
        kind="real",
        unit="share of hours",
        low=0.0,
        high=0.2,
        increment=0.01,
        base=0.0,
        reform=0.0,
        start="reform_start",
        recommendations=(3,),
        status="W",
        letter_lines="244-250",
        acts_on="hours",
        grade="D",
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
    registration_outreach = Lever(
        number=23,
        kind="real",
        unit="probability per month",
        low=0.0,
        high=0.1,
        increment=0.01,
        base=0.0,
        reform=0.03,
        start="2024-01",
        recommendations=(3,),
        status="K",
        letter_lines="275",
        acts_on="registered_brp",
        grade="A/D",
        effect_grade="D",
    )
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
    care_access_level = Lever(
        number=26,
        kind="real",
        unit="index",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.5,
        reform=0.8,
        start="2024-01",
        recommendations=(3,),
        status="K",
        letter_lines="276",
        acts_on="care_access",
        grade="D",
        effect_grade="D",
    )
    culture_sensitive_share = Lever(
        number=27,
        kind="real",
        unit="share of staff",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.2,
        reform=0.6,
        start="2024-01",
        recommendations=(4, 6),
        status="K",
        letter_lines="287-294,334-335",
        acts_on="trust, belonging",
        grade="A/D",
        effect_grade="D",
    )
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
    codesign_level = Lever(
        number=30,
        kind="real",
        unit="index",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.2,
        reform=0.8,
        start="2024-01",
        recommendations=(5,),
        status="K",
        letter_lines="303-306,318-320",
        acts_on="trust",
        grade="A/D",
        effect_grade="D",
    )
    key_persons_per_1000 = Lever(
        number=31,
        kind="real",
        unit="key persons per 1,000 families",
        low=0.0,
        high=20.0,
        increment=1.0,
        base=1.0,
        reform=8.0,
        start="2024-01",
        recommendations=(5, 9, 11),
        status="K",
        letter_lines="308-313,476-485",
        acts_on="knowledge, trust",
        grade="A/D",
        effect_grade="D",
    )
    key_person_target = Lever(
        number=32,
        kind="boolean",
        unit="yes or no",
        low=0.0,
        high=1.0,
        increment=1.0,
        base=0.0,
        reform=1.0,
        start="2024-01",
        recommendations=(11,),
        status="K",
        letter_lines="536-540",
        acts_on="recent families",
        grade="A",
        effect_grade="D",
    )
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
    ve_guidance_level = Lever(
        number=39,
        kind="real",
        unit="index",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.3,
        reform=0.9,
        start="2025-01",
        recommendations=(7,),
        status="K",
        letter_lines="377-385,387-393,449",
        acts_on="preschool take-up",
        grade="A/D",
        effect_grade="B",
    )
    ve_eligibility_share = Lever(
        number=40,
        kind="real",
        unit="share of toddlers",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.7,
        reform=1.0,
        start="2025-01",
        recommendations=(7,),
        status="K",
        letter_lines="373-375",
        acts_on="preschool take-up",
        grade="D",
        effect_grade="D",
    )
    ve_hours_total = Lever(
        number=41,
        kind="integer",
        unit="hours",
        low=600.0,
        high=1500.0,
        increment=60.0,
        base=960.0,
        reform=960.0,
        start="2025-01",
        recommendations=(7,),
        status="K",
        letter_lines="364-375",
        acts_on="preschool hours",
        grade="B",
        effect_grade="D",
    )
    spuk_focus_boost = Lever(
        number=42,
        kind="real",
        unit="index",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.5,
        reform=1.0,
        start="2025-01",
        recommendations=(7,),
        status="K",
        letter_lines="393-398",
        acts_on="preschool take-up, learning time",
        grade="A/D",
        effect_grade="D",
    )
    spuk_end_year = Lever(
        number=43,
        kind="integer",
        unit="year",
        low=2025.0,
        high=2035.0,
        increment=1.0,
        base=2028.0,
        reform=2035.0,
        start="2025-01",
        recommendations=(7,),
        status="K",
        letter_lines="393-398",
        acts_on="preschool take-up, learning time",
        grade="B",
        effect_grade="D",
    )
    jgz_referral_strength = Lever(
        number=44,
        kind="real",
        unit="probability",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.4,
        reform=0.8,
        start="2024-01",
        recommendations=(8,),
        status="K",
        letter_lines="411-416",
        acts_on="preschool take-up",
        grade="D",
        effect_grade="D",
    )
    taalschatten_reach = Lever(
        number=45,
        kind="real",
        unit="share of children aged 0-4",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.1,
        reform=0.6,
        start="2025-01",
        recommendations=(8,),
        status="K",
        letter_lines="418-426",
        acts_on="language at home",
        grade="A/D",
        effect_grade="D",
    )
    vocab_programme_reach = Lever(
        number=46,
        kind="real",
        unit="share of children aged 3-6",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.0,
        reform=0.5,
        start="2026-01",
        recommendations=(8,),
        status="K",
        letter_lines="428-436",
        acts_on="gain stock",
        grade="D",
        effect_grade="D",
    )
    pharos_reach = Lever(
        number=47,
        kind="real",
        unit="share of families",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.1,
        reform=0.5,
        start="2024-01",
        recommendations=(8,),
        status="K",
        letter_lines="438-454",
        acts_on="care_access",
        grade="D",
        effect_grade="D",
    )
    knowledge_sharing_rate = Lever(
        number=48,
        kind="real",
        unit="per year",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.1,
        reform=0.4,
        start="2024-01",
        recommendations=(9,),
        status="K",
        letter_lines="459-475",
        acts_on="municipal practice",
        grade="D",
        effect_grade="D",
    )
    vng_support_capacity = Lever(
        number=49,
        kind="integer",
        unit="municipalities per year",
        low=0.0,
        high=40.0,
        increment=1.0,
        base=5.0,
        reform=20.0,
        start="2024-01",
        recommendations=(10,),
        status="K",
        letter_lines="500-517",
        acts_on="municipal practice",
        grade="A/D",
        effect_grade="D",
    )
    services_wait_months = Lever(
        number=50,
        kind="integer",
        unit="months",
        low=0.0,
        high=24.0,
        increment=1.0,
        base=6.0,
        reform=0.0,
        start="2025-01",
        recommendations=(11,),
        status="K",
        letter_lines="519-534",
        acts_on="take-up",
        grade="D",
        effect_grade="D",
    )
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
    border_family_share = Lever(
        number=52,
        kind="real",
        unit="share of families",
        low=0.0,
        high=0.2,
        increment=0.01,
        base=0.02,
        reform=0.02,
        start="2025-01",
        recommendations=(9,),
        status="K",
        letter_lines="485-488",
        acts_on="border families",
        grade="D",
        effect_grade="D",
    )
    cross_border_coordination = Lever(
        number=53,
        kind="real",
        unit="index",
        low=0.0,
        high=1.0,
        increment=0.05,
        base=0.1,
        reform=0.8,
        start="2025-01",
        recommendations=(3, 9),
        status="K",
        letter_lines="260-262,485-488",
        acts_on="border families",
        grade="A/D",
        effect_grade="D",
    )


class LeverRow(Levers[float]):
    """One month of policy: every lever, the calendar month, and the bits of levers that are moved.

    No object of it exists: a row is a record of the timetable, and the class is what a type checker
    knows of it.
    """

    month: float
    active: np.uint64


LEVERS: tuple[Lever, ...] = tuple(
    value for value in vars(Levers).values() if isinstance(value, Lever)
)
"""Every lever, in the order of their numbers."""

BY_NAME: dict[str, Lever] = {lever.name: lever for lever in LEVERS}

LEVER_DTYPE = np.dtype(
    [(lever.name, np.float64) for lever in LEVERS] + [("month", np.float64), ("active", np.uint64)]
)
"""The rows of `LeverRow`."""

BIT = cast(
    "Levers[np.uint64]",
    namedtuple("Bits", BY_NAME)(**{lever.name: np.uint64(lever.bit) for lever in LEVERS}),  # noqa: PYI024
)
"""The bit of every lever; compiled code takes it as a constant."""

"""Units of outcomes: how people read a number, and from which difference on two numbers differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name in tables and files, and how people read a number in it.

    They read `scale` times the stored number (a share as a percentage, moves per 100 families), a
    level with `decimals` decimals. The words around it stand in the texts, under `measure`.
    """

    name: str
    scale: float = 1.0
    decimals: int = 0

    @property
    def is_share(self) -> bool:
        """Whether it is read as a percentage, and a difference as percentage points."""
        return self.name.startswith("share")


PER_YEAR = Unit("share per year", 100.0, 2)
OF_FAMILIES = Unit("share of families", 100.0, 1)
OF_FAMILIES_PER_YEAR = Unit("share of families per year", 100.0, 1)
OF_CHILDREN = Unit("share of children", 100.0, 1)
OF_ADVICES = Unit("share of advices", 100.0, 1)
VARIATION = Unit("coefficient of variation", decimals=3)
INDEX_UNIT = Unit("index 0 to 1", decimals=3)
EUROS = Unit("EUR per month")
MOVES = Unit("moves per family and year", 100.0, 1)
CHANGES = Unit("changes per child and year", 100.0, 1)
DEVIATION = Unit("SD", decimals=2)
DAYS = Unit("days per year", decimals=1)
WEEKLY = Unit("hours per week", decimals=1)
HOURS = Unit("hours")


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest difference that matters, in the stored unit; below it: about the same.

    All of them are choices (grade D): no study says from where on a difference counts.
    """

    value: float
    reason: str
    grade: str = "D"


PUPILS_LEAVE = Smallest(0.0002, "one pupil in 5,000 a year: a handful in the whole country")
STUDENTS_LEAVE = Smallest(0.001, "one student in 1,000 a year: a handful in the whole country")
LEVEL_LEAVES = Smallest(0.002, "one student in 500 a year; a level has fewer students than mbo")
ONE_IN_100 = Smallest(0.01, "one in a hundred: less is not seen in a school or a street")
ONE_IN_500 = Smallest(0.002, "one in 500: few are concerned, so a hundredth would be most of them")
THREE_IN_1000 = Smallest(0.003, "three in 1,000 a year: one in a neighbourhood of 300 families")
INDEX_STEP = Smallest(0.01, "a hundredth of the whole scale")
TEN_EUROS = Smallest(10.0, "ten euros a month: below what families notice in a budget")
SD_STEP = Smallest(0.01, "a fifth of what school research calls a small effect (0.05 SD)")
TENTH = Smallest(0.1, "a tenth of a day or an hour: less than an hour a week or a day a year")
PRESCHOOL_HOURS = Smallest(5.0, "half a day of preschool, of 960 hours in all")
ANY = Smallest(0.0, "a number of people, told as it is: it hangs on the size of the run")

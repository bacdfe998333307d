"""Every enumeration of the model. Values are stored in the state arrays: append, never renumber."""

from __future__ import annotations

from enum import IntEnum


class Population(IntEnum):
    """Whose children they are; for reporting only, no rule reads it."""

    EU11 = 0
    COMPARABLE = 1


class Municipality(IntEnum):
    """The seven municipalities of the study (letter, lines 76-79), the rest, the border region."""

    DEN_HAAG = 0
    ROTTERDAM = 1
    WESTLAND = 2
    AMSTERDAM = 3
    EINDHOVEN = 4
    HELMOND = 5
    TILBURG = 6
    OTHER_NL = 7
    BORDER = 8


class Origin(IntEnum):
    """EU-11 countries (letter, lines 92-93) and the Netherlands; sampling and reporting only."""

    BULGARIA = 0
    ESTONIA = 1
    HUNGARY = 2
    CROATIA = 3
    LATVIA = 4
    LITHUANIA = 5
    POLAND = 6
    ROMANIA = 7
    SLOVENIA = 8
    SLOVAKIA = 9
    CZECHIA = 10
    NETHERLANDS = 11


class HomeLanguage(IntEnum):
    """Language at home: matching of services, key-person ties and network homophily only."""

    BULGARIAN = 0
    ESTONIAN = 1
    HUNGARIAN = 2
    CROATIAN = 3
    LATVIAN = 4
    LITHUANIAN = 5
    POLISH = 6
    ROMANIAN = 7
    SLOVENE = 8
    SLOVAK = 9
    CZECH = 10
    DUTCH = 11


class Education(IntEnum):
    """Highest education of the parents."""

    LOW = 0
    MID = 1
    HIGH = 2


class FamilyType(IntEnum):
    """The letter's two types (lines 116-123): children born here, or in the country of origin."""

    SETTLED = 0
    RECENT = 1


class LetterGroup(IntEnum):
    """The letter's three groups (lines 105-114); OTHER is a child born abroad in none of them."""

    AGED_0_4 = 0
    LATE_ARRIVAL = 1
    BORN_HERE = 2
    OTHER = 3


class Status(IntEnum):
    """Where a family is."""

    AWAITED = 0
    IN_NL = 1
    ABROAD_TEMP = 2
    EMIGRATED = 3
    AGED_OUT = 4


class Contract(IntEnum):
    """Labour contract of an adult. Agency phase C is a permanent contract with the agency."""

    ZERO_HOURS = 0
    BANDWIDTH = 1
    AGENCY_A = 2
    AGENCY_B = 3
    FIXED = 4
    PERMANENT = 5
    SELF_EMPLOYED = 6
    NONE = 7


class Housing(IntEnum):
    """Tenure of a family's home."""

    TIED = 0
    PRIVATE_SHARED = 1
    PRIVATE_OWN_LEASE = 2
    SOCIAL = 3
    OWNER = 4


class BirthCountry(IntEnum):
    """Where a child was born."""

    NETHERLANDS = 0
    ABROAD = 1


class Stage(IntEnum):
    """Where a child is between birth and leaving the count; one child is in one stage.

    AT_WORK went to work with the diploma of praktijkonderwijs: not qualified, and no early leaver.
    """

    UNBORN = 0
    HOME = 1
    VE = 2
    PO1 = 3
    PO2 = 4
    PO3 = 5
    PO4 = 6
    PO5 = 7
    PO6 = 8
    PO7 = 9
    PO8 = 10
    ISK = 11
    PRO = 12
    VMBO_B = 13
    VMBO_K = 14
    VMBO_GT = 15
    HAVO = 16
    VWO = 17
    MBO1 = 18
    MBO2 = 19
    MBO3 = 20
    MBO4 = 21
    QUALIFIED = 22
    LEFT = 23
    EMIGRATED = 24
    AGED_OUT = 25
    AT_WORK = 26


class Eligibility(IntEnum):
    """Whether a toddler is in the target group of preschool; decided once."""

    UNDECIDED = 0
    NO = 1
    YES = 2


class Track(IntEnum):
    """School advice at the end of primary school, from low to high."""

    PRO = 0
    VMBO_B = 1
    VMBO_K = 2
    VMBO_GT = 3
    HAVO = 4
    VWO = 5


class ExtraHoursTarget(IntEnum):
    """Who gets the extra education hours."""

    ALL = 0
    LOW_LANGUAGE = 1
    NEWCOMERS = 2


FLEXIBLE = (Contract.ZERO_HOURS, Contract.AGENCY_A, Contract.AGENCY_B, Contract.FIXED)
"""Flexible work as CBS and SCP count it: on call, agency, or for a fixed time."""


BRABANT = (Municipality.EINDHOVEN, Municipality.HELMOND, Municipality.TILBURG)
"""Municipalities of the study in Noord-Brabant, where the first information point opened (S19)."""

"""Every number and every lever that the rooms declare, as one ledger each.

`Parameters()` is the uncalibrated default. Levers are what policy chooses, parameters what the
world is. Their order is the order of bits and records: append, never renumber.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import cast

import numpy as np

from model.aliases import GONE, current, value_today
from model.calendar import month_number
from model.errors import LONGEST, InputError, nearest, shortened
from model.evidence.declaring import Lever, constants, declared
from model.evidence.ledger import Parameter, rows
from model.network.parameters import Network
from model.population.parameters import Population
from model.population.parameters_start import PopulationStart
from model.population.stock.parameters import Stock
from model.submodels.care.levers import CareLevers
from model.submodels.care.parameters import Care
from model.submodels.contact.levers import ContactLevers
from model.submodels.contact.parameters import Contact
from model.submodels.early_years.levers import EarlyYearsLevers
from model.submodels.early_years.parameters import EarlyYears
from model.submodels.housing.levers import HousingLevers
from model.submodels.housing.parameters import Housing
from model.submodels.language.levers import LanguageLevers
from model.submodels.language.parameters import Language
from model.submodels.leaving.parameters import Leaving
from model.submodels.rights.levers import RightsLevers
from model.submodels.rights.parameters import Rights
from model.submodels.school.levers import SchoolLevers
from model.submodels.school.parameters import School
from model.submodels.stay.levers import StayLevers
from model.submodels.stay.parameters import Stay
from model.submodels.structure.parameters import Structure
from model.submodels.work.levers import WorkLevers
from model.submodels.work.parameters import Work
from model.submodels.work.parameters_moves import WorkMoves


class Levers[T](
    WorkLevers[T],
    RightsLevers[T],
    HousingLevers[T],
    StayLevers[T],
    ContactLevers[T],
    LanguageLevers[T],
    EarlyYearsLevers[T],
    SchoolLevers[T],
    CareLevers[T],
):
    """Something of every lever, by its name: its value in a month, or its bit.

    Each lever is declared in its submodel; only the start of the bill belongs to none.
    """

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


class LeverRow(Levers[float]):
    """One month of policy: every lever, the calendar month, and the bits of levers that are moved.

    No object of it exists: a row is a record of the timetable, and the class is what a type checker
    knows of it.
    """

    month: float
    active: np.uint64


LEVERS: tuple[Lever, ...] = tuple(sorted(declared(Levers, Lever), key=lambda lever: lever.number))
"""Every lever, in the order of their numbers."""

BY_NAME: dict[str, Lever] = {lever.name: lever for lever in LEVERS}

LEVER_DTYPE = np.dtype(
    [(lever.name, np.float64) for lever in LEVERS] + [("month", np.float64), ("active", np.uint64)]
)
"""The rows of `LeverRow`."""

BIT = cast("Levers[np.uint64]", constants({lever.name: np.uint64(lever.bit) for lever in LEVERS}))
"""The bit of every lever."""


@dataclass(frozen=True, kw_only=True)
class WholePopulation(Stock, Population, PopulationStart):
    """The families that there are, and how they stand at the start or on arrival."""


@dataclass(frozen=True, kw_only=True)
class WholeWork(WorkMoves, Work):
    """Contracts, hours, pay and poverty, and moves between jobs."""


@dataclass(frozen=True, kw_only=True)
class WholeSchool(School, Leaving):
    """School, and who leaves it."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The ledger: one dataclass per submodel."""

    population: WholePopulation = field(default_factory=WholePopulation)
    network: Network = field(default_factory=Network)
    work: WholeWork = field(default_factory=WholeWork)
    rights: Rights = field(default_factory=Rights)
    housing: Housing = field(default_factory=Housing)
    stay: Stay = field(default_factory=Stay)
    contact: Contact = field(default_factory=Contact)
    language: Language = field(default_factory=Language)
    early_years: EarlyYears = field(default_factory=EarlyYears)
    school: WholeSchool = field(default_factory=WholeSchool)
    care: Care = field(default_factory=Care)
    structure: Structure = field(default_factory=Structure)


BY_PARAMETER: dict[str, Parameter] = {row.name: row for row in rows(Parameters())}
"""The ledger by dotted name, such as `work.p_hire`."""


class ParameterRow(
    WholePopulation,
    Network,
    WholeWork,
    Rights,
    Housing,
    Stay,
    Contact,
    Language,
    EarlyYears,
    WholeSchool,
    Care,
    Structure,
):
    """One month of the world: every parameter by its field name, and the derived numbers.

    No object of it exists: a row is a record of the timetable, and the class is what a type checker
    knows of it. Field names are unique over the submodels.
    """

    gain_kept_month: float
    """What a month leaves of gains from measures."""
    change_kept_month: float
    """What a month leaves of losses from school changes."""
    crowding_kept_month: float
    """What a month in a home that is not crowded leaves of the loss from crowding."""
    leaving_usual_new: float
    """How many times as much families leave for what they plan and earn, on average, on arrival."""
    leaving_usual_old: float
    """The same in the end."""
    letter_share_0_4: float
    """The letter's first group as a part of the stock's children of that kind."""
    letter_share_late: float
    """The second group, the same."""
    letter_share_born_here: float
    """The third group, the same."""


DERIVED = tuple(ParameterRow.__annotations__)
"""Numbers that are worked out once a month."""

PARAMETER_DTYPE = np.dtype(
    [(name, np.float64) for name in (*(row.field for row in BY_PARAMETER.values()), *DERIVED)]
)


def named_today(values: Mapping[str, float]) -> dict[str, float]:
    """Return values by the dotted names of today; what was a level is told against its base.

    The base is that of `values` where it is there, else that of the ledger (`model.aliases`).
    """
    bases = {name: row.value for name, row in BY_PARAMETER.items()} | dict(values)
    return {
        current("parameter", name): value_today(name, value, bases)
        for name, value in values.items()
    }


def checked(known: Mapping[str, Parameter], name: str, value: float, where: str) -> Parameter:
    """Return the ledger row of a dotted name, after checking that the value is in its limits.

    Raises InputError with the nearest known name, or with the allowed range.
    """
    if name in GONE:
        message = f"{where}: {name} is no more; {GONE[name]}. Leave it out."
        raise InputError(message)
    if name not in known:
        message = f"{where}: there is no parameter '{name}'.{nearest(str(name), known)}"
        raise InputError(message)
    row = known[name]
    check_number(value, where, name)
    if not row.low <= value <= row.high:
        message = (
            f"{where}: {name} = {value:g} lies outside its range {row.low:g} to {row.high:g}"
            f" ({row.unit}). Choose a value within it."
        )
        raise InputError(message)
    return row


def check_number(value: object, where: str, name: str) -> None:
    """Raise InputError unless a value is a number: a text or a truth value is none.

    Nor is a whole number that is larger than any fraction can be.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        told = shortened(repr(value), LONGEST)
        message = f"{where}: {name} = {told} is not a number. Give one, such as 0.2."
        raise InputError(message)
    try:
        float(value)
    except OverflowError as error:
        message = f"{where}: {name} is larger than any number can be. Give one, such as 0.2."
        raise InputError(message) from error


def levers_2023() -> np.ndarray:
    """Return the levers (1,) of 2023, on which the start rests in every scenario."""
    levers = np.zeros(1, LEVER_DTYPE)
    for name, lever in BY_NAME.items():
        levers[name] = lever.base
    return levers

"""What is observed: the outcomes, and the groups they are observed for.

Two layers: what is actually so, and what CBS and DUO would register (only children of registered
families, enrolled at a count). Leaving is reported twice: expected (the mean yearly
hazard of those at risk) and counted; the expected value is the headline, because with about one
in a hundred a year counts drown in noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from model.aliases import current
from model.enums import FamilyType, LetterGroup, Municipality, Origin
from model.errors import InputError, nearest
from model.evidence.declaring import Named, Of, constants, declared
from model.outcomes import units
from model.outcomes.units import Smallest, Unit

Level = Literal["child", "family", "count"]
Moment = Literal["october", "july"]
Layer = Literal["actual", "registered"]

LAYERS: tuple[Layer, ...] = ("actual", "registered")
ACTUAL, REGISTERED = LAYERS

Choice = str | Iterable[str] | None
"""One name, several, or None for all."""


@dataclass(frozen=True, slots=True)
class Outcome(Named):
    """One outcome: what it is counted of, its unit, and when it is observed.

    `level` says whether it is of children or families or a count of them, `of` who exactly its
    denominator counts (the words stand in the texts); from the `smallest` difference on two numbers
    are not about the same. `has_registered` says whether the registered layer is observed too;
    `aliases` are other names that commands and functions understand. Its name is that of the field
    of `Outcomes` in which it is declared.
    """

    name: str = field(init=False, default="")
    measure: Unit
    level: Level
    smallest: Smallest
    of: str = ""
    moment: Moment = "july"
    has_registered: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The name of its unit in tables and files."""
        return self.measure.name

    @property
    def is_standardised(self) -> bool:
        """Whether it is also given by the children of the first school year.

        That is so for what is observed of each child. The share of adults among leavers is a ratio
        of two sums.
        """
        return self.level == "child" and self.of != "leavers"


def _leaving(of: str, smallest: Smallest, *aliases: str) -> Outcome:
    return Outcome(
        units.PER_YEAR, "child", smallest, of, "october", has_registered=True, aliases=aliases
    )


def _of_families(measure: Unit, smallest: Smallest, *aliases: str) -> Outcome:
    return Outcome(measure, "family", smallest, "families", aliases=aliases)


def _of_children(measure: Unit, smallest: Smallest, *aliases: str, of: str = "children") -> Outcome:
    return Outcome(measure, "child", smallest, of, aliases=aliases)


def _share() -> Outcome:
    return _of_families(units.OF_FAMILIES, units.ONE_IN_100)


def _index() -> Outcome:
    return _of_families(units.INDEX_UNIT, units.INDEX_STEP)


def _advice() -> Outcome:
    return _of_children(units.OF_ADVICES, units.ONE_IN_100, of="advices")


def _level(of: str) -> Outcome:
    """Return an outcome of the children of one age or year of school: a cohort each school year."""
    return _of_children(units.OF_CHILDREN, units.ONE_IN_100, of=of)


def _count(counted: str) -> Outcome:
    return Outcome(Unit(counted), "count", units.ANY)


class Outcomes[T](Of[T]):
    """Something of every outcome, by its name, such as its place among them.

    Here each outcome is declared; the names are the fields, in the order of the accumulators.
    """

    vsv_vo_expected = _leaving("pupils", units.PUPILS_LEAVE, "vsv_vo")
    vsv_vo_counted = _leaving("pupils", units.PUPILS_LEAVE)
    vsv_mbo_expected = _leaving("students", units.STUDENTS_LEAVE, "vsv_mbo")
    vsv_mbo_counted = _leaving("students", units.STUDENTS_LEAVE)
    vsv_mbo1_expected = _leaving("students", units.LEVEL_LEAVES, "vsv_mbo1")
    vsv_mbo2_expected = _leaving("students", units.LEVEL_LEAVES, "vsv_mbo2")
    vsv_mbo3_expected = _leaving("students", units.LEVEL_LEAVES, "vsv_mbo3")
    vsv_mbo4_expected = _leaving("students", units.LEVEL_LEAVES, "vsv_mbo4")
    vsv_adult_share = _leaving("leavers", units.ONE_IN_100)
    contract_zero_hours = _share()
    contract_bandwidth = _share()
    contract_agency_a = _share()
    contract_agency_b = _share()
    contract_fixed = _share()
    contract_permanent = _share()
    contract_self_employed = _share()
    contract_none = _share()
    housing_tied = _share()
    housing_private_shared = _share()
    housing_private_own_lease = _share()
    housing_social = _share()
    housing_owner = _share()
    crowded_share = _share()
    registered_share = _share()
    unemployed_share = _share()
    hours_cv = _of_families(units.VARIATION, units.INDEX_STEP)
    roster_predictability = _index()
    income_eur_month = _of_families(units.EUROS, units.TEN_EUROS, "income")
    knowledge = _index()
    trust = _index()
    parent_dutch = _index()
    settlement_intention = _index()
    care_access = _index()
    forced_moves = _of_families(units.MOVES, units.THREE_IN_1000)
    voluntary_moves = _of_families(units.MOVES, units.THREE_IN_1000)
    departures = _of_families(units.OF_FAMILIES_PER_YEAR, units.THREE_IN_1000)
    n_families = _count("families")
    poor_share = _of_children(units.OF_CHILDREN, units.ONE_IN_100, "poverty")
    language_at_4 = _of_children(units.DEVIATION, units.SD_STEP)
    language_at_12 = _of_children(units.DEVIATION, units.SD_STEP)
    learning_at_12 = _of_children(units.DEVIATION, units.SD_STEP)
    absent_days = _of_children(units.DAYS, units.TENTH)
    home_alone_hours = _of_children(units.WEEKLY, units.TENTH)
    belonging = _of_children(units.INDEX_UNIT, units.INDEX_STEP)
    school_changes = _of_children(units.CHANGES, units.THREE_IN_1000)
    ve_hours = _of_children(units.HOURS, units.PRESCHOOL_HOURS, "preschool_hours")
    ve_take_up = _of_children(units.OF_CHILDREN, units.ONE_IN_100, "preschool", "preschool_share")
    ve_reach = _of_children(
        units.OF_CHILDREN, units.ONE_IN_100, "preschool_reach", of="target_group"
    )
    not_enrolled = _of_children(units.OF_CHILDREN, units.ONE_IN_500)
    advice_havo_vwo = _advice()
    advice_pro_vmbo_b = _advice()
    advice_vmbo_k = _advice()
    advice_vmbo_gt = _advice()
    third_year_havo_vwo = _level("third_years")
    mbo_level_3_4_at_18 = _level("students_of_18")
    startkwalificatie_at_22 = _level("aged_22")
    seen_0_4 = _level("aged_0_4")
    n_children = _count("children")
    n_vo = _count("pupils")
    n_mbo = _count("students")


OUTCOMES: tuple[Outcome, ...] = declared(Outcomes, Outcome)
"""Every outcome, in the order of the accumulators."""

INDEX: dict[str, int] = {outcome.name: k for k, outcome in enumerate(OUTCOMES)}
AT = cast("Outcomes[int]", constants(INDEX))
"""The place of every outcome in the order of the accumulators."""

BY_OUTCOME: dict[str, Outcome] = {outcome.name: outcome for outcome in OUTCOMES}
N_OUTCOMES = len(OUTCOMES)

SERIES: tuple[tuple[str, Layer], ...] = tuple(
    (outcome.name, layer)
    for layer in LAYERS
    for outcome in OUTCOMES
    if layer == ACTUAL or outcome.has_registered
)
"""Everything that is observed: outcome and layer, in the order of the tidy table."""


ALIASES: dict[str, str] = {alias: one.name for one in OUTCOMES for alias in one.aliases}
"""The outcome that another name means: leaving is expected leaving where nothing is said."""


def full_name(name: str) -> str:
    """Return the name of the outcome that is meant. Raises InputError when there is none."""
    found = current("outcome", ALIASES.get(name, name))
    if found not in INDEX:
        message = f"there is no outcome '{name}' here.{nearest(name, [*INDEX, *ALIASES])}"
        raise InputError(message)
    return found


LAST_YEARS = 5
"""School years at the end of a run that an answer takes together."""


def last_years(school_years: Sequence[str]) -> tuple[str, ...]:
    """Return the last complete school years of a run, LAST_YEARS of them or all there are.

    `school_years` are those of the run, in order. The last one is not complete: who leaves school
    in it is counted in October, after the run has ended. A run of one year has only that one.
    """
    return tuple(school_years[:-1][-LAST_YEARS:] or school_years)


YEARS_BANDS: tuple[tuple[str, float], ...] = (
    ("0-2", 3.0),
    ("3-5", 6.0),
    ("6-10", 11.0),
    ("11+", float("inf")),
)
"""Bands of years in the country, with their upper ends."""

POPULATIONS = ("eu11", "comparable")
MINIMUM_CELL = 10
"""Children or families that a number which is shown rests on at least."""

DIMENSIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ("all",)),
    ("municipality", tuple(item.name.lower() for item in Municipality)),
    ("family_type", tuple(item.name.lower() for item in FamilyType)),
    ("letter_group", tuple(item.name.lower() for item in LetterGroup)),
    ("origin", tuple(item.name.lower() for item in Origin)),
    ("years_in_nl", tuple(name for name, _ in YEARS_BANDS)),
)
"""The group dimensions and their groups."""

STANDARDISED, POOLED = "standardised", "pooled"
FIRST_YEAR = "first_year"
"""The names under which standardised numbers stand among the groups: those of all children, held to
the children of the first school year, and the part of it that takes the rate of others, because
nobody was in these cells this year (`model.outcomes.composition`)."""

SLOTS: tuple[tuple[str, str], ...] = (
    *((dimension, group) for dimension, groups in DIMENSIONS for group in groups),
    (STANDARDISED, FIRST_YEAR),
    (POOLED, FIRST_YEAR),
)
"""All groups in a row; an observation adds to one slot of every dimension, and numbers of children
are standardised once a moment."""

COLUMNS = (
    "scenario",
    "replicate",
    "school_year",
    "population",
    "dimension",
    "group",
    "outcome",
    "layer",
    "value",
    "numerator",
    "denominator",
)
"""Columns of the tidy table."""


def chosen_layers(layer: Choice) -> tuple[Layer, ...]:
    """Return the layers that are asked, None for both; words of before are understood.

    Raises InputError for a layer that does not exist.
    """
    if layer is None:
        return LAYERS
    asked = [layer] if isinstance(layer, str) else list(layer)
    found = {current("layer", one) for one in asked}
    for one in found.difference(LAYERS):
        message = f"there is no layer '{one}'; there are {' and '.join(LAYERS)}."
        raise InputError(message + nearest(one, LAYERS))
    return tuple(one for one in LAYERS if one in found)


def first_slot(dimension: str) -> int:
    """Return the position of the first group of a dimension in SLOTS."""
    return next(k for k, (name, _) in enumerate(SLOTS) if name == dimension)


NUMERATOR, DENOMINATOR = 0, 1

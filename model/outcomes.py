"""What is observed: the outcomes, and the groups they are observed for.

Two layers: what is actually so, and what CBS and DUO would register (only children of registered
families, enrolled at a count). Leaving is reported twice: expected (the mean yearly
hazard of those at risk) and counted; the expected value is the headline, because with about one
in a hundred a year counts drown in noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from model import units
from model.enums import FamilyType, LetterGroup, Municipality, Origin
from model.errors import InputError, nearest
from model.units import Smallest, Unit

Level = Literal["child", "family", "count"]
Moment = Literal["october", "july"]
Layer = Literal["actual", "registered"]

LAYERS: tuple[Layer, ...] = ("actual", "registered")
ACTUAL, REGISTERED = LAYERS
LAYER_ALIASES = {"true": ACTUAL}
"""Words for layers of before; a reader of tables took `true` for a truth value."""

Choice = str | Iterable[str] | None
"""One name, several, or None for all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: what it is counted of, its unit, and when it is observed.

    `level` says whether it is of children or families or a count of them, `of` who exactly its
    denominator counts (the words stand in the texts); from the `smallest` difference on two numbers
    are not about the same. `has_registered` says whether the registered layer is observed too;
    `aliases` are other names that commands and functions understand.
    """

    name: str
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


def _leaving(name: str, of: str, smallest: Smallest, *aliases: str) -> Outcome:
    return Outcome(
        name, units.PER_YEAR, "child", smallest, of, "october", has_registered=True, aliases=aliases
    )


def _of_families(name: str, measure: Unit, smallest: Smallest, *aliases: str) -> Outcome:
    return Outcome(name, measure, "family", smallest, "families", aliases=aliases)


def _of_children(
    name: str, measure: Unit, smallest: Smallest, *aliases: str, of: str = "children"
) -> Outcome:
    return Outcome(name, measure, "child", smallest, of, aliases=aliases)


def _share(name: str) -> Outcome:
    return _of_families(name, units.OF_FAMILIES, units.ONE_IN_100)


def _index(name: str) -> Outcome:
    return _of_families(name, units.INDEX_UNIT, units.INDEX_STEP)


def _advice(name: str) -> Outcome:
    return _of_children(name, units.OF_ADVICES, units.ONE_IN_100, of="advices")


def _count(name: str, counted: str) -> Outcome:
    return Outcome(name, Unit(counted), "count", units.ANY)


OUTCOMES: tuple[Outcome, ...] = (
    _leaving("vsv_vo_expected", "pupils", units.PUPILS_LEAVE, "vsv_vo"),
    _leaving("vsv_vo_counted", "pupils", units.PUPILS_LEAVE),
    _leaving("vsv_mbo_expected", "students", units.STUDENTS_LEAVE, "vsv_mbo"),
    _leaving("vsv_mbo_counted", "students", units.STUDENTS_LEAVE),
    _leaving("vsv_mbo1_expected", "students", units.LEVEL_LEAVES, "vsv_mbo1"),
    _leaving("vsv_mbo2_expected", "students", units.LEVEL_LEAVES, "vsv_mbo2"),
    _leaving("vsv_mbo3_expected", "students", units.LEVEL_LEAVES, "vsv_mbo3"),
    _leaving("vsv_mbo4_expected", "students", units.LEVEL_LEAVES, "vsv_mbo4"),
    _leaving("vsv_adult_share", "leavers", units.ONE_IN_100),
    _share("contract_zero_hours"),
    _share("contract_bandwidth"),
    _share("contract_agency_a"),
    _share("contract_agency_b"),
    _share("contract_fixed"),
    _share("contract_permanent"),
    _share("contract_self_employed"),
    _share("contract_none"),
    _share("housing_tied"),
    _share("housing_private_shared"),
    _share("housing_private_own_lease"),
    _share("housing_social"),
    _share("housing_owner"),
    _share("crowded_share"),
    _share("registered_share"),
    _share("unemployed_share"),
    _of_families("hours_cv", units.VARIATION, units.INDEX_STEP),
    _index("roster_predictability"),
    _of_families("income_eur_month", units.EUROS, units.TEN_EUROS, "income"),
    _index("knowledge"),
    _index("trust"),
    _index("parent_dutch"),
    _index("settlement_intention"),
    _index("care_access"),
    _of_families("forced_moves", units.MOVES, units.THREE_IN_1000),
    _of_families("voluntary_moves", units.MOVES, units.THREE_IN_1000),
    _of_families("departures", units.OF_FAMILIES_PER_YEAR, units.THREE_IN_1000),
    _count("n_families", "families"),
    _of_children("poor_share", units.OF_CHILDREN, units.ONE_IN_100, "poverty"),
    _of_children("language_at_4", units.DEVIATION, units.SD_STEP),
    _of_children("language_at_12", units.DEVIATION, units.SD_STEP),
    _of_children("learning_at_12", units.DEVIATION, units.SD_STEP),
    _of_children("absent_days", units.DAYS, units.TENTH),
    _of_children("home_alone_hours", units.WEEKLY, units.TENTH),
    _of_children("belonging", units.INDEX_UNIT, units.INDEX_STEP),
    _of_children("school_changes", units.CHANGES, units.THREE_IN_1000),
    _of_children("ve_hours", units.HOURS, units.PRESCHOOL_HOURS, "preschool_hours"),
    _of_children("ve_take_up", units.OF_CHILDREN, units.ONE_IN_100, "preschool", "preschool_share"),
    _of_children("not_enrolled", units.OF_CHILDREN, units.ONE_IN_500),
    _advice("advice_havo_vwo"),
    _advice("advice_pro_vmbo_b"),
    _advice("advice_vmbo_k"),
    _advice("advice_vmbo_gt"),
    _count("n_children", "children"),
    _count("n_vo", "pupils"),
    _count("n_mbo", "students"),
)
"""Every outcome, in the order of the accumulators."""

INDEX: dict[str, int] = {outcome.name: k for k, outcome in enumerate(OUTCOMES)}
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
    found = ALIASES.get(name, name)
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

SLOTS: tuple[tuple[str, str], ...] = tuple(
    (dimension, group) for dimension, groups in DIMENSIONS for group in groups
)
"""All groups in a row; an observation adds to one slot of every dimension."""

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
    found = {LAYER_ALIASES.get(one, one) for one in asked}
    for one in found.difference(LAYERS):
        message = f"there is no layer '{one}'; there are {' and '.join(LAYERS)}."
        raise InputError(message + nearest(one, LAYERS))
    return tuple(one for one in LAYERS if one in found)


def first_slot(dimension: str) -> int:
    """Return the position of the first group of a dimension in SLOTS."""
    return next(k for k, (name, _) in enumerate(SLOTS) if name == dimension)

"""What is observed: the outcomes, and the groups they are observed for.

Two layers: the true state, and the registered state that CBS and DUO would see (only children of
registered families, enrolled at a count). Leaving is reported twice: expected (the mean yearly
hazard of those at risk) and counted; the expected value is the headline, because with about one
in a hundred a year counts drown in noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.enums import FamilyType, LetterGroup, Municipality, Origin

Level = Literal["child", "family", "count"]
Moment = Literal["october", "july"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: its unit, whether it is of children or families, and when it is observed.

    `has_registered` says whether the registered layer is observed too.
    """

    name: str
    unit: str
    level: Level
    moment: Moment = "july"
    has_registered: bool = False


def _leaving(name: str) -> Outcome:
    return Outcome(name, "share per year", "child", "october", has_registered=True)


OUTCOMES: tuple[Outcome, ...] = (
    _leaving("vsv_vo_expected"),
    _leaving("vsv_vo_counted"),
    _leaving("vsv_mbo_expected"),
    _leaving("vsv_mbo_counted"),
    _leaving("vsv_mbo1_expected"),
    _leaving("vsv_mbo2_expected"),
    _leaving("vsv_mbo3_expected"),
    _leaving("vsv_mbo4_expected"),
    _leaving("vsv_adult_share"),
    Outcome("contract_zero_hours", "share of families", "family"),
    Outcome("contract_bandwidth", "share of families", "family"),
    Outcome("contract_agency_a", "share of families", "family"),
    Outcome("contract_agency_b", "share of families", "family"),
    Outcome("contract_fixed", "share of families", "family"),
    Outcome("contract_permanent", "share of families", "family"),
    Outcome("contract_self_employed", "share of families", "family"),
    Outcome("contract_none", "share of families", "family"),
    Outcome("housing_tied", "share of families", "family"),
    Outcome("housing_private_shared", "share of families", "family"),
    Outcome("housing_private_own_lease", "share of families", "family"),
    Outcome("housing_social", "share of families", "family"),
    Outcome("housing_owner", "share of families", "family"),
    Outcome("crowded_share", "share of families", "family"),
    Outcome("registered_share", "share of families", "family"),
    Outcome("unemployed_share", "share of families", "family"),
    Outcome("hours_cv", "coefficient of variation", "family"),
    Outcome("roster_predictability", "index 0 to 1", "family"),
    Outcome("income_eur_month", "EUR per month", "family"),
    Outcome("knowledge", "index 0 to 1", "family"),
    Outcome("trust", "index 0 to 1", "family"),
    Outcome("parent_dutch", "index 0 to 1", "family"),
    Outcome("settlement_intention", "index 0 to 1", "family"),
    Outcome("care_access", "index 0 to 1", "family"),
    Outcome("forced_moves", "moves per family and year", "family"),
    Outcome("voluntary_moves", "moves per family and year", "family"),
    Outcome("departures", "share of families per year", "family"),
    Outcome("n_families", "families", "count"),
    Outcome("poor_share", "share of children", "child"),
    Outcome("language_at_4", "SD", "child"),
    Outcome("language_at_12", "SD", "child"),
    Outcome("learning_at_12", "SD", "child"),
    Outcome("absent_days", "days per year", "child"),
    Outcome("home_alone_hours", "hours per week", "child"),
    Outcome("belonging", "index 0 to 1", "child"),
    Outcome("school_changes", "changes per child and year", "child"),
    Outcome("ve_hours", "hours", "child"),
    Outcome("ve_take_up", "share of children", "child"),
    Outcome("not_enrolled", "share of children", "child"),
    Outcome("advice_havo_vwo", "share of advices", "child"),
    Outcome("advice_pro_vmbo_b", "share of advices", "child"),
    Outcome("advice_vmbo_k", "share of advices", "child"),
    Outcome("advice_vmbo_gt", "share of advices", "child"),
    Outcome("n_children", "children", "count"),
    Outcome("n_vo", "pupils", "count"),
    Outcome("n_mbo", "students", "count"),
)
"""Every outcome, in the order of the accumulators."""

INDEX: dict[str, int] = {outcome.name: k for k, outcome in enumerate(OUTCOMES)}
BY_OUTCOME: dict[str, Outcome] = {outcome.name: outcome for outcome in OUTCOMES}
N_OUTCOMES = len(OUTCOMES)


def full_name(name: str) -> str:
    """Return the outcome that a name means: leaving is expected leaving where nothing is said."""
    expected = f"{name}_expected"
    return expected if expected in INDEX else name


YEARS_BANDS: tuple[tuple[str, float], ...] = (
    ("0-2", 3.0),
    ("3-5", 6.0),
    ("6-10", 11.0),
    ("11+", float("inf")),
)
"""Bands of years in the country, with their upper ends."""

POPULATIONS = ("eu11", "comparable")
MINIMUM_CELL = 10
"""Groups by origin are reported from this many children or families on."""

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


def first_slot(dimension: str) -> int:
    """Return the position of the first group of a dimension in SLOTS."""
    return next(k for k, (name, _) in enumerate(SLOTS) if name == dimension)

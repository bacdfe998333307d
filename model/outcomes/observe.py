"""Observation: adding up the outcomes of a moment over all rows, for every group."""

from __future__ import annotations

import numpy as np

from model import calendar
from model.enums import BirthCountry, Contract, Eligibility, Stage, Status, Track
from model.kernel.compile import loop, step
from model.kernel.rows import World, adult_row, child_row, family_row, parameter_row
from model.outcomes.composition import N_CELLS, cell_of, hold, weigh
from model.outcomes.registry import (
    AT,
    N_OUTCOMES,
    OUTCOMES,
    SLOTS,
    STANDARDISED,
    YEARS_BANDS,
    first_slot,
)
from model.state import CHUNK, ChildRow, FamilyRow
from model.submodels.housing import rules as housing_rules
from model.submodels.school.letter_groups import group_of

_N_SLOTS = len(SLOTS)
_MUNICIPALITY, _TYPE = first_slot("municipality"), first_slot("family_type")
_GROUP, _ORIGIN, _YEARS = (
    first_slot("letter_group"),
    first_slot("origin"),
    first_slot("years_in_nl"),
)
_BAND_1, _BAND_2, _BAND_3 = YEARS_BANDS[0][1], YEARS_BANDS[1][1], YEARS_BANDS[2][1]
_HELD = first_slot(STANDARDISED)
_NO_GROUP = -1
_FIRST_YEARS, _THIRD_YEAR = 2, 3

_ACTUAL = 0
_LEAVING, _OF_FAMILIES, _OF_CHILDREN = (
    (0, AT.contract_zero_hours),
    (AT.contract_zero_hours, AT.poor_share),
    (AT.poor_share, N_OUTCOMES),
)
"""Ranges of outcomes that are observed together."""
_HELD_LEAVING, _HELD_CHILDREN = (0, AT.vsv_adult_share), (AT.poor_share, AT.n_children)
"""Ranges of outcomes that are also given by the children of the first school year."""
_HAS_OWN = {"hours_cv", "roster_predictability", "departures", "n_families"}
_OF_ALL = np.array(
    [outcome.level == "family" and outcome.name not in _HAS_OWN for outcome in OUTCOMES]
)
"""Outcomes of every family that is here: they are divided by the number of families, which is added
up once for all of them."""


@step
def _band(years: float) -> int:
    if years < _BAND_1:
        return 0
    if years < _BAND_2:
        return 1
    return 2 if years < _BAND_3 else 3


@step
def _spread(
    sums: np.ndarray,
    values: np.ndarray,
    outcomes: tuple[int, int],
    family: FamilyRow,
    band: int,
    group: int,
) -> None:
    """Add values that are not NaN, and how many, to a group of every dimension; empty them.

    `sums` (outcomes, 2, slots, 2).
    """
    who = family.population
    slots = (
        0,
        _MUNICIPALITY + family.municipality,
        _TYPE + family.family_type,
        _ORIGIN + family.origin,
        _YEARS + band,
        _GROUP + group,
    )
    n = len(slots) if group != _NO_GROUP else len(slots) - 1
    for o in range(outcomes[0], outcomes[1]):
        value = values[o]
        if np.isnan(value):
            continue
        for k in range(n):
            sums[o, who, slots[k], 0] += value
        if not _OF_ALL[o]:
            for k in range(n):
                sums[o, who, slots[k], 1] += 1.0
        values[o] = np.nan


@step
def _composition_cell(child: ChildRow, stage: int, age: int) -> int:
    return cell_of(
        stage=stage,
        age=age,
        is_born_here=child.birth_country == BirthCountry.NETHERLANDS,
        is_late=child.late_arrival != 0,
    )


@step
def _hold(
    cells: np.ndarray, values: np.ndarray, outcomes: tuple[int, int], who: int, cell: int
) -> None:
    """Add values that are not NaN, and how many, to a cell; `cells` (outcomes, 2, cells, 2)."""
    for o in range(outcomes[0], outcomes[1]):
        if not np.isnan(values[o]):
            cells[o - outcomes[0], who, cell, 0] += values[o]
            cells[o - outcomes[0], who, cell, 1] += 1.0


@loop
def observe_october(w: World, n_rows: int, month: int, sums: np.ndarray, cells: np.ndarray) -> None:
    """Observe who left since the count of a year ago.

    `sums` (chunks, 2, outcomes, 2, slots, 2); `cells` (2, outcomes, 2, cells, 2) of those that are
    standardised.
    """
    values = np.full(N_OUTCOMES, np.nan)
    for i in range(n_rows):
        family = family_row(w, i)
        if family.status not in (Status.IN_NL, Status.ABROAD_TEMP):
            continue
        band = _band((month - family.arrival_month) / 12.0)
        for c in range(family.first_child, family.first_child + family.n_children):
            child = child_row(w, c)
            if child.risk_stage == 0:
                continue
            age = month - child.birth_month
            cell = _composition_cell(child, child.risk_stage, age)
            layers = 2 if child.risk_registered != 0 else 1
            for layer in range(layers):
                _leaving(values, child, month)
                _hold(cells[layer], values, _HELD_LEAVING, family.population, cell)
                group = group_of(family, child, age, month, parameter_row(w, month))
                _spread(sums[i // CHUNK, layer], values, _LEAVING, family, band, group)
                is_first = child.risk_stage >= Stage.PRO and child.risk_year <= _FIRST_YEARS
                if child.risk_stage <= Stage.VWO and not is_first:
                    # The share of adults among leavers: both sums are weighted by the hazard.
                    # As published, without the first two years of secondary school.
                    hazard = child.vsv_hazard_year
                    adult = hazard if age >= calendar.EIGHTEEN else 0.0
                    sums[i // CHUNK, layer, AT.vsv_adult_share, family.population, 0, 0] += adult
                    sums[i // CHUNK, layer, AT.vsv_adult_share, family.population, 0, 1] += hazard


@step
def _leaving(values: np.ndarray, child: ChildRow, month: int) -> None:
    expected = child.vsv_hazard_year
    counted = 1.0 if child.stage == Stage.LEFT and child.left_month == month else 0.0
    if child.risk_stage <= Stage.VWO:
        values[AT.vsv_vo_expected], values[AT.vsv_vo_counted] = expected, counted
    else:
        values[AT.vsv_mbo_expected], values[AT.vsv_mbo_counted] = expected, counted
        values[AT.vsv_mbo1_expected + child.risk_stage - Stage.MBO1] = expected


@loop
def observe_july(w: World, n_rows: int, month: int, sums: np.ndarray, cells: np.ndarray) -> None:
    """Observe families and children at the end of a school year; shapes as in October.

    `cells` have the one layer that is actually so.
    """
    values = np.full(N_OUTCOMES, np.nan)
    for i in range(n_rows):
        family = family_row(w, i)
        here = family.status in (Status.IN_NL, Status.ABROAD_TEMP)
        left = family.status == Status.EMIGRATED and family.departure_month > month - calendar.ONE
        if not here and not left:
            continue
        band = _band((month - family.arrival_month) / 12.0)
        values[AT.departures] = 1.0 if left else 0.0
        if here:
            _family(values, w, i, month)
        _spread(sums[i // CHUNK, _ACTUAL], values, _OF_FAMILIES, family, band, _NO_GROUP)
        if not here:
            continue
        for c in range(family.first_child, family.first_child + family.n_children):
            child = child_row(w, c)
            age = month - child.birth_month
            if 0 <= age < calendar.COUNT_UNTIL and child.stage > 0:
                _child(values, family, child, age)
                cell = _composition_cell(child, child.stage, age)
                _hold(cells[_ACTUAL], values, _HELD_CHILDREN, family.population, cell)
                group = group_of(family, child, age, month, parameter_row(w, month))
                _spread(sums[i // CHUNK, _ACTUAL], values, _OF_CHILDREN, family, band, group)


@step
def _family(values: np.ndarray, w: World, i: int, month: int) -> None:
    family = family_row(w, i)
    values[AT.contract_zero_hours + adult_row(w, 2 * i).contract] = 1.0
    values[AT.housing_tied + family.housing] = 1.0
    n_seeking, n_working = 0, 0
    for which in range(family.n_adults):
        adult = adult_row(w, 2 * i + which)
        n_seeking += adult.is_seeking
        if adult.is_seeking != 0 and adult.contract != Contract.NONE:
            n_working += 1
    crowded = housing_rules.is_crowded(family.crowding, parameter_row(w, month).crowded_from)
    values[AT.crowded_share] = 1.0 if crowded else 0.0
    values[AT.registered_share] = family.is_registered
    values[AT.unemployed_share] = 1.0 if n_seeking > 0 and n_working == 0 else 0.0
    if n_working > 0:
        values[AT.hours_cv] = family.hours_cv
        values[AT.roster_predictability] = family.roster_predictability
    values[AT.income_eur_month] = family.income_eur_month
    values[AT.knowledge], values[AT.trust] = family.knowledge, family.trust
    values[AT.parent_dutch], values[AT.settlement_intention] = (
        family.parent_dutch,
        family.settlement_intention,
    )
    values[AT.care_access], values[AT.forced_moves] = family.care_access, family.forced_moves_year
    values[AT.voluntary_moves], values[AT.n_families] = family.voluntary_moves_year, 1.0


@step
def _child(values: np.ndarray, family: FamilyRow, child: ChildRow, age: int) -> None:
    values[AT.n_children] = 1.0
    if age < calendar.EIGHTEEN:
        values[AT.poor_share] = family.is_poor
    if calendar.FOUR <= age < calendar.FIVE and not np.isnan(child.language_at_4):
        _preschool(values, child)
    if calendar.TWELVE <= age < calendar.THIRTEEN and not np.isnan(child.language_at_12):
        values[AT.language_at_12] = child.language_at_12
        values[AT.learning_at_12] = child.learning_z + child.gain_learning
    if calendar.FIVE <= age < calendar.SEVENTEEN and child.stage < Stage.QUALIFIED:
        values[AT.not_enrolled] = 0.0 if child.is_enrolled != 0 else 1.0
    if child.stage == Stage.PO8 and child.advice > 0:
        _advice(values, child.advice - 1)
    _level(values, family, child, age)
    if child.is_enrolled == 0:
        return
    values[AT.absent_days], values[AT.belonging] = child.absent_days_12m, child.belonging
    values[AT.school_changes] = child.school_changes_year
    if calendar.FOUR <= age < calendar.TWELVE:
        values[AT.home_alone_hours] = child.home_alone_hours
    if Stage.ISK <= child.stage <= Stage.VWO:
        values[AT.n_vo] = 1.0
    elif Stage.MBO1 <= child.stage <= Stage.MBO4:
        values[AT.n_mbo] = 1.0


@step
def _preschool(values: np.ndarray, child: ChildRow) -> None:
    """Observe a child of four: Dutch, and preschool; its reach is of the target group only."""
    values[AT.language_at_4], values[AT.ve_hours] = child.language_at_4, child.ve_hours
    values[AT.ve_take_up] = 1.0 if child.ve_hours > 0.0 else 0.0
    if child.ve_eligible == Eligibility.YES:
        values[AT.ve_reach] = values[AT.ve_take_up]


@step
def _level(values: np.ndarray, family: FamilyRow, child: ChildRow, age: int) -> None:
    """Look at the level of schooling of a cohort, and at who of the youngest anybody could see.

    In the register, in preschool or at school: contact itself is not in the model.
    """
    if age < calendar.FIVE:
        is_seen = family.is_registered != 0 or child.ve_hours > 0.0 or child.is_enrolled != 0
        values[AT.seen_0_4] = 1.0 if is_seen else 0.0
    if Stage.PRO <= child.stage <= Stage.VWO and child.stage_year == _THIRD_YEAR:
        values[AT.third_year_havo_vwo] = 1.0 if child.stage >= Stage.HAVO else 0.0
    is_of_18 = calendar.EIGHTEEN <= age < calendar.EIGHTEEN + calendar.ONE
    if is_of_18 and Stage.MBO1 <= child.stage <= Stage.MBO4:
        values[AT.mbo_level_3_4_at_18] = 1.0 if child.stage >= Stage.MBO3 else 0.0
    if age >= calendar.COUNT_UNTIL - calendar.ONE:
        values[AT.startkwalificatie_at_22] = 1.0 if child.has_startkwalificatie != 0 else 0.0


@step
def _advice(values: np.ndarray, track: int) -> None:
    values[AT.advice_havo_vwo] = 1.0 if track >= Track.HAVO else 0.0
    values[AT.advice_pro_vmbo_b] = 1.0 if track <= Track.VMBO_B else 0.0
    values[AT.advice_vmbo_k] = 1.0 if track == Track.VMBO_K else 0.0
    values[AT.advice_vmbo_gt] = 1.0 if track == Track.VMBO_GT else 0.0


def observe(
    w: World, n_rows: int, month: int, weights: np.ndarray, *, is_october: bool, is_first: bool
) -> np.ndarray:
    """Return sums (2 layers, outcomes, 2 populations, slots, 2): values, and how many were added.

    Children's outcomes are standardised by the `weights` (2, outcomes, 2, cells); those that were
    not given are filled in the first school year. Chunks of rows are added up apart and then
    together, in a fixed order, whatever the threads.
    """
    chunks = max(1, -(-n_rows // CHUNK))
    layers, (first, end) = (2, _HELD_LEAVING) if is_october else (1, _HELD_CHILDREN)
    sums = np.zeros((chunks, 2, N_OUTCOMES, 2, _N_SLOTS, 2))
    cells = np.zeros((layers, end - first, 2, N_CELLS, 2))
    (observe_october if is_october else observe_july)(w, n_rows, month, sums, cells)
    seen: np.ndarray = sums[0] if chunks == 1 else sums.sum(axis=0)
    numbers = seen[..., 1]
    numbers[:, _OF_ALL] = numbers[:, [AT.n_families]]
    for layer in range(layers):
        mine = weights[layer, first:end]
        if is_first:
            weigh(cells[layer], mine)
        hold(cells[layer], mine, seen[layer, first:end, :, _HELD:])
    return seen


def no_weights() -> np.ndarray:
    """Return weights (2 layers, outcomes, 2 populations, cells) before anybody was counted."""
    return np.zeros((2, N_OUTCOMES, 2, N_CELLS))

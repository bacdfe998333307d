"""Observation: adding up the outcomes of a moment over all rows, for every group."""

from __future__ import annotations

import numpy as np

from model import ages
from model.compiled import loop, step
from model.engine import CHUNK
from model.enums import BirthCountry, Contract, Stage, Status, Track
from model.household_ages import letter_group
from model.outcomes import INDEX, N_OUTCOMES, OUTCOMES, SLOTS, YEARS_BANDS, first_slot
from model.state import ChildRow, FamilyRow
from model.world import World, adult_row, child_row, family_row, parameter_row

_IN_NL, _ABROAD, _EMIGRATED = int(Status.IN_NL), int(Status.ABROAD_TEMP), int(Status.EMIGRATED)
_NONE = int(Contract.NONE)
_PO8, _ISK, _VWO = int(Stage.PO8), int(Stage.ISK), int(Stage.VWO)
_MBO1, _MBO4, _QUALIFIED = int(Stage.MBO1), int(Stage.MBO4), int(Stage.QUALIFIED)
_LEFT = int(Stage.LEFT)
_BORN_HERE = int(BirthCountry.NETHERLANDS)

_N_SLOTS = len(SLOTS)
_MUNICIPALITY, _TYPE = first_slot("municipality"), first_slot("family_type")
_GROUP, _ORIGIN, _YEARS = (
    first_slot("letter_group"),
    first_slot("origin"),
    first_slot("years_in_nl"),
)
_BAND_1, _BAND_2, _BAND_3 = YEARS_BANDS[0][1], YEARS_BANDS[1][1], YEARS_BANDS[2][1]
_NO_GROUP = -1
_VMBO_B, _VMBO_K = int(Track.VMBO_B), int(Track.VMBO_K)
_VMBO_GT, _HAVO = int(Track.VMBO_GT), int(Track.HAVO)

_VO_EXPECTED, _VO_COUNTED = INDEX["vsv_vo_expected"], INDEX["vsv_vo_counted"]
_MBO_EXPECTED, _MBO_COUNTED = INDEX["vsv_mbo_expected"], INDEX["vsv_mbo_counted"]
_MBO1_EXPECTED, _ADULT_SHARE = INDEX["vsv_mbo1_expected"], INDEX["vsv_adult_share"]
_CONTRACT, _HOUSING = INDEX["contract_zero_hours"], INDEX["housing_tied"]
_CROWDED, _REGISTERED = INDEX["crowded_share"], INDEX["registered_share"]
_UNEMPLOYED, _HOURS_CV = INDEX["unemployed_share"], INDEX["hours_cv"]
_ROSTER, _INCOME, _KNOWLEDGE = (
    INDEX["roster_predictability"],
    INDEX["income_eur_month"],
    INDEX["knowledge"],
)
_TRUST, _DUTCH, _INTENTION = (
    INDEX["trust"],
    INDEX["parent_dutch"],
    INDEX["settlement_intention"],
)
_CARE, _FORCED, _VOLUNTARY = (
    INDEX["care_access"],
    INDEX["forced_moves"],
    INDEX["voluntary_moves"],
)
_DEPARTURES, _N_FAMILIES = INDEX["departures"], INDEX["n_families"]
_POOR, _LANGUAGE_4, _LANGUAGE_12 = (
    INDEX["poor_share"],
    INDEX["language_at_4"],
    INDEX["language_at_12"],
)
_LEARNING_12, _ABSENT, _ALONE = (
    INDEX["learning_at_12"],
    INDEX["absent_days"],
    INDEX["home_alone_hours"],
)
_BELONGING, _CHANGES = INDEX["belonging"], INDEX["school_changes"]
_VE_HOURS, _VE_TAKE_UP = INDEX["ve_hours"], INDEX["ve_take_up"]
_NOT_ENROLLED, _ADVICE_HV = INDEX["not_enrolled"], INDEX["advice_havo_vwo"]
_ADVICE_PRO_B, _ADVICE_K, _ADVICE_GT = (
    INDEX["advice_pro_vmbo_b"],
    INDEX["advice_vmbo_k"],
    INDEX["advice_vmbo_gt"],
)
_N_CHILDREN, _N_VO, _N_MBO = INDEX["n_children"], INDEX["n_vo"], INDEX["n_mbo"]
_ACTUAL = 0
_LEAVING, _OF_FAMILIES, _OF_CHILDREN = (0, _CONTRACT), (_CONTRACT, _POOR), (_POOR, N_OUTCOMES)
"""Ranges of outcomes that are observed together."""
_HAS_OWN = {"hours_cv", "roster_predictability", "departures", "n_families"}
_OF_ALL = np.array(
    [outcome.level == "family" and outcome.name not in _HAS_OWN for outcome in OUTCOMES]
)
"""Outcomes of every family that is here: they are divided by the number of families, which is added
up once for all of them."""


@step
def _present_group(family: FamilyRow, child: ChildRow, age: int, month: int) -> int:
    """Return the letter's group a child is in now."""
    years = (month - family.arrival_month) / 12.0
    return letter_group(
        age_months=age,
        is_born_here=child.birth_country == _BORN_HERE,
        years_in_nl=years,
        is_late=child.late_arrival != 0,
    )


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


@loop
def observe_october(w: World, n_rows: int, month: int, sums: np.ndarray) -> None:
    """Observe who left since the count of a year ago; `sums` (chunks, 2, outcomes, 2, slots, 2)."""
    values = np.full(N_OUTCOMES, np.nan)
    for i in range(n_rows):
        family = family_row(w, i)
        if family.status not in (_IN_NL, _ABROAD):
            continue
        band = _band((month - family.arrival_month) / 12.0)
        for c in range(family.first_child, family.first_child + family.n_children):
            child = child_row(w, c)
            if child.risk_stage == 0:
                continue
            age = month - child.birth_month
            layers = 2 if child.risk_registered != 0 else 1
            for layer in range(layers):
                _leaving(values, child, month)
                group = _present_group(family, child, age, month)
                _spread(sums[i // CHUNK, layer], values, _LEAVING, family, band, group)
                if child.risk_stage <= _VWO:
                    # The share of adults among leavers: both sums are weighted by the hazard.
                    hazard = child.vsv_hazard_year
                    adult = hazard if age >= ages.EIGHTEEN else 0.0
                    sums[i // CHUNK, layer, _ADULT_SHARE, family.population, 0, 0] += adult
                    sums[i // CHUNK, layer, _ADULT_SHARE, family.population, 0, 1] += hazard


@step
def _leaving(values: np.ndarray, child: ChildRow, month: int) -> None:
    expected = child.vsv_hazard_year
    counted = 1.0 if child.stage == _LEFT and child.left_month == month else 0.0
    if child.risk_stage <= _VWO:
        values[_VO_EXPECTED], values[_VO_COUNTED] = expected, counted
    else:
        values[_MBO_EXPECTED], values[_MBO_COUNTED] = expected, counted
        values[_MBO1_EXPECTED + child.risk_stage - _MBO1] = expected


@loop
def observe_july(w: World, n_rows: int, month: int, sums: np.ndarray) -> None:
    """Observe families and children at the end of a school year; shapes as in October."""
    values = np.full(N_OUTCOMES, np.nan)
    for i in range(n_rows):
        family = family_row(w, i)
        here = family.status in (_IN_NL, _ABROAD)
        left = family.status == _EMIGRATED and family.departure_month > month - ages.ONE
        if not here and not left:
            continue
        band = _band((month - family.arrival_month) / 12.0)
        values[_DEPARTURES] = 1.0 if left else 0.0
        if here:
            _family(values, w, i, month)
        _spread(sums[i // CHUNK, _ACTUAL], values, _OF_FAMILIES, family, band, _NO_GROUP)
        if not here:
            continue
        for c in range(family.first_child, family.first_child + family.n_children):
            child = child_row(w, c)
            age = month - child.birth_month
            if 0 <= age < ages.COUNT_UNTIL and child.stage > 0:
                _child(values, family, child, age)
                group = _present_group(family, child, age, month)
                _spread(sums[i // CHUNK, _ACTUAL], values, _OF_CHILDREN, family, band, group)


@step
def _family(values: np.ndarray, w: World, i: int, month: int) -> None:
    family = family_row(w, i)
    values[_CONTRACT + adult_row(w, 2 * i).contract] = 1.0
    values[_HOUSING + family.housing] = 1.0
    n_seeking, n_working = 0, 0
    for which in range(family.n_adults):
        adult = adult_row(w, 2 * i + which)
        n_seeking += adult.is_seeking
        if adult.is_seeking != 0 and adult.contract != _NONE:
            n_working += 1
    crowded = family.crowding >= parameter_row(w, month).crowded_from
    values[_CROWDED] = 1.0 if crowded else 0.0
    values[_REGISTERED] = family.is_registered
    values[_UNEMPLOYED] = 1.0 if n_seeking > 0 and n_working == 0 else 0.0
    if n_working > 0:
        values[_HOURS_CV] = family.hours_cv
        values[_ROSTER] = family.roster_predictability
    values[_INCOME] = family.income_eur_month
    values[_KNOWLEDGE], values[_TRUST] = family.knowledge, family.trust
    values[_DUTCH], values[_INTENTION] = family.parent_dutch, family.settlement_intention
    values[_CARE], values[_FORCED] = family.care_access, family.forced_moves_year
    values[_VOLUNTARY], values[_N_FAMILIES] = family.voluntary_moves_year, 1.0


@step
def _child(values: np.ndarray, family: FamilyRow, child: ChildRow, age: int) -> None:
    values[_N_CHILDREN] = 1.0
    if age < ages.EIGHTEEN:
        values[_POOR] = family.is_poor
    if ages.FOUR <= age < ages.FIVE and not np.isnan(child.language_at_4):
        values[_LANGUAGE_4], values[_VE_HOURS] = child.language_at_4, child.ve_hours
        values[_VE_TAKE_UP] = 1.0 if child.ve_hours > 0.0 else 0.0
    if ages.TWELVE <= age < ages.THIRTEEN and not np.isnan(child.language_at_12):
        values[_LANGUAGE_12] = child.language_at_12
        values[_LEARNING_12] = child.learning_z + child.gain_learning
    if ages.FIVE <= age < ages.SEVENTEEN and child.stage < _QUALIFIED:
        values[_NOT_ENROLLED] = 0.0 if child.is_enrolled != 0 else 1.0
    if child.stage == _PO8 and child.advice > 0:
        _advice(values, child.advice - 1)
    if child.is_enrolled == 0:
        return
    values[_ABSENT], values[_BELONGING] = child.absent_days_12m, child.belonging
    values[_CHANGES] = child.school_changes_year
    if ages.FOUR <= age < ages.TWELVE:
        values[_ALONE] = child.home_alone_hours
    if _ISK <= child.stage <= _VWO:
        values[_N_VO] = 1.0
    elif _MBO1 <= child.stage <= _MBO4:
        values[_N_MBO] = 1.0


@step
def _advice(values: np.ndarray, track: int) -> None:
    values[_ADVICE_HV] = 1.0 if track >= _HAVO else 0.0
    values[_ADVICE_PRO_B] = 1.0 if track <= _VMBO_B else 0.0
    values[_ADVICE_K] = 1.0 if track == _VMBO_K else 0.0
    values[_ADVICE_GT] = 1.0 if track == _VMBO_GT else 0.0


def observe(w: World, n_rows: int, month: int, *, is_october: bool) -> np.ndarray:
    """Return sums (2 layers, outcomes, 2 populations, slots, 2): values, and how many were added.

    Chunks of rows are added up apart and then together, in a fixed order, whatever the threads.
    """
    chunks = max(1, -(-n_rows // CHUNK))
    sums = np.zeros((chunks, 2, N_OUTCOMES, 2, _N_SLOTS, 2))
    (observe_october if is_october else observe_july)(w, n_rows, month, sums)
    seen: np.ndarray = sums.sum(axis=0)
    numbers = seen[..., 1]
    numbers[:, _OF_ALL] = numbers[:, [_N_FAMILIES]]
    return seen

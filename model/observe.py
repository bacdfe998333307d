"""Observation: adding up the outcomes of a moment over all rows, for every group."""

from __future__ import annotations

import numpy as np

from model import ages
from model.compiled import step
from model.engine import CHUNK
from model.enums import Contract, LetterGroup, Stage, Status, Track
from model.outcomes import INDEX, N_OUTCOMES, SLOTS, YEARS_BANDS, first_slot
from model.state import Row
from model.world import World

_IN_NL, _ABROAD, _EMIGRATED = int(Status.IN_NL), int(Status.ABROAD_TEMP), int(Status.EMIGRATED)
_NONE = int(Contract.NONE)
_PO8, _ISK, _VWO = int(Stage.PO8), int(Stage.ISK), int(Stage.VWO)
_MBO1, _MBO4, _QUALIFIED = int(Stage.MBO1), int(Stage.MBO4), int(Stage.QUALIFIED)
_LEFT = int(Stage.LEFT)
_AGED_0_4, _LATE = int(LetterGroup.AGED_0_4), int(LetterGroup.LATE_ARRIVAL)
_BORN_HERE, _OTHER = int(LetterGroup.BORN_HERE), int(LetterGroup.OTHER)

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
_TRUE, _REGISTERED_LAYER = 0, 1


@step
def present_group(child: Row, age: int) -> int:
    """Return the letter's group a child is in now: by age, late arrival, birth here."""
    if age < ages.FIVE:
        return _AGED_0_4
    if child.late_arrival != 0:
        return _LATE
    if child.birth_country == 0:
        return _BORN_HERE
    return _OTHER


@step
def _band(years: float) -> int:
    if years < _BAND_1:
        return 0
    if years < _BAND_2:
        return 1
    return 2 if years < _BAND_3 else 3


@step
def _add(
    sums: np.ndarray, layer: int, o: int, family: Row, band: int, group: int, value: float
) -> None:
    """Add a value, and one to the number of observations, to the group of every dimension."""
    cell = sums[layer, o, family.population]
    cell[0, 0] += value
    cell[0, 1] += 1.0
    cell[_MUNICIPALITY + family.municipality, 0] += value
    cell[_MUNICIPALITY + family.municipality, 1] += 1.0
    cell[_TYPE + family.family_type, 0] += value
    cell[_TYPE + family.family_type, 1] += 1.0
    cell[_ORIGIN + family.origin, 0] += value
    cell[_ORIGIN + family.origin, 1] += 1.0
    cell[_YEARS + band, 0] += value
    cell[_YEARS + band, 1] += 1.0
    if group != _NO_GROUP:
        cell[_GROUP + group, 0] += value
        cell[_GROUP + group, 1] += 1.0


@step
def observe_october(w: World, n_rows: int, month: int, sums: np.ndarray) -> None:
    """Observe who left since the count of a year ago; `sums` (chunks, 2, outcomes, 2, slots, 2)."""
    for i in range(n_rows):
        family = w.families[i]
        if family.status not in (_IN_NL, _ABROAD):
            continue
        band = _band((month - family.arrival_month) / 12.0)
        for c in range(family.first_child, family.first_child + family.n_children):
            child = w.children[c]
            if child.risk_stage == 0:
                continue
            age = month - child.birth_month
            group = present_group(child, age)
            _leaving(sums[i // CHUNK], _TRUE, family, child, age, month, band, group)
            if child.risk_registered != 0:
                _leaving(
                    sums[i // CHUNK], _REGISTERED_LAYER, family, child, age, month, band, group
                )


@step
def _leaving(
    sums: np.ndarray,
    layer: int,
    family: Row,
    child: Row,
    age: int,
    month: int,
    band: int,
    group: int,
) -> None:
    expected = child.vsv_hazard_year
    counted = 1.0 if child.stage == _LEFT and child.left_month == month else 0.0
    if child.risk_stage <= _VWO:
        _add(sums, layer, _VO_EXPECTED, family, band, group, expected)
        _add(sums, layer, _VO_COUNTED, family, band, group, counted)
        # The share of adults among leavers: both sums are weighted by the hazard.
        cell = sums[layer, _ADULT_SHARE, family.population, 0]
        cell[0] += expected if age >= ages.EIGHTEEN else 0.0
        cell[1] += expected
        return
    _add(sums, layer, _MBO_EXPECTED, family, band, group, expected)
    _add(sums, layer, _MBO_COUNTED, family, band, group, counted)
    level = _MBO1_EXPECTED + child.risk_stage - _MBO1
    _add(sums, layer, level, family, band, group, expected)


@step
def observe_july(w: World, n_rows: int, month: int, sums: np.ndarray) -> None:
    """Observe families and children at the end of a school year; shapes as in October."""
    p = w.parameters[month]
    for i in range(n_rows):
        family = w.families[i]
        here = family.status in (_IN_NL, _ABROAD)
        left = family.status == _EMIGRATED and family.departure_month > month - ages.ONE
        if not here and not left:
            continue
        band = _band((month - family.arrival_month) / 12.0)
        part = sums[i // CHUNK]
        _add(part, _TRUE, _DEPARTURES, family, band, _NO_GROUP, 1.0 if left else 0.0)
        if here:
            _family(part, w, i, band, p)
            for c in range(family.first_child, family.first_child + family.n_children):
                age = month - w.children[c].birth_month
                if 0 <= age < ages.COUNT_UNTIL and w.children[c].stage > 0:
                    _child(part, family, w.children[c], age, band)


@step
def _family(sums: np.ndarray, w: World, i: int, band: int, p: Row) -> None:
    family = w.families[i]
    contract = w.adults[2 * i].contract
    for kind in range(8):
        _add(
            sums, _TRUE, _CONTRACT + kind, family, band, _NO_GROUP, 1.0 if kind == contract else 0.0
        )
    for kind in range(5):
        is_it = 1.0 if kind == family.housing else 0.0
        _add(sums, _TRUE, _HOUSING + kind, family, band, _NO_GROUP, is_it)
    n_seeking, n_working = 0, 0
    for which in range(family.n_adults):
        adult = w.adults[2 * i + which]
        n_seeking += adult.is_seeking
        if adult.is_seeking != 0 and adult.contract != _NONE:
            n_working += 1
    is_without = 1.0 if n_seeking > 0 and n_working == 0 else 0.0
    crowded = 1.0 if family.crowding >= p.crowded_from else 0.0
    _add(sums, _TRUE, _CROWDED, family, band, _NO_GROUP, crowded)
    _add(sums, _TRUE, _REGISTERED, family, band, _NO_GROUP, family.is_registered)
    _add(sums, _TRUE, _UNEMPLOYED, family, band, _NO_GROUP, is_without)
    if n_working > 0:
        _add(sums, _TRUE, _HOURS_CV, family, band, _NO_GROUP, family.hours_cv)
        _add(sums, _TRUE, _ROSTER, family, band, _NO_GROUP, family.roster_predictability)
    _add(sums, _TRUE, _INCOME, family, band, _NO_GROUP, family.income_eur_month)
    _add(sums, _TRUE, _KNOWLEDGE, family, band, _NO_GROUP, family.knowledge)
    _add(sums, _TRUE, _TRUST, family, band, _NO_GROUP, family.trust)
    _add(sums, _TRUE, _DUTCH, family, band, _NO_GROUP, family.parent_dutch)
    _add(sums, _TRUE, _INTENTION, family, band, _NO_GROUP, family.settlement_intention)
    _add(sums, _TRUE, _CARE, family, band, _NO_GROUP, family.care_access)
    _add(sums, _TRUE, _FORCED, family, band, _NO_GROUP, family.forced_moves_year)
    _add(sums, _TRUE, _VOLUNTARY, family, band, _NO_GROUP, family.voluntary_moves_year)
    _add(sums, _TRUE, _N_FAMILIES, family, band, _NO_GROUP, 1.0)


@step
def _child(sums: np.ndarray, family: Row, child: Row, age: int, band: int) -> None:
    group = present_group(child, age)
    _add(sums, _TRUE, _N_CHILDREN, family, band, group, 1.0)
    if age < ages.EIGHTEEN:
        _add(sums, _TRUE, _POOR, family, band, group, family.is_poor)
    if ages.FOUR <= age < ages.FIVE:
        _add(sums, _TRUE, _LANGUAGE_4, family, band, group, child.language_at_4)
        _add(sums, _TRUE, _VE_HOURS, family, band, group, child.ve_hours)
        _add(sums, _TRUE, _VE_TAKE_UP, family, band, group, 1.0 if child.ve_hours > 0.0 else 0.0)
    if ages.TWELVE <= age < ages.THIRTEEN and not np.isnan(child.language_at_12):
        _add(sums, _TRUE, _LANGUAGE_12, family, band, group, child.language_at_12)
        _add(sums, _TRUE, _LEARNING_12, family, band, group, child.learning_z + child.gain_learning)
    if ages.FIVE <= age < ages.SEVENTEEN and child.stage < _QUALIFIED:
        is_out = 0.0 if child.is_enrolled != 0 else 1.0
        _add(sums, _TRUE, _NOT_ENROLLED, family, band, group, is_out)
    if child.stage == _PO8 and child.advice > 0:
        _advice(sums, family, child, band, group)
    if child.is_enrolled == 0:
        return
    _add(sums, _TRUE, _ABSENT, family, band, group, child.absent_days_12m)
    _add(sums, _TRUE, _BELONGING, family, band, group, child.belonging)
    _add(sums, _TRUE, _CHANGES, family, band, group, child.school_changes_year)
    if ages.FOUR <= age < ages.TWELVE:
        _add(sums, _TRUE, _ALONE, family, band, group, child.home_alone_hours)
    if _ISK <= child.stage <= _VWO:
        _add(sums, _TRUE, _N_VO, family, band, group, 1.0)
    elif _MBO1 <= child.stage <= _MBO4:
        _add(sums, _TRUE, _N_MBO, family, band, group, 1.0)


@step
def _advice(sums: np.ndarray, family: Row, child: Row, band: int, group: int) -> None:
    track = child.advice - 1
    _add(sums, _TRUE, _ADVICE_HV, family, band, group, 1.0 if track >= _HAVO else 0.0)
    _add(sums, _TRUE, _ADVICE_PRO_B, family, band, group, 1.0 if track <= _VMBO_B else 0.0)
    _add(sums, _TRUE, _ADVICE_K, family, band, group, 1.0 if track == _VMBO_K else 0.0)
    _add(sums, _TRUE, _ADVICE_GT, family, band, group, 1.0 if track == _VMBO_GT else 0.0)


def observe(w: World, n_rows: int, month: int, *, is_october: bool) -> np.ndarray:
    """Return sums (2 layers, outcomes, 2 populations, slots, 2): values, and how many were added.

    Chunks of rows are added up apart and then together, in a fixed order, whatever the threads.
    """
    chunks = max(1, -(-n_rows // CHUNK))
    sums = np.zeros((chunks, 2, N_OUTCOMES, 2, _N_SLOTS, 2))
    (observe_october if is_october else observe_july)(w, n_rows, month, sums)
    return np.asarray(sums.sum(axis=0))

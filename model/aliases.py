"""Names that users hold and that were renamed: the old name, and the one of today.

This is the only table of them. Scenario files, run folders, links, arguments and Python all read
names through it, so that a name of before is understood for good. A name is never used again for
something else. (Short names of outcomes, such as `vsv_mbo`, stand with the outcome.)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["lever", "parameter", "outcome", "scenario", "layer"]

RENAMED: dict[Kind, dict[str, str]] = {
    "lever": {},
    "parameter": {  # second levels, now what a change of policy adds (LEVELS)
        "rights.p_claim_helped": "rights.claim_help",
        "work.p_end_bandwidth": "work.end_ratio_bandwidth",
        "work.q_chain_reform": "work.q_chain_extra",
        "work.q_phase_b_reform": "work.q_phase_b_extra",
        # care of children has a room of its own
        "school.care_outside_hours": "care.care_outside_hours",
        "school.care_use_base": "care.care_use_base",
        "school.home_alone_from_years": "care.home_alone_from_years",
        "school.home_alone_until_years": "care.home_alone_until_years",
        # leaving falls with the stay along a curve
        "stay.school_age_ratio": "stay.leave_school",
    },
    "outcome": {},
    "scenario": {},
    "layer": {"true": "actual"},  # a reader of tables took the word for a truth value
}


LEVELS: dict[str, tuple[str, Literal["less", "over"]]] = {
    "rights.p_claim_helped": ("rights.p_claim_unaided", "less"),
    "work.p_end_bandwidth": ("work.p_end_zero_hours", "over"),
    "work.q_chain_reform": ("work.q_chain_now", "less"),
    "work.q_phase_b_reform": ("work.q_phase_b_now", "less"),
}
"""Renamed parameters whose value was a level: the base, and how today's follows from the two."""

_STOCK = "the families of the start are those who came or began since 1996: it follows from them"
_INFLOW = "see population.births_2023 and population.arrivals_2023"
_LEAVING = "see stay.leave_new, stay.leave_old and stay.leave_tau"
_USUAL = "see stay.leave_usual_{}_new and _old"
_PAST = "how families stand at the start is what the model's own long run gives (make past)"

GONE: dict[str, str] = {
    "population.n_children_per_family": _STOCK,
    "population.share_families_3_children": _STOCK,
    "population.share_0_4_born_abroad": _STOCK,
    "population.share_late_siblings": _STOCK,
    "population.born_here_age_ratio": _STOCK,
    "population.share_inflow_year": _INFLOW,
    "population.share_inflow_first_birth": _INFLOW,
    "population.share_arrival_age_12_17": "see population.share_arrival_age_12_14 and _15_17",
    "stay.hazard_year_1": _LEAVING,
    "stay.hazard_year_2_3": _LEAVING,
    "stay.hazard_year_4_6": _LEAVING,
    "stay.hazard_year_7_15": _LEAVING,
    "stay.hazard_year_16": _LEAVING,
    "stay.leave_usual_planning": _USUAL.format("planning"),
    "stay.leave_usual_without_work": _USUAL.format("without_work"),
    "stay.leave_usual_without_right": _USUAL.format("without_right"),
    "stay.leave_usual_two_earners": _USUAL.format("two_earners"),
    "population.share_start_permanent": _PAST,
    "population.share_start_fixed": _PAST,
    "population.share_start_zero_hours": _PAST,
    "population.share_start_agency_a": _PAST,
    "population.share_start_agency_b": _PAST,
    "population.share_start_self_employed": _PAST,
    "population.start_stay_weight": _PAST,
    "population.share_start_owner": _PAST,
    "population.share_start_social": _PAST,
    "population.share_start_shared": _PAST,
    "population.share_start_tied": _PAST,
    "population.start_schooling_weight": _PAST,
    "population.share_ve_start": _PAST,
    "population.share_ve_new": _PAST,
    "population.share_ve_comparable": _PAST,
    "population.share_not_enrolled_new": _PAST,
    "population.share_not_enrolled_settled": _PAST,
    "early_years.ve_hours_until_2020": _PAST,
}
"""Parameters that are no more, each with what to look at instead."""

DIGITS = 12
"""Decimals to which a difference of levels is kept: 0.35 less 0.2 is 0.15."""


def value_today(name: str, value: float, bases: Mapping[str, float]) -> float:
    """Return the value of today for that of a parameter by a name that may be one of before.

    `bases` (dotted name to value) holds the bases of LEVELS.
    """
    if name not in LEVELS:
        return value
    base, how = LEVELS[name]
    return round(value - bases[base], DIGITS) if how == "less" else value / bases[base]


def current(kind: Kind, name: str) -> str:
    """Return the name of today for a name that may be one of before."""
    return RENAMED[kind].get(name, name)

"""Population parameters: how families stand at the start or on arrival. See docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class PopulationStart:
    """Work, home, knowledge, Dutch, registration and school at the start or on arrival."""

    share_start_permanent: float = number(
        0.34,
        unit="share of main earners in work, agency phase C included",
        low=0.22,
        high=0.46,
        source="assumption",
        grade="D",
    )
    share_start_fixed: float = number(
        0.2,
        unit="share of main earners in work",
        low=0.12,
        high=0.28,
        source="assumption",
        grade="D",
    )
    share_start_zero_hours: float = number(
        0.08,
        unit="share of main earners in work",
        low=0.04,
        high=0.15,
        source="assumption",
        grade="D",
    )
    share_start_agency_a: float = number(
        0.15,
        unit="share of main earners in work",
        low=0.08,
        high=0.24,
        source="assumption",
        grade="D",
    )
    share_start_agency_b: float = number(
        0.11,
        unit="share of main earners in work",
        low=0.06,
        high=0.18,
        source="assumption",
        grade="D",
    )
    share_start_self_employed: float = number(
        0.12,
        unit="share of main earners in work",
        low=0.06,
        high=0.2,
        source="assumption",
        grade="D",
    )
    start_stay_weight: float = number(
        0.5,
        unit="weight of the length of stay in work and housing at the start",
        low=0,
        high=0.9,
        source="assumption",
        grade="D",
    )
    share_new_agency_a: float = number(
        0.5,
        unit="share of main earners in work on arrival",
        low=0.38,
        high=0.62,
        source="assumption",
        grade="D",
    )
    share_new_zero_hours: float = number(
        0.12,
        unit="share of main earners in work on arrival",
        low=0.06,
        high=0.2,
        source="assumption",
        grade="D",
    )
    share_new_agency_b: float = number(
        0.05,
        unit="share of main earners in work on arrival",
        low=0,
        high=0.12,
        source="assumption",
        grade="D",
    )
    share_new_self_employed: float = number(
        0.08,
        unit="share of main earners in work on arrival",
        low=0.02,
        high=0.15,
        source="assumption",
        grade="D",
    )
    share_new_permanent: float = number(
        0.05,
        unit="share of main earners in work on arrival",
        low=0.01,
        high=0.1,
        source="assumption",
        grade="D",
    )
    share_comparable_flexible: float = number(
        0.22, unit="share of natives in work", low=0.18, high=0.26, source="scp-2018", grade="B"
    )
    share_comparable_self_employed: float = number(
        0.16, unit="share of natives in work", low=0.12, high=0.2, source="cbs-82646", grade="B"
    )
    share_flexible_on_call: float = number(
        0.28,
        unit="share of natives' flexible work",
        low=0.2,
        high=0.4,
        source="cbs-82646",
        grade="B",
    )
    share_flexible_agency: float = number(
        0.14,
        unit="share of natives' flexible work",
        low=0.08,
        high=0.2,
        source="cbs-82646",
        grade="B",
    )
    share_main_without_work: float = number(
        0.05, unit="share of main earners", low=0.02, high=0.1, source="assumption", grade="D"
    )
    share_second_seeking: float = number(
        0.3,
        unit="share of second adults without work who look for it",
        low=0.1,
        high=0.6,
        source="assumption",
        grade="D",
    )
    share_full_time_main: float = number(
        0.9, unit="share of main earners", low=0.75, high=0.97, source="assumption", grade="D"
    )
    share_full_time_second: float = number(
        0.55, unit="share of second earners", low=0.35, high=0.75, source="assumption", grade="D"
    )
    unemployed_months_start: float = number(
        5,
        unit="months without work at the start, mean",
        low=2,
        high=12,
        source="assumption",
        grade="D",
    )
    permanent_months_start: float = number(
        48,
        unit="months in a permanent contract or own firm at the start, mean",
        low=24,
        high=96,
        source="assumption",
        grade="D",
    )
    share_start_owner: float = number(
        0.22, unit="share of families", low=0.15, high=0.3, source="assumption", grade="D"
    )
    share_start_social: float = number(
        0.25, unit="share of families", low=0.17, high=0.34, source="assumption", grade="D"
    )
    share_start_shared: float = number(
        0.08, unit="share of families", low=0.04, high=0.15, source="assumption", grade="D"
    )
    share_start_tied: float = number(
        0.12, unit="share of families", low=0.06, high=0.2, source="assumption", grade="D"
    )
    share_new_owner: float = number(
        0.03,
        unit="share of families on arrival, without a tied home",
        low=0,
        high=0.1,
        source="assumption",
        grade="D",
    )
    share_new_social: float = number(
        0.04,
        unit="share of families on arrival, without a tied home",
        low=0,
        high=0.12,
        source="assumption",
        grade="D",
    )
    share_new_shared: float = number(
        0.35,
        unit="share of families on arrival, without a tied home",
        low=0.15,
        high=0.55,
        source="assumption",
        grade="D",
    )
    share_comparable_owner: float = number(
        0.42, unit="share of comparable families", low=0.3, high=0.57, source="woon-2021", grade="D"
    )
    share_comparable_social: float = number(
        0.43,
        unit="share of comparable families",
        low=0.28,
        high=0.55,
        source="woon-2021",
        grade="D",
    )
    knowledge_on_arrival: float = number(
        0.2, unit="index", low=0.1, high=0.35, source="assumption", grade="D"
    )
    knowledge_stay_year: float = number(
        0.035, unit="index per year", low=0.01, high=0.06, source="assumption", grade="D"
    )
    knowledge_stay_max: float = number(
        0.65, unit="index, from stay alone", low=0.45, high=0.85, source="assumption", grade="D"
    )
    knowledge_education: float = number(
        0.08, unit="index per level of education", low=0, high=0.15, source="assumption", grade="D"
    )
    knowledge_comparable: float = number(
        0.8, unit="index", low=0.65, high=0.95, source="assumption", grade="D"
    )
    trust_on_arrival: float = number(
        0.4, unit="index", low=0.25, high=0.6, source="assumption", grade="D"
    )
    trust_stay_year: float = number(
        0.01, unit="index per year", low=0, high=0.02, source="assumption", grade="D"
    )
    trust_comparable: float = number(
        0.65, unit="index", low=0.5, high=0.8, source="assumption", grade="D"
    )
    mind_spread: float = number(
        0.1,
        unit="index, standard deviation between families",
        low=0.02,
        high=0.2,
        source="assumption",
        grade="D",
    )
    dutch_on_arrival: float = number(
        0.05, unit="index", low=0, high=0.12, source="assumption", grade="D"
    )
    dutch_education: float = number(
        0.04, unit="index per level of education", low=0, high=0.1, source="assumption", grade="D"
    )
    dutch_spread: float = number(
        0.1,
        unit="index, standard deviation after five years or more",
        low=0.02,
        high=0.2,
        source="assumption",
        grade="D",
    )
    intention_comparable: float = number(
        0.95, unit="index", low=0.85, high=1, source="assumption", grade="D"
    )
    share_registered_on_arrival: float = number(
        0.6, unit="share of families", low=0.3, high=0.8, source="assumption", grade="D"
    )
    share_registered_year_3: float = number(
        0.93, unit="share of families", low=0.85, high=0.98, source="assumption", grade="D"
    )
    share_registered_year_10: float = number(
        0.98, unit="share of families", low=0.95, high=1, source="assumption", grade="D"
    )
    talent_education: float = number(
        0.1,
        unit="SD per level of the parents' education",
        low=0,
        high=0.3,
        source="assumption",
        grade="D",
    )
    language_spread: float = number(
        0.25,
        unit="SD between children of equal homes",
        low=0.1,
        high=0.4,
        source="assumption",
        grade="D",
    )
    share_ve_start: float = number(
        0.5,
        unit="share of children aged 2.5-4 in preschool at the start",
        low=0.33,
        high=0.67,
        source="assumption",
        grade="D",
    )
    share_ve_new: float = number(
        0.33,
        unit="share of children aged 2.5-4 in preschool, first two years in the country",
        low=0.18,
        high=0.5,
        source="assumption",
        grade="D",
    )
    share_ve_comparable: float = number(
        0.77,
        unit="share of children aged 2.5-4 in preschool",
        low=0.6,
        high=0.9,
        source="S30",
        grade="B",
    )
    share_not_enrolled_new: float = number(
        0.1,
        unit="share of children of school age, first year in the country",
        low=0.04,
        high=0.2,
        source="assumption",
        grade="D",
    )
    share_not_enrolled_settled: float = number(
        0.01,
        unit="share of children of school age, later",
        low=0.004,
        high=0.025,
        source="assumption",
        grade="D",
    )

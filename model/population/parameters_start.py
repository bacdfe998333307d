"""Population parameters: how families stand when they come or begin. See docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class PopulationStart:
    """Work, home, knowledge, Dutch and registration when a family comes from abroad or begins."""

    share_new_agency_a: float = assumed(
        0.5, "share of main earners in work on arrival", (0.1, 0.8), logit_normal(0.38, 0.62)
    )
    share_new_zero_hours: float = assumed(
        0.12, "share of main earners in work on arrival", (0.01, 0.4), logit_normal(0.06, 0.2)
    )
    share_new_agency_b: float = assumed(
        0.05, "share of main earners in work on arrival", (0, 0.3), logit_normal(0.01, 0.12)
    )
    share_new_self_employed: float = assumed(
        0.08, "share of main earners in work on arrival", (0, 0.35), logit_normal(0.02, 0.15)
    )
    share_new_permanent: float = assumed(
        0.05, "share of main earners in work on arrival", (0, 0.25), logit_normal(0.01, 0.1)
    )
    share_comparable_flexible: float = number(
        0.22,
        "share of natives in work",
        (0.05, 0.5),
        normal(0.19, 0.25),
        source="scp-2018",
        grade="B",
    )
    share_comparable_self_employed: float = number(
        0.16,
        "share of natives in work",
        (0.03, 0.35),
        normal(0.13, 0.2),
        source="cbs-82646",
        grade="B",
    )
    share_flexible_on_call: float = number(
        0.28,
        "share of natives' flexible work",
        (0.05, 0.7),
        logit_normal(0.18, 0.36),
        source="cbs-82646",
        grade="B",
    )
    share_flexible_agency: float = number(
        0.14,
        "share of natives' flexible work",
        (0.02, 0.4),
        logit_normal(0.09, 0.2),
        source="cbs-82646",
        grade="B",
    )
    share_main_without_work: float = assumed(
        0.08, "share of main earners", (0.005, 0.25), logit_normal(0.04, 0.13)
    )
    share_main_inactive: float = assumed(
        0.4,
        "share of main earners without work who do not look for it",
        (0.02, 0.9),
        logit_normal(0.2, 0.62),
    )
    share_lone_without_work: float = number(
        0.28,
        "share of lone parents",
        (0.05, 0.6),
        normal(0.17, 0.37),
        source="cbs-lone-parents-2013",
        grade="D",
    )
    share_full_time_lone: float = number(
        0.3,
        "share of lone parents in work",
        (0.05, 0.9),
        logit_normal(0.2, 0.45),
        source="cbs-lone-parents-2008",
        grade="D",
    )
    two_earners_education: float = number(
        0.12,
        "share of two-parent families per level of education",
        (0, 0.3),
        normal(0.05, 0.25),
        source="ocw-mothers-2022",
        grade="D",
    )
    wage_mid_eu11: float = assumed(
        0.06, "log wage of middle against low education", (-0.1, 0.4), normal(0, 0.1)
    )
    wage_high_eu11: float = assumed(
        0.18, "log wage of high against low education", (-0.1, 0.8), normal(0.08, 0.35)
    )
    wage_mid_comparable: float = assumed(
        0.15, "log wage of middle against low education", (-0.1, 0.5), normal(0.08, 0.22)
    )
    wage_high_comparable: float = number(
        0.45,
        "log wage of high against low education",
        (-0.1, 1),
        normal(0.3, 0.65),
        source="cbs-wage-education-2019",
        grade="D",
    )
    share_second_seeking: float = assumed(
        0.3,
        "share of second adults without work who look for it",
        (0.02, 0.9),
        logit_normal(0.12, 0.55),
    )
    share_full_time_main: float = assumed(
        0.9, "share of main earners", (0.55, 0.99), logit_normal(0.8, 0.96)
    )
    share_full_time_second: float = assumed(
        0.55, "share of second earners", (0.1, 0.95), logit_normal(0.38, 0.7)
    )
    unemployed_months_start: float = assumed(
        5, "months without work at the start, mean", (1, 22), lognormal(2.5, 10)
    )
    permanent_months_start: float = assumed(
        48,
        "months in a permanent contract or own firm at the start, mean",
        (6, 200),
        lognormal(24, 96),
    )
    share_new_owner: float = assumed(
        0.03,
        "share of families on arrival, without a tied home",
        (0, 0.2),
        logit_normal(0.005, 0.08),
    )
    share_new_social: float = assumed(
        0.04,
        "share of families on arrival, without a tied home",
        (0, 0.25),
        logit_normal(0.005, 0.1),
    )
    share_new_shared: float = assumed(
        0.35,
        "share of families on arrival, without a tied home",
        (0.05, 0.9),
        logit_normal(0.2, 0.6),
    )
    share_comparable_owner: float = number(
        0.42,
        "share of comparable families",
        (0.15, 0.7),
        normal(0.32, 0.52),
        source="woon-2021",
        grade="D",
    )
    share_comparable_social: float = number(
        0.43,
        "share of comparable families",
        (0.1, 0.7),
        normal(0.3, 0.53),
        source="woon-2021",
        grade="D",
    )
    knowledge_on_arrival: float = assumed(0.2, "index", (0, 0.6), normal(0.1, 0.32))
    knowledge_stay_year: float = assumed(
        0.035, "index per year", (0.002, 0.12), lognormal(0.015, 0.06)
    )
    knowledge_stay_max: float = assumed(
        0.65, "index, from stay alone", (0.25, 1), normal(0.48, 0.82)
    )
    knowledge_education: float = assumed(
        0.08, "index per level of education", (0, 0.3), normal(0.02, 0.14)
    )
    knowledge_comparable: float = assumed(0.8, "index", (0.4, 1), normal(0.66, 0.93))
    trust_on_arrival: float = assumed(0.4, "index", (0.05, 0.85), normal(0.26, 0.56))
    trust_stay_year: float = assumed(0.01, "index per year", (-0.01, 0.03), normal(0.001, 0.019))
    trust_stay_max: float = assumed(0.6, "index, from stay alone", (0.3, 0.95), normal(0.47, 0.73))
    trust_comparable: float = assumed(
        0.663, "index", (0.3, 0.95), normal(0.52, 0.78), fitted="by calibrate: all fit targets"
    )
    mind_spread: float = assumed(
        0.1, "index, standard deviation between families", (0.005, 0.35), lognormal(0.05, 0.18)
    )
    dutch_on_arrival: float = assumed(0.05, "index", (0, 0.25), lognormal(0.02, 0.11))
    dutch_education: float = number(
        0.09,
        "index per level of education",
        (0, 0.25),
        normal(0.03, 0.15),
        source="S90",
        grade="D",
    )
    dutch_spread: float = assumed(
        0.12, "index, standard deviation between families", (0.005, 0.27), lognormal(0.08, 0.17)
    )
    intention_comparable: float = assumed(
        0.95, "share that plans to stay", (0.75, 1), logit_normal(0.86, 0.99)
    )
    share_registered_on_arrival: float = assumed(
        0.6, "share of families", (0.1, 0.84), logit_normal(0.4, 0.78)
    )
    share_registered_year_3: float = assumed(
        0.93, "share of families", (0.85, 0.965), logit_normal(0.885, 0.955)
    )
    share_registered_year_10: float = assumed(
        0.98, "share of families", (0.968, 1), logit_normal(0.973, 0.995)
    )
    talent_education: float = assumed(
        0.35, "SD per level of the parents' education", (0, 0.7), normal(0.25, 0.45)
    )
    talent_pay: float = assumed(
        0.8, "SD per log point of the parents' usual pay", (0, 1.6), uniform(0.4, 1.1)
    )
    talent_usual_pay_eur_week: float = assumed(
        800, "EUR per week, gross, both parents", (300, 2000), FIXED
    )
    language_spread: float = assumed(
        0.25, "SD between children of equal homes", (0.02, 0.75), lognormal(0.15, 0.4)
    )

"""Care of children while their parents work."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Care:
    """Care of children while their parents work."""

    home_alone_from_years: float = assumed(4, "years of age", (3, 9), uniform(3.5, 7))
    home_alone_until_years: float = assumed(12, "years of age", (8, 16), uniform(10.5, 13.6))
    care_use_base: float = assumed(
        0.3,
        "share of gaps that neighbours, other parents or other hours of work fill",
        (0, 1),
        logit_normal(0.13, 0.55),
    )
    care_outside_hours: float = assumed(
        0.15,
        "share of gaps outside usual childcare hours that neighbours or other parents fill",
        (0, 1),
        logit_normal(0.05, 0.42),
    )
    care_kin: float = number(
        0.31,
        "share of gaps that kin nearby fills",
        (0, 0.7),
        normal(0.26, 0.35),
        source="cbs-71506",
        grade="C",
    )
    kin_on_arrival: float = assumed(
        0.2, "share of kin that lives nearby, on arrival", (0, 0.8), uniform(0.05, 0.4)
    )
    kin_year: float = assumed(
        0.02, "share of kin that lives nearby, per year of stay", (0, 0.06), uniform(0.005, 0.03)
    )
    kin_most: float = assumed(
        0.8, "share of kin that lives nearby, at most", (0.4, 1), uniform(0.65, 0.95)
    )
    care_formal: float = number(
        0.2,
        "share of gaps that paid childcare fills, middle education",
        (0, 0.6),
        normal(0.16, 0.24),
        source="cbs-71506",
        grade="C",
    )
    care_formal_education: float = number(
        0.14,
        "share of gaps per level of the parents' education",
        (0, 0.3),
        normal(0.11, 0.17),
        source="cbs-71506",
        grade="C",
    )
    care_early_late: float = number(
        0.075,
        "share of gaps outside usual hours for which childcare would be used",
        (0, 0.6),
        lognormal(0.04, 0.2),
        source="ba-2012",
        grade="D",
    )
    care_usual_open_hour: float = number(
        7, "clock hour", (6, 8), FIXED, source="ba-2012", grade="C"
    )
    care_usual_close_hour: float = number(
        18.5, "clock hour", (17.5, 19.5), FIXED, source="ba-2012", grade="C"
    )

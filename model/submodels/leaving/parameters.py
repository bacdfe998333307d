"""Leaving school without a startkwalificatie, and coming back."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, lognormal, normal, number


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Leaving school without a startkwalificatie, and coming back.

    The level of vo, its first years and the eighteenth birthday are told apart by the same counts
    and move together.
    """

    leave_vo: float = number(
        -5.19,
        "log-odds in the upper years of vo, under 18",
        (-7, -3),
        normal(-5.35, -4.95),
        source="cbs-84782",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_vo_lower: float = number(
        -0.739,
        "log-odds in the first years of vo",
        (-4, 1.5),
        normal(-1.25, 0.05),
        source="S69",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_pro: float = assumed(
        0.496,
        "log-odds against other vo",
        (-1, 2.5),
        normal(0, 1.2),
        fitted="by calibrate: all fit targets",
    )
    leave_mbo1: float = number(
        -2.77,
        "log-odds under 18",
        (-4.5, 0),
        normal(-3.15, -2.5),
        source="cbs-84782",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_mbo2: float = number(
        -3.31,
        "log-odds under 18",
        (-4.5, -0.8),
        normal(-3.6, -3),
        source="cbs-84782",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_mbo3: float = number(
        -4.1,
        "log-odds under 18",
        (-5.5, -1.5),
        normal(-4.4, -3.8),
        source="cbs-84782",
        grade="D",
        fitted="by hand: vsv.cbs1819_n3",
    )
    leave_mbo4: float = number(
        -4.15,
        "log-odds under 18",
        (-5.5, -1.5),
        normal(-4.5, -3.85),
        source="cbs-84782",
        grade="D",
        fitted="by hand: vsv.cbs1819_n4",
    )
    leave_change_vo: float = number(
        0.4,
        "log-odds per in-year change in 36 months",
        (-0.5, 1.6),
        normal(-0.05, 0.75),
        source="S56",
        grade="D",
    )
    leave_change_mbo: float = number(
        0.3,
        "log-odds per in-year change in 36 months",
        (-0.5, 1.6),
        normal(-0.1, 0.65),
        source="S56",
        grade="D",
    )
    leave_learning: float = number(
        0.435,
        "log-odds per SD",
        (0, 1.2),
        normal(0.28, 0.62),
        source="vsv-verkenner",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_language: float = assumed(
        0.103,
        "log-odds per SD",
        (-0.2, 0.7),
        normal(-0.04, 0.27),
        fitted="by calibrate: all fit targets",
    )
    leave_absent_day: float = number(
        0.02, "log-odds per day", (0, 0.08), lognormal(0.012, 0.041), source="S64", grade="D"
    )
    leave_belonging: float = number(
        1, "log-odds per unit", (0, 5), lognormal(0.27, 2), source="S79", grade="D"
    )
    leave_18_vo: float = number(
        2.73,
        "log-odds from 18 on",
        (0, 4),
        normal(2.45, 3.15),
        source="S69",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_18_mbo: float = number(
        0.838,
        "log-odds from 18 on",
        (-0.5, 2.5),
        normal(0.35, 1.3),
        source="S70",
        grade="D",
        fitted="by calibrate: all fit targets",
    )
    leave_poor: float = number(
        0.6,
        "log-odds",
        (-0.2, 1.25),
        normal(0.2, 0.7),
        source="cbs-71308",
        grade="D",
        fitted="by hand: vsv.inc08_or_low",
    )
    leave_one_parent: float = assumed(0.3, "log-odds", (-0.3, 1.2), normal(0, 0.6))
    leave_switched: float = number(
        1,
        "log-odds after a change of field in mbo",
        (-0.2, 2),
        normal(0.6, 1.35),
        source="onderwijs-in-cijfers-mbo",
        grade="D",
    )
    leave_labour_pull: float = number(
        0.3, "log-odds per index point", (-0.5, 2.6), normal(-0.1, 0.95), source="S72", grade="D"
    )
    leave_mbo_den_haag: float = number(
        0.35,
        "log-odds in mbo against the country",
        (-0.3, 1),
        normal(0.1, 0.6),
        source="vmboplus-haaglanden",
        grade="D",
    )
    leave_mbo_rotterdam: float = number(
        0.25,
        "log-odds in mbo against the country",
        (-0.3, 1),
        normal(0.03, 0.47),
        source="vsv-verkenner",
        grade="D",
    )
    leave_mbo_amsterdam: float = number(
        0.25,
        "log-odds in mbo against the country",
        (-0.3, 1),
        normal(0.03, 0.47),
        source="rmc-2017",
        grade="D",
    )
    leave_mbo_westland: float = number(
        -0.2,
        "log-odds in mbo against the country",
        (-0.8, 0.4),
        normal(-0.5, 0.1),
        source="vmboplus-haaglanden",
        grade="D",
    )
    p_comes_back_year: float = number(
        0.136,
        "probability at the start of a school year, the first two after leaving",
        (0.01, 0.5),
        normal(0.05, 0.22),
        source="cbs-80605",
        grade="B",
    )
    return_years: float = number(
        2,
        "years after leaving in which one may come back",
        (1, 5),
        FIXED,
        source="cbs-80605",
        grade="B",
    )

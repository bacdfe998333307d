"""Population parameters: who the families are, and who comes. See docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Population:
    """Who the families are at the start, who comes later, and which children are born.

    The three groups are the letter's vulnerable groups (48,500 children): parts of the stock that
    is laid down (`population/stock/parameters.py`).
    """

    n_children_aged_0_4: float = number(
        20250,
        "children, letter's first group",
        (18000, 22500),
        uniform(20125, 20375),
        source="letter",
        grade="A",
    )
    n_children_late_arrival: float = number(
        3250,
        "children, letter's second group",
        (2700, 3390),
        uniform(3125, 3375),
        source="letter",
        grade="A",
    )
    n_children_born_here: float = number(
        25000,
        "children, letter's third group",
        (22000, 28000),
        uniform(24500, 25500),
        source="letter",
        grade="A",
    )
    share_lone_parents: float = assumed(
        0.2, "share of families that come or begin", (0.05, 0.4), logit_normal(0.145, 0.275)
    )
    share_two_earners: float = assumed(
        0.62, "share of two-parent families", (0.2, 0.9), logit_normal(0.5, 0.74)
    )
    birth_gap_min_months: float = assumed(15, "months between births", (9, 27), normal(11, 20))
    birth_gap_spread_months: float = assumed(
        25, "months, mean above the minimum", (5, 75), lognormal(15, 40)
    )
    share_second_child: float = assumed(
        0.6,
        "share of families with one child that ever have a second",
        (0.3, 0.9),
        normal(0.5, 0.7),
    )
    share_third_child: float = assumed(
        0.2,
        "share of families with two children that ever have a third",
        (0.03, 0.5),
        logit_normal(0.14, 0.3),
    )
    share_fourth_child: float = assumed(
        0.15,
        "share of families with three children that ever have a fourth",
        (0.005, 0.5),
        logit_normal(0.07, 0.25),
    )
    residents_poland_thousand: float = number(
        221, "thousand residents", (150, 300), normal(218, 224), source="niedziela-2023", grade="B"
    )
    residents_bulgaria_thousand: float = number(
        59.6,
        "thousand residents",
        (35, 90),
        normal(55.9, 63.3),
        source="cbs-eu-migrants-2024",
        grade="B",
    )
    residents_romania_thousand: float = number(
        53, "thousand residents", (25, 90), normal(45, 62), source="cbs-85384", grade="C"
    )
    residents_hungary_thousand: float = number(
        35, "thousand residents", (12, 65), normal(25, 45), source="cbs-85384", grade="C"
    )
    residents_slovakia_thousand: float = number(
        16, "thousand residents", (5, 32), normal(12, 21), source="cbs-85384", grade="C"
    )
    residents_czechia_thousand: float = number(
        14, "thousand residents", (4, 28), normal(10, 18), source="cbs-85384", grade="C"
    )
    residents_croatia_thousand: float = number(
        12, "thousand residents", (3, 25), normal(8, 16), source="cbs-85384", grade="C"
    )
    residents_slovenia_thousand: float = number(
        5, "thousand residents", (1, 11), normal(3, 7), source="cbs-85384", grade="C"
    )
    residents_lithuania_thousand: float = number(
        14, "thousand residents", (7, 21), normal(11.5, 16.5), source="niedziela-2022", grade="D"
    )
    residents_latvia_thousand: float = number(
        6.5, "thousand residents", (2, 12), normal(4.8, 8.2), source="niedziela-2022", grade="D"
    )
    residents_estonia_thousand: float = number(
        2.5, "thousand residents", (0.5, 6.5), normal(1.4, 3.6), source="niedziela-2022", grade="D"
    )
    eu11_den_haag_thousand: float = assumed(
        33, "thousand residents of EU-11 origin", (16, 52), normal(27, 39.5)
    )
    eu11_rotterdam_thousand: float = assumed(
        27, "thousand residents of EU-11 origin", (13, 45), normal(21.5, 32.5)
    )
    eu11_westland_thousand: float = assumed(
        7, "thousand residents of EU-11 origin", (4, 13), normal(5.4, 9)
    )
    eu11_amsterdam_thousand: float = assumed(
        22, "thousand residents of EU-11 origin", (8, 42), normal(16, 28)
    )
    eu11_eindhoven_thousand: float = assumed(
        12, "thousand residents of EU-11 origin", (5, 22), normal(9, 15.2)
    )
    eu11_helmond_thousand: float = assumed(
        6.5, "thousand residents of EU-11 origin", (4, 11), normal(5.3, 8)
    )
    eu11_tilburg_thousand: float = assumed(
        10, "thousand residents of EU-11 origin", (4.5, 17), normal(7.5, 12.5)
    )
    poles_den_haag_thousand: float = number(
        15.1,
        "thousand residents of Polish origin",
        (10, 22),
        normal(14.9, 15.3),
        source="niedziela-2023",
        grade="B",
    )
    poles_rotterdam_thousand: float = number(
        12.7,
        "thousand residents of Polish origin",
        (8, 19),
        normal(12.5, 12.9),
        source="niedziela-2023",
        grade="B",
    )
    poles_westland_thousand: float = assumed(
        4.7, "thousand residents of Polish origin", (3, 6.9), normal(4, 5.4)
    )
    poles_amsterdam_thousand: float = number(
        6.6,
        "thousand residents of Polish origin",
        (4, 11),
        normal(6.5, 6.7),
        source="niedziela-2023",
        grade="B",
    )
    poles_eindhoven_thousand: float = number(
        4.6,
        "thousand residents of Polish origin",
        (2.5, 7.5),
        normal(4.5, 4.7),
        source="niedziela-2023",
        grade="B",
    )
    poles_helmond_thousand: float = number(
        4.6,
        "thousand residents of Polish origin",
        (2.5, 7),
        normal(4.4, 4.7),
        source="niedziela-2023",
        grade="B",
    )
    poles_tilburg_thousand: float = number(
        7.6,
        "thousand residents of Polish origin",
        (4, 10),
        normal(5.8, 7.8),
        source="niedziela-2023",
        grade="B",
    )
    ratio_bulgaria_den_haag_rotterdam: float = assumed(
        1.8, "ratio to the national share among non-Polish EU-11", (0.5, 5), lognormal(1.1, 2.8)
    )
    ratio_romania_hungary_amsterdam_eindhoven: float = assumed(
        1.8, "ratio to the national share among non-Polish EU-11", (0.5, 5), lognormal(1.1, 2.8)
    )
    origin_stay_weight: float = assumed(
        0.25, "weight of the length of stay in the mix of origins", (0, 0.98), uniform(0, 0.6)
    )
    share_mbo_poland: float = number(
        0.7,
        "share of parents with mbo or higher",
        (0.3, 0.95),
        normal(0.62, 0.78),
        source="scp-2013",
        grade="B",
    )
    share_mbo_bulgaria: float = number(
        0.43,
        "share of parents with mbo or higher",
        (0.1, 0.75),
        logit_normal(0.3, 0.54),
        source="scp-2013",
        grade="D",
    )
    share_mbo_romania: float = number(
        0.85,
        "share of parents with mbo or higher",
        (0.35, 0.99),
        logit_normal(0.7, 0.94),
        source="kst-29407-205",
        grade="D",
    )
    share_mbo_other: float = assumed(
        0.7, "share of parents with mbo or higher", (0.3, 0.98), logit_normal(0.55, 0.84)
    )
    share_higher_of_mbo: float = assumed(
        0.25,
        "share with hbo or higher of parents with mbo or higher",
        (0.02, 0.75),
        logit_normal(0.14, 0.4),
    )
    share_higher_of_mbo_romania: float = number(
        0.5,
        "share with hbo or higher of parents with mbo or higher",
        (0.05, 0.95),
        logit_normal(0.32, 0.68),
        source="kst-29407-205",
        grade="D",
    )

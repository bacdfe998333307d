"""Population parameters: who the families are, and who comes. See docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Population:
    """Who the families are at the start, who comes later, and which children are born.

    The three groups are the letter's vulnerable groups (48,500 children), not the stock of about
    92,000 children from Central and Eastern Europe.
    """

    n_children_aged_0_4: float = number(
        20250,
        unit="children, letter's first group",
        low=19500,
        high=21000,
        source="letter",
        grade="A",
    )
    n_children_late_arrival: float = number(
        3250,
        unit="children, letter's second group",
        low=3000,
        high=3500,
        source="letter",
        grade="A",
    )
    n_children_born_here: float = number(
        25000,
        unit="children, letter's third group",
        low=24000,
        high=26000,
        source="letter",
        grade="A",
    )
    n_children_per_family: float = number(
        1.5,
        unit="children per family at the start",
        low=1.35,
        high=1.75,
        source="assumption",
        grade="D",
    )
    share_families_3_children: float = number(
        0.1, unit="share of families", low=0.05, high=0.15, source="assumption", grade="D"
    )
    share_lone_parents: float = number(
        0.2, unit="share of families", low=0.14, high=0.27, source="assumption", grade="D"
    )
    share_two_earners: float = number(
        0.62,
        unit="share of two-parent families",
        low=0.5,
        high=0.74,
        source="assumption",
        grade="D",
    )
    share_0_4_born_abroad: float = number(
        0.15,
        unit="share of children aged 0-4 at the start",
        low=0.05,
        high=0.3,
        source="assumption",
        grade="D",
    )
    share_late_siblings: float = number(
        0.5,
        unit="share of late arrivals' younger siblings that are late arrivals too",
        low=0.2,
        high=0.8,
        source="assumption",
        grade="D",
    )
    born_here_age_ratio: float = number(
        0.45,
        unit="children of 17 per child of 5, born here, at the start",
        low=0.2,
        high=1,
        source="assumption",
        grade="D",
    )
    birth_gap_min_months: float = number(
        15, unit="months between births", low=11, high=24, source="assumption", grade="D"
    )
    birth_gap_spread_months: float = number(
        25, unit="months, mean above the minimum", low=10, high=40, source="assumption", grade="D"
    )
    share_second_child: float = number(
        0.7,
        unit="share of families with one child that ever have a second",
        low=0.5,
        high=0.85,
        source="assumption",
        grade="D",
    )
    share_third_child: float = number(
        0.3,
        unit="share of families with two children that ever have a third",
        low=0.1,
        high=0.4,
        source="assumption",
        grade="D",
    )
    share_fourth_child: float = number(
        0.1,
        unit="share of families with three children that ever have a fourth",
        low=0.02,
        high=0.25,
        source="assumption",
        grade="D",
    )
    years_before_first_birth: float = number(
        3,
        unit="years from arrival to the first birth here, mean",
        low=1,
        high=6,
        source="assumption",
        grade="D",
    )
    share_inflow_year: float = number(
        0.08,
        unit="new families per year, share of those at the start",
        low=0.03,
        high=0.12,
        source="assumption",
        grade="D",
    )
    share_inflow_first_birth: float = number(
        0.6,
        unit="share of new families that begin here with a first birth",
        low=0.2,
        high=0.8,
        source="assumption",
        grade="D",
    )
    share_arrival_age_0_3: float = number(
        0.25,
        unit="share of children who arrive",
        low=0.18,
        high=0.33,
        source="assumption",
        grade="D",
    )
    share_arrival_age_12_17: float = number(
        0.25,
        unit="share of children who arrive",
        low=0.18,
        high=0.32,
        source="assumption",
        grade="D",
    )
    residents_poland_thousand: float = number(
        221, unit="thousand residents", low=218, high=224, source="niedziela-2023", grade="B"
    )
    residents_bulgaria_thousand: float = number(
        59.6,
        unit="thousand residents",
        low=55.9,
        high=63.3,
        source="cbs-eu-migrants-2024",
        grade="B",
    )
    residents_romania_thousand: float = number(
        53, unit="thousand residents", low=45, high=62, source="cbs-85384", grade="C"
    )
    residents_hungary_thousand: float = number(
        35, unit="thousand residents", low=25, high=45, source="cbs-85384", grade="C"
    )
    residents_slovakia_thousand: float = number(
        16, unit="thousand residents", low=12, high=22, source="cbs-85384", grade="C"
    )
    residents_czechia_thousand: float = number(
        14, unit="thousand residents", low=10, high=18, source="cbs-85384", grade="C"
    )
    residents_croatia_thousand: float = number(
        12, unit="thousand residents", low=8, high=16, source="cbs-85384", grade="C"
    )
    residents_slovenia_thousand: float = number(
        5, unit="thousand residents", low=3, high=7, source="cbs-85384", grade="C"
    )
    residents_lithuania_thousand: float = number(
        14, unit="thousand residents", low=12, high=16, source="niedziela-2022", grade="D"
    )
    residents_latvia_thousand: float = number(
        6.5, unit="thousand residents", low=5, high=8, source="niedziela-2022", grade="D"
    )
    residents_estonia_thousand: float = number(
        2.5, unit="thousand residents", low=1.5, high=3.5, source="niedziela-2022", grade="D"
    )
    eu11_den_haag_thousand: float = number(
        33,
        unit="thousand residents of EU-11 origin",
        low=28,
        high=40,
        source="assumption",
        grade="D",
    )
    eu11_rotterdam_thousand: float = number(
        27,
        unit="thousand residents of EU-11 origin",
        low=22,
        high=33,
        source="assumption",
        grade="D",
    )
    eu11_westland_thousand: float = number(
        7,
        unit="thousand residents of EU-11 origin",
        low=5.5,
        high=9,
        source="assumption",
        grade="D",
    )
    eu11_amsterdam_thousand: float = number(
        22,
        unit="thousand residents of EU-11 origin",
        low=16,
        high=28,
        source="assumption",
        grade="D",
    )
    eu11_eindhoven_thousand: float = number(
        12,
        unit="thousand residents of EU-11 origin",
        low=9,
        high=15,
        source="assumption",
        grade="D",
    )
    eu11_helmond_thousand: float = number(
        6.5,
        unit="thousand residents of EU-11 origin",
        low=5.5,
        high=8,
        source="assumption",
        grade="D",
    )
    eu11_tilburg_thousand: float = number(
        10,
        unit="thousand residents of EU-11 origin",
        low=7.7,
        high=12.5,
        source="assumption",
        grade="D",
    )
    poles_den_haag_thousand: float = number(
        15.1,
        unit="thousand residents of Polish origin",
        low=14.9,
        high=15.3,
        source="niedziela-2023",
        grade="B",
    )
    poles_rotterdam_thousand: float = number(
        12.7,
        unit="thousand residents of Polish origin",
        low=12.6,
        high=12.8,
        source="niedziela-2023",
        grade="B",
    )
    poles_westland_thousand: float = number(
        4.7,
        unit="thousand residents of Polish origin",
        low=4.2,
        high=5.5,
        source="assumption",
        grade="D",
    )
    poles_amsterdam_thousand: float = number(
        6.6,
        unit="thousand residents of Polish origin",
        low=6.5,
        high=6.7,
        source="niedziela-2023",
        grade="B",
    )
    poles_eindhoven_thousand: float = number(
        4.6,
        unit="thousand residents of Polish origin",
        low=4.5,
        high=4.7,
        source="niedziela-2023",
        grade="B",
    )
    poles_helmond_thousand: float = number(
        4.6,
        unit="thousand residents of Polish origin",
        low=4.5,
        high=4.7,
        source="niedziela-2023",
        grade="B",
    )
    poles_tilburg_thousand: float = number(
        7.6,
        unit="thousand residents of Polish origin",
        low=6,
        high=7.7,
        source="niedziela-2023",
        grade="B",
    )
    ratio_bulgaria_den_haag_rotterdam: float = number(
        1.8,
        unit="ratio to the national share among non-Polish EU-11",
        low=1,
        high=3,
        source="assumption",
        grade="D",
    )
    ratio_romania_hungary_amsterdam_eindhoven: float = number(
        1.8,
        unit="ratio to the national share among non-Polish EU-11",
        low=1,
        high=3,
        source="assumption",
        grade="D",
    )
    origin_stay_weight: float = number(
        0.25,
        unit="weight of the length of stay in the mix of origins",
        low=0,
        high=0.6,
        source="assumption",
        grade="D",
    )
    share_mbo_poland: float = number(
        0.7,
        unit="share of parents with mbo or higher",
        low=0.6,
        high=0.8,
        source="scp-2013",
        grade="B",
    )
    share_mbo_bulgaria: float = number(
        0.43,
        unit="share of parents with mbo or higher",
        low=0.23,
        high=0.54,
        source="scp-2013",
        grade="D",
    )
    share_mbo_romania: float = number(
        0.85,
        unit="share of parents with mbo or higher",
        low=0.7,
        high=0.95,
        source="kst-29407-205",
        grade="D",
    )
    share_mbo_other: float = number(
        0.7,
        unit="share of parents with mbo or higher",
        low=0.55,
        high=0.85,
        source="assumption",
        grade="D",
    )
    share_higher_of_mbo: float = number(
        0.25,
        unit="share with hbo or higher of parents with mbo or higher",
        low=0.15,
        high=0.4,
        source="assumption",
        grade="D",
    )
    share_higher_of_mbo_romania: float = number(
        0.5,
        unit="share with hbo or higher of parents with mbo or higher",
        low=0.3,
        high=0.7,
        source="kst-29407-205",
        grade="D",
    )

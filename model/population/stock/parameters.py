"""The stock of children and what flows into it. Derived step by step in docs/population.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, Prior, lognormal, normal, number, uniform


def derived(value: float, unit: str, limits: tuple[float, float], prior: Prior) -> float:
    """Declare a number of the account of births, arrivals and leaving: no page states it."""
    return number(value, unit, limits, prior, source="stock-account", grade="D")


_BIRTHS = "births a year"
_ARRIVALS = "arriving minors a year"
_SHARE = "share of arriving children"


@dataclass(frozen=True, kw_only=True)
class Stock:
    """All registered children and young people of EU-11 origin, and their families."""

    n_families: float = derived(65_000, "registered EU-11 families", (50_000, 80_000), FIXED)
    share_not_registered: float = derived(
        0.07, "families on top, per registered family", (0.07, 0.07), FIXED
    )
    n_children_0_17: float = derived(
        87_600, "registered children", (75_000, 101_000), normal(83_100, 92_200)
    )
    n_children_18_22: float = derived(
        11_900, "registered young people", (8_500, 16_000), normal(10_400, 13_200)
    )
    n_children_late_stock: float = derived(
        4070, "children of 13-17, under 5 years here", (3400, 6500), normal(3450, 4960)
    )
    births_2000: float = derived(1210, _BIRTHS, (650, 2200), lognormal(908, 1512))
    births_2005: float = derived(1710, _BIRTHS, (1250, 2250), lognormal(1540, 1880))
    births_2010: float = derived(2800, _BIRTHS, (2050, 3700), lognormal(2520, 3080))
    births_2015: float = derived(4580, _BIRTHS, (3400, 6100), lognormal(4120, 5040))
    births_2019: float = derived(5880, _BIRTHS, (4300, 7800), lognormal(5290, 6470))
    births_2023: float = derived(5560, _BIRTHS, (4000, 7300), lognormal(5130, 6250))
    arrivals_2000: float = derived(490, _ARRIVALS, (230, 1050), lognormal(378, 676))
    arrivals_2005: float = derived(1240, _ARRIVALS, (650, 2100), lognormal(1029, 1550))
    arrivals_2010: float = derived(3050, _ARRIVALS, (1500, 5000), lognormal(2530, 3810))
    arrivals_2015: float = derived(4150, _ARRIVALS, (2000, 6800), lognormal(3440, 5190))
    arrivals_2019: float = derived(5280, _ARRIVALS, (2500, 8800), lognormal(4380, 6600))
    arrivals_2023: float = derived(4940, _ARRIVALS, (2500, 8500), lognormal(4080, 6160))
    share_births_first_here: float = derived(
        0.566, "share of births that are a family's first here", (0.4, 0.75), normal(0.5, 0.63)
    )
    inflow_growth_year: float = derived(
        0.0, "growth a year of births and arrivals after 2023", (-0.08, 0.08), normal(-0.03, 0.03)
    )
    share_arrival_age_0_3: float = derived(0.3, _SHARE, (0.05, 0.6), lognormal(0.21, 0.44))
    share_arrival_age_4_7: float = derived(0.248, _SHARE, (0.05, 0.6), lognormal(0.153, 0.389))
    share_arrival_age_8_11: float = derived(0.196, _SHARE, (0.05, 0.5), lognormal(0.126, 0.321))
    share_arrival_age_12_14: float = derived(0.118, _SHARE, (0.02, 0.35), lognormal(0.074, 0.185))
    share_arrival_age_15_17: float = derived(0.138, _SHARE, (0.02, 0.4), lognormal(0.085, 0.226))
    share_arriving_2_children: float = derived(
        0.34, "share of families that come with children", (0.11, 0.58), normal(0.26, 0.42)
    )
    share_arriving_3_children: float = derived(
        0.08, "share of families that come with children", (0.005, 0.25), lognormal(0.04, 0.15)
    )
    share_parent_first: float = derived(
        0.6,
        "share of families of which a parent came before the children",
        (0.01, 0.95),
        uniform(0.2, 0.8),
    )
    years_parent_first: float = derived(
        1.5, "years that parent came before, mean", (0.3, 5.3), lognormal(0.8, 2.5)
    )
    years_before_first_birth: float = derived(
        4, "years from arrival to the first birth here, mean", (0.5, 10.9), lognormal(2.5, 6)
    )

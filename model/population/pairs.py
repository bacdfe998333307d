"""The families of a pair, each as it stands when it comes or begins; the past comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NEVER
from model.enums import FamilyType, HomeLanguage, Origin, Population, Status
from model.kernel.compile import plain
from model.kernel.keys import match_keys
from model.population.homes import (
    homes_comparable,
    homes_eu11,
    lay_minds_comparable,
    lay_minds_eu11,
    lay_registration,
)
from model.population.origins import lay_origins
from model.population.rules import schooling
from model.population.stratified_assignment import START, Dealer
from model.population.work import (
    Earners,
    contracts_comparable,
    contracts_eu11,
    lay_adults,
    lay_earners,
)
from model.registry import ParameterRow
from model.state import FAMILY

if TYPE_CHECKING:
    from model.population.households import Households

BEFORE_FIRST_CHILD = 20 * MONTHS_PER_YEAR
"""Comparable parents are here so long before their first child, in months."""


def lay_eu11(
    house: Households, share_lone: np.ndarray, p: ParameterRow
) -> tuple[np.ndarray, np.ndarray, Earners]:
    """Return the EU-11 families (n,), their adults (n, 2) and who earns in them.

    `share_lone` (n,) is the share of families like each that have one adult.
    """
    families = np.zeros(house.entry_month.size, FAMILY)
    families["key"] = house.dealer.keys
    families["arrival_month"] = house.entry_month - house.months_in_nl
    families["family_type"] = np.where(house.is_recent, FamilyType.RECENT, FamilyType.SETTLED)
    is_here = (house.dealer.cohorts == START) & (not house.is_border)
    families["status"] = np.where(is_here, Status.IN_NL, Status.AWAITED)
    families["entry_month"] = house.came_month
    families["leaving_left"] = house.leaving_left
    families["letter_rank"] = house.letter_rank
    never = ("exit_month", "registration_month", "loan_month", "departure_month")
    for name in (*never, "last_chosen_move"):
        families[name] = NEVER
    lay_origins(families, house, p)
    earners = lay_earners(families["parent_education"], share_lone, house, p)
    families["n_adults"] = earners.is_present.sum(axis=1)
    lay_registration(families, house, p)
    contracts = contracts_eu11(house.dealer, earners, p)
    families["housing"] = homes_eu11(contracts, house, p)
    lay_minds_eu11(families, contracts, house, p)
    families["listed_month"] = NEVER
    added = plain(schooling)(
        education_level=families["parent_education"], mid=p.wage_mid_eu11, high=p.wage_high_eu11
    )
    stay = house.months_in_nl
    adults = lay_adults(contracts, earners, house.dealer, stay, house.entry_month, added, p)
    return families, adults, earners


def lay_comparable(
    house: Households, eu11: np.ndarray, earners: Earners, rows: np.ndarray, p: ParameterRow
) -> tuple[np.ndarray, np.ndarray]:
    """Return the comparable families (k,) of the EU-11 families in `rows`, and adults (k, 2)."""
    families = eu11[rows]
    families["key"] = match_keys(families["key"])
    families["population"] = Population.COMPARABLE
    families["origin"], families["home_language"] = Origin.NETHERLANDS, HomeLanguage.DUTCH
    families["family_type"] = FamilyType.SETTLED
    entry = house.entry_month[rows]
    families["arrival_month"] = entry - house.ages[rows, 0] - BEFORE_FIRST_CHILD
    families["entry_month"] = families["arrival_month"]
    families["exit_month"] = house.exit_month[rows]
    families["is_registered"] = 1
    families["registration_month"] = families["arrival_month"]
    dealer = Dealer(house.dealer.seed, families["key"], house.dealer.cohorts[rows])
    stay = entry - families["arrival_month"]
    lay_minds_comparable(families, dealer, stay, p)
    families["housing"] = homes_comparable(dealer, p)
    earners = earners.take(rows)
    contracts = contracts_comparable(dealer, earners, p)
    added = plain(schooling)(
        education_level=families["parent_education"],
        mid=p.wage_mid_comparable,
        high=p.wage_high_comparable,
    )
    return families, lay_adults(contracts, earners, dealer, stay, entry, added, p)

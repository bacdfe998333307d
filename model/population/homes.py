"""Homes, registration, and what parents know, trust and speak, at the start or on arrival."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from model.enums import Contract, Housing
from model.kernel.compile import plain
from model.kernel.random_numbers import Block
from model.population import rules
from model.population.households import Households, Kin
from model.population.stratified_assignment import START, Dealer, Deck, cut, ranks, tilt
from model.registry import ParameterRow
from model.submodels.housing.rules import p_tied_home

STABLE_FIRST = (
    Housing.OWNER,
    Housing.SOCIAL,
    Housing.PRIVATE_OWN_LEASE,
    Housing.PRIVATE_SHARED,
)
"""Homes from the most to the least stable, the order in which length of stay favours them."""

_AGENCY = (Contract.AGENCY_A, Contract.AGENCY_B)
_KNOWLEDGE, _TRUST, _DUTCH = range(3)


def homes_eu11(contracts: np.ndarray, house: Households, p: ParameterRow) -> np.ndarray:
    """Return the tenure (n,) of EU-11 families.

    A home tied to work comes with agency work. At the start exactly the given share has one, those
    with the shortest stay more often; on arrival it comes with the job, as in the month's rule.
    """
    dealt = house.dealer.deal(Deck.HOME, house.kin)
    at_start = house.dealer.cohorts == START
    n_start = int(at_start.sum())
    stay = -house.months_in_nl.astype(float)
    weight = float(p.start_stay_weight)
    dealt[at_start] = tilt(dealt[at_start], stay[at_start], weight, np.zeros(n_start, np.int64))
    is_agency = np.isin(contracts, _AGENCY).any(axis=1)
    months, place = np.unique(house.months_in_nl, return_inverse=True)
    p_tied = [
        p_tied_home(p_arrival=p.p_tied_agency, years_in_nl=k / 12.0, scale_years=p.tied_years)
        for k in months
    ]
    is_tied = is_agency & (house.dealer.deal(Deck.TIED, is_agency) < np.array(p_tied)[place])
    order = np.argsort(-dealt[:n_start] - 2.0 * is_agency[:n_start], kind="stable")
    n_tied = min(round(n_start * float(p.share_start_tied)), int(is_agency[:n_start].sum()))
    is_tied[:n_start] = False
    is_tied[order[:n_tied]] = True
    return np.where(is_tied, Housing.TIED, _without_tie(dealt, is_tied, house, p))


def _without_tie(
    dealt: np.ndarray, is_tied: np.ndarray, house: Households, p: ParameterRow
) -> np.ndarray:
    """Return the tenure (n,) of families without a tied home."""
    at_start = house.dealer.cohorts == START
    free = at_start & ~is_tied
    dealt = dealt.copy()
    dealt[free] = (ranks(dealt[free]) + 0.5) / max(1, int(free.sum()))
    owner, social, shared = p.share_start_owner, p.share_start_social, p.share_start_shared
    lease = max(0.0, 1.0 - owner - social - shared - p.share_start_tied)
    new = [p.share_new_owner, p.share_new_social, p.share_new_shared]
    on_arrival = np.array([new[0], new[1], max(0.0, 1.0 - sum(new)), new[2]])
    is_new = (house.kin == Kin.ARRIVING)[:, None]
    shares = np.where(is_new, on_arrival, np.array([owner, social, lease, shared]))
    return np.asarray(np.array(STABLE_FIRST)[cut(dealt, shares)])


def homes_comparable(dealer: Dealer, p: ParameterRow) -> np.ndarray:
    """Return the tenure (n,) of comparable families: owned, social, or an own lease."""
    owner, social = p.share_comparable_owner, p.share_comparable_social
    shares = np.array([owner, social, max(0.0, 1.0 - owner - social), 0.0])
    return np.asarray(np.array(STABLE_FIRST)[cut(dealer.deal(Deck.HOME), shares)])


def lay_registration(families: np.ndarray, house: Households, p: ParameterRow) -> None:
    """Write registration into EU-11 families (n,): more are registered the longer they are here.

    One dealt number says how long after arrival a family registers, so that at any stay the share
    registered is as given. Border families live abroad and are not registered.
    """
    dealt = house.dealer.deal(Deck.REGISTRATION, house.kin)
    shares = [p.share_registered_on_arrival, p.share_registered_year_3, p.share_registered_year_10]
    months = np.interp(dealt, [*shares, 1.0], [0.0, 36.0, 120.0, 600.0])
    is_registered = (months <= house.months_in_nl) & (families["is_border"] == 0)
    families["is_registered"] = is_registered
    since = families["arrival_month"] + np.floor(months)
    families["registration_month"] = np.where(is_registered, since, families["registration_month"])


def lay_minds_eu11(families: np.ndarray, house: Households, p: ParameterRow) -> None:
    """Write knowledge, trust and Dutch into EU-11 families (n,): more with stay and education."""
    years = house.months_in_nl / 12.0
    level = families["parent_education"] - 1.0
    deviations = ndtri(house.dealer.words(Block.POPULATION_MIND))
    families["knowledge"] = plain(rules.knowledge_at_entry)(
        years_in_nl=years,
        education_level=level,
        deviation=deviations[:, _KNOWLEDGE],
        on_arrival=p.knowledge_on_arrival,
        per_year=p.knowledge_stay_year,
        stay_max=p.knowledge_stay_max,
        w_education=p.knowledge_education,
        spread=p.mind_spread,
    )
    families["trust"] = plain(rules.trust_at_entry)(
        years_in_nl=years,
        deviation=deviations[:, _TRUST],
        on_arrival=p.trust_on_arrival,
        per_year=p.trust_stay_year,
        spread=p.mind_spread,
    )
    families["parent_dutch"] = plain(rules.dutch_at_entry)(
        years_in_nl=years,
        education_level=level,
        deviation=deviations[:, _DUTCH],
        on_arrival=p.dutch_on_arrival,
        ceiling=p.dutch_ceiling,
        rate_year=p.dutch_rate_year,
        w_education=p.dutch_education,
        spread=p.dutch_spread,
    )


def lay_minds_comparable(families: np.ndarray, dealer: Dealer, p: ParameterRow) -> None:
    """Write what parents who grew up here know, trust and speak into comparable families (n,)."""
    deviations = ndtri(dealer.words(Block.POPULATION_MIND))
    families["knowledge"] = plain(rules.knowledge_of_natives)(
        education_level=families["parent_education"] - 1.0,
        deviation=deviations[:, _KNOWLEDGE],
        usual=p.knowledge_comparable,
        w_education=p.knowledge_education,
        spread=p.mind_spread,
    )
    families["trust"] = plain(rules.trust_at_entry)(
        years_in_nl=0.0,
        deviation=deviations[:, _TRUST],
        on_arrival=p.trust_comparable,
        per_year=0.0,
        spread=p.mind_spread,
    )
    families["parent_dutch"] = 1.0
    families["settlement_intention"] = p.intention_comparable

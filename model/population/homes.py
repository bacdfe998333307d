"""Homes, registration, and what parents know, trust and speak, as a family comes or begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model import calendar
from model.enums import Contract, Housing, Municipality
from model.kernel.compile import plain
from model.kernel.random_numbers import Block
from model.population import rules
from model.population.stratified_assignment import START, Dealer, Deck, cut, deviates
from model.registry import ParameterRow, levers_2023
from model.submodels.contact import rules as contact_rules
from model.submodels.housing.rules import least_wait_months, p_tied_home
from model.submodels.language import rules as language_rules
from model.submodels.stay import rules as stay_rules

if TYPE_CHECKING:
    from model.population.households import Households

STABLE_FIRST = (
    Housing.OWNER,
    Housing.SOCIAL,
    Housing.PRIVATE_OWN_LEASE,
    Housing.PRIVATE_SHARED,
)
"""Homes from the most to the least stable, the order in which their shares are dealt."""

_AGENCY = (Contract.AGENCY_A, Contract.AGENCY_B)
_PLAN = 3


def homes_eu11(contracts: np.ndarray, house: Households, p: ParameterRow) -> np.ndarray:
    """Return the tenure (n,) with which EU-11 families arrive.

    A home tied to work comes with agency work, by the month's rule: who arrives has no home yet.
    """
    owner, social, shared = p.share_new_owner, p.share_new_social, p.share_new_shared
    shares = np.array([owner, social, max(0.0, 1.0 - owner - social - shared), shared])
    tenure = np.array(STABLE_FIRST)[cut(house.dealer.deal(Deck.HOME, house.kin), shares)]
    is_agency = np.isin(contracts, _AGENCY).any(axis=1)
    chance = plain(p_tied_home)(
        p_without=p.p_tied_agency,
        p_with_lease=p.p_tied_lease,
        has_lease=False,
        years_in_nl=house.months_in_nl / 12.0,
        scale_years=p.tied_years,
    )
    is_tied = is_agency & (house.dealer.deal(Deck.TIED, is_agency) < chance)
    return np.where(is_tied, Housing.TIED, tenure)


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


def social_lists(p: ParameterRow) -> tuple[np.ndarray, np.ndarray]:
    """Return the least wait in months, and the chance a month after it, by municipality (9,)."""
    wait = np.full(len(Municipality), p.social_wait_years)
    chance = np.full(len(Municipality), p.p_upgrade_social)
    for place in (Municipality.DEN_HAAG, Municipality.WESTLAND):
        wait[place], chance[place] = p.social_wait_haaglanden, p.p_social_haaglanden
    for place in (Municipality.EINDHOVEN, Municipality.HELMOND):
        wait[place] = p.social_wait_eindhoven
    for place, its_wait, its_chance in (
        (Municipality.ROTTERDAM, p.social_wait_rotterdam, p.p_social_rotterdam),
        (Municipality.AMSTERDAM, p.social_wait_amsterdam, p.p_social_amsterdam),
        (Municipality.TILBURG, p.social_wait_tilburg, p.p_social_tilburg),
    ):
        wait[place], chance[place] = its_wait, its_chance
    return plain(least_wait_months)(wait, p.social_least_wait), chance


def lay_minds_eu11(
    families: np.ndarray, contracts: np.ndarray, house: Households, p: ParameterRow
) -> None:
    """Write plans, knowledge, trust and Dutch into EU-11 families (n,), whose homes are known.

    `contracts` (n, 2).
    """
    words = house.dealer.words(Block.POPULATION_MIND)
    _lay_ceilings(families, words, p)
    years = house.months_in_nl / 12.0
    plan = {
        "years_in_nl": years,
        "on_arrival": p.intention_base,
        "lag_months": p.intention_lag_months,
        "target": plain(stay_rules.intention_target)(
            years_in_nl=years,
            is_permanent=(contracts == Contract.PERMANENT).any(axis=1),
            has_own_home=families["housing"] >= Housing.PRIVATE_OWN_LEASE,
            has_child_at_school=house.ages.max(axis=1) >= calendar.FOUR,
            signal=levers_2023()["permanence_signal"][0],
            base=p.intention_base,
            per_year=p.intention_per_year,
            years_max=p.intention_years_max,
            for_permanent=p.intention_permanent,
            for_home=p.intention_lease,
            for_school=p.intention_school,
            for_signal=p.intention_signal,
        ),
    }
    luck = words[:, _PLAN]
    families["settlement_intention"] = luck < plain(stay_rules.share_planning_to_stay)(**plan)
    before = plain(stay_rules.years_before_plan)(luck=luck, **plan)
    families["parent_dutch"] = plain(rules.dutch_at_entry)(
        years_temporary=before,
        years_planning=years - before,
        ceiling=families["dutch_ceiling"].astype(float),
        usual_ceiling=p.dutch_ceiling,
        on_arrival=p.dutch_on_arrival,
        rate_temporary=p.dutch_rate_year,
        rate_planning=plain(language_rules.dutch_rate)(
            rate_year=p.dutch_rate_year, for_plan=p.dutch_rate_plan, intention=1.0
        ),
    )
    at_start = house.dealer.cohorts == START
    _lay_knowledge_and_trust(families, house.months_in_nl, at_start, p.trust_stay_max, p)


def _lay_ceilings(families: np.ndarray, words: np.ndarray, p: ParameterRow) -> None:
    """Write what living here leads to in EU-11 families: by education, and something of its own."""
    deviations = deviates(words)
    for name, usual, w_education, spread, word in (
        ("knowledge_ceiling", p.knowledge_stay_max, p.knowledge_education, p.mind_spread, 0),
        ("trust_ceiling", p.trust_stay_max, 0.0, p.mind_spread, 1),
        ("dutch_ceiling", p.dutch_ceiling, p.dutch_education, p.dutch_spread, 2),
    ):
        families[name] = plain(rules.own_ceiling)(
            usual=usual,
            education_level=families["parent_education"] - 1.0,
            deviation=deviations[:, word],
            w_education=w_education,
            spread=spread,
        )


def _lay_knowledge_and_trust(
    families: np.ndarray,
    months: np.ndarray,
    at_start: np.ndarray,
    usual_trust: float,
    p: ParameterRow,
) -> None:
    """Write what families (n,) know after `months` (n,) here, told things included, and trust.

    Those who are there at the start (n,) say how many can tell others.
    """
    years = months / 12.0
    by_stay, lv = plain(contact_rules.level_by_stay), levers_2023()[0]
    level = by_stay(
        ceiling=families["knowledge_ceiling"].astype(float),
        usual_ceiling=p.knowledge_stay_max,
        on_arrival=p.knowledge_on_arrival,
        per_year=p.knowledge_stay_year,
        years_in_nl=years,
    )
    n_informed = (
        p.n_ties_language * (level[at_start] >= p.informed_from).sum() / max(1, at_start.sum())
    )
    families["knowledge"] = plain(rules.knowledge_at_entry)(
        level=level,
        online=plain(contact_rules.knowledge_gain_month)(
            digital=p.knowledge_digital,
            digital_reach=lv["digital_info_reach"],
            visits=p.knowledge_pharos,
            visits_reach=lv["pharos_reach"],
        ),
        p_learns=plain(contact_rules.p_learns_from_peers)(
            n_informed=n_informed, gain=p.peer_gain, cap=p.peer_cap
        ),
        peer_speed=p.peer_speed,
        peers_know=p.peers_know,
        forgotten=p.knowledge_slow,
        months_in_nl=months,
    )
    own, usual = (
        by_stay(
            ceiling=ceiling,
            usual_ceiling=p.trust_stay_max,
            on_arrival=p.trust_on_arrival,
            per_year=p.trust_stay_year,
            years_in_nl=years,
        )
        for ceiling in (families["trust_ceiling"].astype(float), usual_trust)
    )
    families["trust"] = plain(rules.trust_at_entry)(
        own_level=own, usual_level=usual, own_share=p.trust_slow, peers_share=p.trust_neighbours
    )


def lay_minds_comparable(
    families: np.ndarray, dealer: Dealer, months: np.ndarray, p: ParameterRow
) -> None:
    """Write what parents who grew up here know, trust and speak into comparable families (n,).

    `months` (n,) they have been here.
    """
    words = dealer.words(Block.POPULATION_MIND)
    deviations = deviates(words)
    for name, usual, w_education, word in (
        ("knowledge_ceiling", p.knowledge_comparable, p.knowledge_education, 0),
        ("trust_ceiling", p.trust_comparable, 0.0, 1),
    ):
        families[name] = plain(rules.own_ceiling)(
            usual=usual,
            education_level=families["parent_education"] - 1.0,
            deviation=deviations[:, word],
            w_education=w_education,
            spread=p.mind_spread,
        )
    families["parent_dutch"] = families["dutch_ceiling"] = 1.0
    families["settlement_intention"] = words[:, _PLAN] < p.intention_comparable
    at_start = dealer.cohorts == START
    _lay_knowledge_and_trust(families, months, at_start, p.trust_comparable, p)

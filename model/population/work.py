"""The work that adults have when their family comes, or begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.enums import Contract
from model.kernel.compile import plain
from model.kernel.keys import FIRST_ADULT, roles
from model.kernel.random_numbers import Block, draw4_many
from model.population import rules
from model.population.stratified_assignment import Dealer, Deck, cut
from model.registry import BY_NAME, ParameterRow
from model.state import ADULT, ADULTS
from model.submodels.rights.rules import share_malafide
from model.submodels.work.rules import WEEKS_PER_MONTH
from model.submodels.work.rules_income import HISTORY_MONTHS
from model.submodels.work.rules_moves import variance_of_hours

if TYPE_CHECKING:
    from model.population.households import Households

SECURE_FIRST = (
    Contract.PERMANENT,
    Contract.SELF_EMPLOYED,
    Contract.FIXED,
    Contract.AGENCY_B,
    Contract.ZERO_HOURS,
    Contract.AGENCY_A,
)
"""Contracts from the most to the least secure, the order in which length of stay favours them."""

_GUARANTEED = (Contract.PERMANENT, Contract.FIXED, Contract.AGENCY_B)
_LUCK, _EMPLOYER, _MALAFIDE, _LESSONS = range(4)


@dataclass(frozen=True, slots=True)
class Earners:
    """Who works, for what pay and how long, arrays (n, 2).

    Comparable families take it from their match; what schooling and experience do to pay comes on
    top, for each population (`lay_adults`).
    """

    is_present: np.ndarray
    is_seeking: np.ndarray
    is_working: np.ndarray
    wage_eur_hour: np.ndarray
    hours: np.ndarray

    @property
    def pay_eur_week(self) -> np.ndarray:
        """Gross pay (n,) of the adults in the labour market together, in EUR in a usual week."""
        pay: np.ndarray = (self.is_seeking * self.wage_eur_hour * self.hours).sum(axis=1)
        return pay

    def take(self, rows: np.ndarray) -> Earners:
        """Return the earners of the families in `rows`."""
        return Earners(
            self.is_present[rows],
            self.is_seeking[rows],
            self.is_working[rows],
            self.wage_eur_hour[rows],
            self.hours[rows],
        )


def lay_earners(
    education: np.ndarray, share_lone: np.ndarray, house: Households, p: ParameterRow
) -> Earners:
    """Return who works in EU-11 families (n,); education and the share with one adult (n,)."""
    dealer = house.dealer
    n = education.size
    present, seeking, working = (np.ones((n, ADULTS), bool) for _ in range(3))
    has_second = dealer.deal(Deck.ADULTS, house.kin) >= share_lone
    has_job = dealer.deal(Deck.EARNERS, has_second, education) < plain(rules.share_two_earners)(
        share=p.share_two_earners, education_level=education, per_level=p.two_earners_education
    )
    seeks = dealer.deal(Deck.SEEKING, has_second & ~has_job) < p.share_second_seeking
    present[:, 1] = has_second
    seeking[:, 1] = has_second & (has_job | seeks)
    idle = dealer.deal(Deck.WITHOUT_WORK, has_second)
    without = np.where(has_second, p.share_main_without_work, p.share_lone_without_work)
    working[:, 0] = idle >= without
    seeking[:, 0] = idle >= without * p.share_main_inactive
    working[:, 1] = has_second & has_job
    wage, hours = np.empty((n, ADULTS)), np.empty((n, ADULTS))
    main = np.where(has_second, p.share_full_time_main, p.share_full_time_lone)
    shares = (main, p.share_full_time_second)
    for which, deck in enumerate((Deck.FULL_TIME_MAIN, Deck.FULL_TIME_SECOND)):
        luck = _words(dealer, which, Block.POPULATION_ADULT)[:, 0]
        wage[:, which] = plain(rules.wage_at_entry)(
            luck=luck,
            minimum_eur_hour=p.wage_minimum_eur_hour,
            median=p.wage_ratio_median,
            spread=p.wage_ratio_spread,
        )
        is_full_time = dealer.deal(deck, seeking[:, which], has_second) < shares[which]
        hours[:, which] = np.where(is_full_time, p.hours_full_time, p.hours_part_time)
    return Earners(present, seeking, working, wage, hours)


def _words(dealer: Dealer, which: int, block: Block, month: int = 0) -> np.ndarray:
    """Return four uniforms (n, 4) for adult 0 or 1 of each family."""
    keys = roles(dealer.keys, FIRST_ADULT, np.full(dealer.keys.size, which))
    return draw4_many(dealer.seed, keys, int(block), month)


def contracts_eu11(dealer: Dealer, earners: Earners, p: ParameterRow) -> np.ndarray:
    """Return the contracts (n, 2) with which EU-11 families arrive."""
    return _contracts(_shares_on_arrival(p), dealer, earners)


def contracts_comparable(dealer: Dealer, earners: Earners, p: ParameterRow) -> np.ndarray:
    """Return the contracts (n, 2) of comparable families that begin: those of natives."""
    return _contracts(_shares_comparable(p), dealer, earners)


def _contracts(shares: np.ndarray, dealer: Dealer, earners: Earners) -> np.ndarray:
    result = np.empty((dealer.keys.size, ADULTS), np.int64)
    for which, deck in enumerate((Deck.CONTRACT_MAIN, Deck.CONTRACT_SECOND)):
        is_working = earners.is_working[:, which]
        contract = np.array(SECURE_FIRST)[cut(dealer.deal(deck, is_working), shares)]
        result[:, which] = np.where(is_working, contract, Contract.NONE)
    return result


def _shares_on_arrival(p: ParameterRow) -> np.ndarray:
    """Return the shares (6,) on arrival; work for a fixed time takes the rest."""
    is_fixed = np.array([kind == Contract.FIXED for kind in SECURE_FIRST])
    names = [kind.name.lower() for kind in SECURE_FIRST]
    shares = np.array(
        [0.0 if name == "fixed" else getattr(p, f"share_new_{name}") for name in names]
    )
    return np.where(is_fixed, max(0.0, 1.0 - shares.sum()), shares)


def _shares_comparable(p: ParameterRow) -> np.ndarray:
    """Return the shares (6,) of natives; their agency phases are split as on arrival."""
    flexible, own_firm = p.share_comparable_flexible, p.share_comparable_self_employed
    on_call, agency = p.share_flexible_on_call, p.share_flexible_agency
    phase_b = p.share_new_agency_b / (p.share_new_agency_a + p.share_new_agency_b)
    by_kind = {
        Contract.PERMANENT: 1.0 - flexible - own_firm,
        Contract.SELF_EMPLOYED: own_firm,
        Contract.FIXED: flexible * (1.0 - on_call - agency),
        Contract.AGENCY_B: flexible * agency * phase_b,
        Contract.ZERO_HOURS: flexible * on_call,
        Contract.AGENCY_A: flexible * agency * (1.0 - phase_b),
    }
    return np.array([by_kind[kind] for kind in SECURE_FIRST])


def lay_adults(
    contracts: np.ndarray,
    earners: Earners,
    dealer: Dealer,
    months_in_nl: np.ndarray,
    entry_month: np.ndarray,
    schooling: np.ndarray,
    p: ParameterRow,
) -> np.ndarray:
    """Return the adults (n, 2) of families; the second row of a one-parent family is empty.

    `schooling` (n,) is the log wage that the parents' education adds.
    """
    adults = np.zeros(contracts.shape, ADULT)
    for which in range(ADULTS):
        rows = np.zeros(contracts.shape[0], ADULT)
        rows["contract"] = contracts[:, which]
        rows["is_present"] = True
        rows["is_seeking"] = earners.is_seeking[:, which]
        rows["hours_contract"] = earners.hours[:, which]
        words = _words(dealer, which, Block.POPULATION_JOB)
        _lay_tenure(rows, words[:, _LUCK], months_in_nl, entry_month, p)
        _lay_history(rows, months_in_nl, entry_month)
        rows["wage_eur_hour"] = plain(rules.wage_with_experience)(
            wage_eur_hour=earners.wage_eur_hour[:, which],
            minimum_eur_hour=p.wage_minimum_eur_hour,
            schooling=schooling,
            years_worked=rows["months_worked"] / 12.0,
            growth_year=p.wage_growth_fixed,
            years_most=p.wage_growth_years,
        )
        _lay_hours(rows, p)
        _lay_employer(rows, words, p)
        _lay_shift(rows, _words(dealer, which, Block.POPULATION_JOB, 1), p)
        adults[:, which] = rows
    nobody = np.zeros((), ADULT)
    nobody["contract"], nobody["recall_months"] = Contract.NONE, -1
    adults[~earners.is_present] = nobody
    return adults


def _lay_tenure(
    rows: np.ndarray,
    luck: np.ndarray,
    months_in_nl: np.ndarray,
    entry_month: np.ndarray,
    p: ParameterRow,
) -> None:
    """Set how long each has been in the contract, within the limits of the law and the stay."""
    contract = rows["contract"]
    weeks = luck * np.minimum(BY_NAME["agency_phase_a_weeks"].base, months_in_nl * WEEKS_PER_MONTH)
    contract_months = int(p.fixed_contract_months)
    chain_most = np.minimum(p.chain_max_contracts * contract_months, months_in_nl)
    chain = np.floor(luck * chain_most).astype(np.int64)
    long = plain(rules.spell_so_far)(
        luck=luck, mean_months=p.permanent_months_start, months_in_nl=months_in_nl
    )
    by_kind = {
        Contract.PERMANENT: long,
        Contract.SELF_EMPLOYED: long,
        Contract.FIXED: chain % contract_months,
        Contract.AGENCY_B: luck * np.minimum(BY_NAME["agency_phase_b_months"].base, months_in_nl),
        Contract.ZERO_HOURS: luck * np.minimum(2.0 * p.on_call_offer_months, months_in_nl),
        Contract.AGENCY_A: weeks / WEEKS_PER_MONTH,
    }
    months = _by_contract(contract, by_kind).astype(np.int64)
    is_fixed = contract == Contract.FIXED
    limits = {
        Contract.AGENCY_A: BY_NAME["agency_phase_a_weeks"].base,
        Contract.AGENCY_B: BY_NAME["agency_phase_b_months"].base,
    }
    rows["phase_limit"] = np.select([contract == kind for kind in limits], list(limits.values()))
    rows["agency_weeks"] = np.where(contract == Contract.AGENCY_A, weeks, 0.0)
    rows["months_in_type"] = months
    rows["chain_months"] = np.where(is_fixed, chain, 0)
    rows["chain_count"] = np.where(is_fixed, 1 + chain // contract_months, 0)
    rows["start_month"] = entry_month - np.where(is_fixed, chain, months)
    is_out = (contract == Contract.NONE) & (rows["is_seeking"] > 0)
    spell = plain(rules.spell_so_far)(
        luck=luck, mean_months=p.unemployed_months_start, months_in_nl=months_in_nl
    )
    rows["months_without_work"] = np.where(is_out, spell, 0.0).astype(np.int64)
    rows["months_since_employer"] = rows["months_without_work"]
    rows["recall_months"] = -1


def _lay_history(rows: np.ndarray, months_in_nl: np.ndarray, entry_month: np.ndarray) -> None:
    """Set the months at work since arrival: all but a spell without work, for who takes part.

    Who has a firm was an employee before it.
    """
    takes_part = rows["is_seeking"] > 0
    out = np.where(rows["contract"] == Contract.NONE, rows["months_without_work"], 0)
    own_firm = rows["contract"] == Contract.SELF_EMPLOYED
    gap = np.where(own_firm, np.minimum(entry_month - rows["start_month"], months_in_nl), out)
    whole = np.minimum(months_in_nl, HISTORY_MONTHS)
    rows["months_worked"] = np.where(takes_part, months_in_nl - out, 0)
    months = _bits(whole) & ~_bits(np.minimum(gap, HISTORY_MONTHS))
    rows["employed_months"] = np.where(takes_part, months, np.uint64(0))


def _bits(n: np.ndarray) -> np.ndarray:
    """Return numbers (n,) of which the last so many bits are set."""
    return np.asarray((np.uint64(1) << n.astype(np.uint64)) - np.uint64(1))


def _by_contract(contract: np.ndarray, by_kind: dict[Contract, np.ndarray]) -> np.ndarray:
    return np.select([contract == kind for kind in by_kind], list(by_kind.values()), 0.0)


def _lay_hours(rows: np.ndarray, p: ParameterRow) -> None:
    """Set hours as they are in each contract, with the variation that belongs to it."""
    contract = rows["contract"]
    cv = _by_contract(
        contract, {kind: getattr(p, f"cv_{kind.name.lower()}") for kind in SECURE_FIRST}
    )
    most = np.minimum(rows["hours_contract"], p.hours_week_max)
    hours = np.where(contract == Contract.NONE, 0.0, most)
    rows["hours_guaranteed"] = np.where(np.isin(contract, _GUARANTEED), hours, 0.0)
    rows["hours_worked"] = hours
    rows["hours_mean"] = hours
    rows["hours_variance"] = plain(variance_of_hours)(hours_week=hours, cv=cv)


def _lay_employer(rows: np.ndarray, words: np.ndarray, p: ParameterRow) -> None:
    """Set the employer, whether it keeps the rules, and whether it offers lessons."""
    contract = rows["contract"]
    is_working = contract != Contract.NONE
    is_secure = np.isin(contract, [Contract.PERMANENT, Contract.FIXED])
    flexible, secure = (
        share_malafide(
            p_base=p.p_malafide,
            inspection_intensity=BY_NAME["inspection_intensity"].base,
            elasticity=p.inspection_elasticity,
            secure_ratio=p.malafide_secure_ratio,
            is_secure=kind,
        )
        for kind in (False, True)
    )
    share = np.where(is_secure, secure, flexible)
    lessons = BY_NAME["employer_language_share"].base
    rows["employer"] = (words[:, _EMPLOYER] * np.iinfo(np.uint32).max).astype(np.uint32)
    rows["is_malafide"] = is_working & (words[:, _MALAFIDE] < share)
    rows["has_employer_course"] = is_working & (words[:, _LESSONS] < lessons)


def _lay_shift(rows: np.ndarray, words: np.ndarray, p: ParameterRow) -> None:
    """Set the usual working day in half hours: early, late or day."""
    is_secure = np.isin(rows["contract"], [Contract.PERMANENT, Contract.FIXED])
    early = np.where(is_secure, p.p_early_shift_secure, p.p_early_shift_flexible)
    is_early, is_late = words[:, 0] < early, words[:, 1] < p.p_late_shift
    for end in ("start", "end"):
        hours = [getattr(p, f"{shift}_{end}_hour") for shift in ("early", "late", "day")]
        rows[f"shift_{end}"] = np.rint(2.0 * np.select([is_early, is_late], hours[:2], hours[2]))

"""The population: everybody who may ever live in a run, laid down before the policy starts.

Two populations: families of EU labour migrants, and comparable Dutch families, each matched one to
one with an EU-11 family in municipality, parents' education, number of adults, luck in pay and
hours of the adults, and number and birth months of children; it enters with it, and is counted no
more when demography has its match leave. The children of a pair have the same talent. Families at
the start lie first (EU-11, then comparable), then those of each run month in turn; births to come
are laid down too. Month 0 is August 2023: the school year has begun, so that the children's groups
and years are those of 2023/24.

The full size is the stock: 65,000 registered families of EU-11 origin with a child or young person
of up to 22, and those not registered on top (docs/population.md). The letter's three groups
(48,500 children; lines 105-114) are parts of it. Every number is dealt or drawn by key
(`model.population.stratified_assignment`, `model.kernel.random_numbers`): a policy moves nobody,
and a longer run adds rows without changing the earlier ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from threading import Lock

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NEVER
from model.disk import shelf
from model.disk.packing import packed, unpacked
from model.enums import FamilyType, HomeLanguage, Origin, Population, Status
from model.kernel.compile import code_digest, made_with, plain
from model.kernel.keys import FIRST_CHILD, match_keys, roles
from model.kernel.rows import walked
from model.network.acquaintances import lay_network
from model.policy.timetable import Timetable
from model.population.children import Cradle, lay_children, lay_lives, list_children
from model.population.first_month import lay_first_values
from model.population.homes import (
    homes_comparable,
    homes_eu11,
    lay_lists,
    lay_minds_comparable,
    lay_minds_eu11,
    lay_registration,
    social_lists,
)
from model.population.households import Households, lay_households, numbers_at_start
from model.population.origins import lay_origins
from model.population.rules import schooling
from model.population.schools import lay_places, lay_pupils, lay_reach, lay_schools
from model.population.stratified_assignment import START, Dealer
from model.population.work import (
    Earners,
    contracts_comparable,
    contracts_eu11,
    lay_adults,
    lay_earners,
)
from model.registry import ParameterRow, levers_2023
from model.state import ADULTS, FAMILY, State

BEFORE_FIRST_CHILD = 20 * MONTHS_PER_YEAR
"""Comparable parents are here so long before their first child, in months."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One population: families (n,), adults (n, 2) and children (m,).

    `family_of` (m,) is the place of a child's family, `entry_month` (n,) when it enters,
    `luck_keys` (n,) the keys of the EU-11 families whose luck the children share.
    """

    families: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    family_of: np.ndarray
    entry_month: np.ndarray
    luck_keys: np.ndarray


def build_population(timetable: Timetable, seed: int, families: int | None) -> State:
    """Return the state before the first month of a run of `timetable.months` months.

    `families` is the number at the start, both populations together (an odd one goes to EU-11),
    None is the full size. The parameters of month 0 hold; levers play no part. Raises InputError
    when there is no family.
    """
    p = timetable.parameters_in(0)
    key = np.uint64(seed)
    n_start = numbers_at_start(families, p)
    n_matched = families_at_start(families, p) - n_start
    months = timetable.months
    house = lay_households(key, n_start, -(-months // MONTHS_PER_YEAR), p)
    eu11, comparable = _lay_both(house, n_start, n_matched, timetable)
    return _assemble(key, eu11, comparable, n_start + n_matched, months, p)


def families_at_start(families: int | None, p: ParameterRow) -> int:
    """Return how many families of both populations a run has at its start."""
    return 2 * numbers_at_start(None, p) if families is None else families


def _lay_both(
    house: Households, n_start: int, n_matched: int, timetable: Timetable
) -> tuple[_Part, _Part]:
    """Lay down EU-11 families and their matches; the last of an odd number has none."""
    p = timetable.parameters_in(0)
    enters = house.entry_month < timetable.months
    cradle = list_children(house, timetable.months)
    families, earners = _families_eu11(house, p)
    pay = earners.pay_eur_week
    contracts = contracts_eu11(families["parent_education"], house, earners, p)
    families["housing"] = homes_eu11(contracts, house, p)
    lay_minds_eu11(families, contracts, house, p)
    lay_lists(families, house.dealer, house.entry_month, p)
    stay = house.months_in_nl
    added = plain(schooling)(
        education_level=families["parent_education"], mid=p.wage_mid_eu11, high=p.wage_high_eu11
    )
    adults = lay_adults(contracts, earners, house.dealer, stay, house.entry_month, added, p)
    eu11 = _with_children(house, families, adults, cradle, np.flatnonzero(enters), pay, timetable)
    matched = enters & ((np.arange(enters.size) < n_matched) | (np.arange(enters.size) >= n_start))
    rows = np.flatnonzero(matched)
    families, adults = _comparable(house, families, earners, rows, p)
    everybody = np.zeros(enters.size, families.dtype)
    both_adults = np.zeros((enters.size, ADULTS), adults.dtype)
    everybody[rows], both_adults[rows] = families, adults
    return eu11, _with_children(house, everybody, both_adults, cradle, rows, pay, timetable)


def _families_eu11(house: Households, p: ParameterRow) -> tuple[np.ndarray, Earners]:
    """Return the EU-11 families (n,) without homes, and who earns in them."""
    families = np.zeros(house.entry_month.size, FAMILY)
    families["key"] = house.dealer.keys
    families["arrival_month"] = house.entry_month - house.months_in_nl
    families["family_type"] = np.where(house.is_recent, FamilyType.RECENT, FamilyType.SETTLED)
    families["status"] = np.where(house.dealer.cohorts == START, Status.IN_NL, Status.AWAITED)
    families["entry_month"] = house.came_month
    families["leaving_left"] = house.leaving_left
    families["letter_rank"] = house.letter_rank
    never = ("exit_month", "registration_month", "loan_month", "departure_month")
    for name in (*never, "last_chosen_move"):
        families[name] = NEVER
    lay_origins(families, house, p)
    earners = lay_earners(families["parent_education"], house, p)
    families["n_adults"] = earners.is_present.sum(axis=1)
    lay_registration(families, house, p)
    return families, earners


def _comparable(
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
    families["is_registered"] = families["is_border"] == 0
    families["registration_month"] = np.where(
        families["is_registered"], families["arrival_month"], NEVER
    )
    dealer = Dealer(house.dealer.seed, families["key"], house.dealer.cohorts[rows])
    stay = entry - families["arrival_month"]
    lay_minds_comparable(families, dealer, stay, p)
    families["housing"] = homes_comparable(dealer, p)
    lay_lists(families, dealer, entry, p)
    earners = earners.take(rows)
    contracts = contracts_comparable(families["parent_education"], dealer, earners, p)
    added = plain(schooling)(
        education_level=families["parent_education"],
        mid=p.wage_mid_comparable,
        high=p.wage_high_comparable,
    )
    return families, lay_adults(contracts, earners, dealer, stay, entry, added, p)


def _with_children(
    house: Households,
    families: np.ndarray,
    adults: np.ndarray,
    cradle: Cradle,
    rows: np.ndarray,
    pay_eur_week: np.ndarray,
    timetable: Timetable,
) -> _Part:
    """Return the families in `rows` with their children, as they are when they enter.

    `pay_eur_week` (n,) is what the parents of a pair usually earn: the children of a pair have the
    same talent.
    """
    seed = house.dealer.seed
    levers, parameters = walked(levers_2023()), walked(timetable.parameters[:1])
    place = np.full(families.size, -1)
    place[rows] = np.arange(rows.size)
    is_here = place[cradle.family] >= 0
    own = cradle.take(is_here)
    family_of = place[own.family]
    chosen, entry = families[rows], house.entry_month[rows]
    luck_keys = house.dealer.keys[rows]
    children = lay_children(
        seed,
        chosen,
        family_of,
        own,
        luck_keys[family_of],
        pay_eur_week[rows],
        timetable.parameters_in(0),
    )
    count = np.bincount(family_of, minlength=rows.size)
    chosen["n_children"], chosen["first_child"] = count, np.cumsum(count) - count
    lay_lives(
        seed,
        walked(chosen),
        walked(children),
        family_of,
        roles(luck_keys[family_of], FIRST_CHILD, own.birth_order),
        entry,
        levers,
        parameters,
    )
    both = adults[rows]
    lay_first_values(
        seed,
        walked(chosen),
        walked(both.reshape(-1)),
        walked(children),
        entry,
        levers,
        parameters,
    )
    return _Part(chosen, both, children, family_of, entry, luck_keys)


def _assemble(
    seed: np.uint64, eu11: _Part, comparable: _Part, n_start: int, months: int, p: ParameterRow
) -> State:
    """Put both populations in the order of rows, with schools, places and network around them."""
    families = np.concatenate([eu11.families, comparable.families])
    entry = np.concatenate([eu11.entry_month, comparable.entry_month])
    at_start = families["status"] == Status.IN_NL
    moment = np.where(at_start, -1, entry)
    order = np.lexsort((families["population"], moment))
    row_of = np.empty(order.size, np.int64)
    row_of[order] = np.arange(order.size)
    family_of = np.concatenate([eu11.family_of, eu11.families.size + comparable.family_of])
    by_row = np.argsort(row_of[family_of], kind="stable")
    children = np.concatenate([eu11.children, comparable.children])[by_row]
    luck_keys = np.concatenate(
        [eu11.luck_keys[eu11.family_of], comparable.luck_keys[comparable.family_of]]
    )[by_row]
    families = families[order]
    families["first_child"] = (
        np.cumsum(families["n_children"], dtype=np.int64) - families["n_children"]
    )
    adults = np.concatenate([eu11.adults, comparable.adults])[order].reshape(-1)
    row = row_of[family_of][by_row]
    places = lay_places(seed, p)
    places["social_wait_months"], places["p_social_month"] = social_lists(p)
    schools = lay_schools(seed, families, places, p)
    age = entry[order][row] - children["birth_month"]
    lay_pupils(seed, children, families["municipality"][row], age, luck_keys, schools)
    ties, key_persons = lay_network(seed, families, adults["contract"][::ADULTS], n_start, p)
    lay_reach(places, families[:n_start], schools, key_persons)
    return State(
        families,
        adults,
        children,
        schools,
        key_persons,
        places,
        ties,
        _signals(families),
        np.searchsorted(moment[order], np.arange(months + 1)),
    )


def _signals(families: np.ndarray) -> np.ndarray:
    """Return what families (n, 2) show at the start; 0 for who is not here yet."""
    signals = np.zeros((families.size, 2), np.uint8)
    is_here = families["status"] == Status.IN_NL
    signals[is_here, 0] = families["is_informed"][is_here]
    signals[is_here, 1] = 1.0 + 254.0 * families["trust"][is_here]
    return signals


def laid_down(timetable: Timetable, seed: int, families: int | None) -> State:
    """Return what `build_population` makes of the same, read when it was made before.

    A population hangs on the model's code, the parameters of month 0, the seed, its size and the
    months of the run, and on nothing else. Raises InputError when there is no family.
    """
    people = hashlib.sha256(timetable.parameters[0].tobytes()).hexdigest()
    key = (
        f"model {code_digest()}, made with {made_with()}, parameters {people}, seed {seed},"
        f" families {families}, months {timetable.months}"
    )
    kept = shelf.get("populations", key)
    if kept is not None:
        return State(**unpacked(kept)[1])
    state = build_population(timetable, seed, families)
    arrays = {field.name: getattr(state, field.name) for field in fields(State)}
    shelf.put("populations", key, packed({"population": key}, arrays))
    return state


class Populations:
    """Populations that runs which start with the same people share; the last few stay.

    Who there is hangs on the parameters of the first month, the seed, the size and the length of
    the run, never on levers. May be shared between threads.
    """

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._kept: dict[tuple[bytes, int, int | None, int], State] = {}
        self._lock = Lock()

    def of(self, timetable: Timetable, seed: int, families: int | None) -> State:
        """Return the state before the first month; it is shared, so copy it before it is lived."""
        key = (timetable.parameters[:1].tobytes(), seed, families, timetable.months)
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
            found = self._kept[key] = laid_down(timetable, seed, families)
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
            return found

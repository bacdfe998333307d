"""The population: everybody who may ever live in a run, laid down before the policy starts.

Two populations: families of EU labour migrants, and comparable Dutch families, each matched one to
one with an EU-11 family in municipality, parents' education, number of adults, luck in pay and
hours of the adults, and number and birth months of children; it enters with it, and is counted no
more when demography has its match leave. The children of a pair have the same luck. Families at
the start lie first (EU-11, then comparable), then those of each run month in turn; births to come
are laid down too. Families across the border come on top: they lie there in every run, and wait for
a lever that counts them. Month 0 is August 2023: the school year has begun, so that the children's
groups and years are those of 2023/24.

The full size is the stock: 65,000 registered families of EU-11 origin with a child or young person
of up to 22, and those not registered on top (docs/population.md). The letter's three groups
(48,500 children; lines 105-114) are parts of it. Every number is dealt or drawn by key
(`model.population.stratified_assignment`, `model.kernel.random_numbers`): a policy moves nobody,
and a longer run adds rows without changing the earlier ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from threading import Lock

import numpy as np

from model.calendar import MONTHS_PER_YEAR
from model.disk import shelf
from model.disk.packing import packed, unpacked
from model.enums import Status
from model.kernel.compile import code_digest, is_compiled, made_with
from model.kernel.keys import FIRST_CHILD, roles
from model.kernel.rows import walked
from model.network.acquaintances import lay_network
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import Timetable, build
from model.population.children import Cradle, lay_arrivals, lay_children, lay_talent, list_children
from model.population.first_month import lay_first_values
from model.population.homes import social_lists
from model.population.households import (
    Households,
    across_the_border,
    lay_households,
    numbers_at_start,
)
from model.population.pairs import lay_comparable, lay_eu11
from model.population.past.drawing import Donors, rank_of_pay, share_lone
from model.population.past.lives import Lives, gather, ledger_digest, read, shipped, told
from model.population.schools import lay_places, lay_pupils, lay_reach, lay_schools
from model.population.stratified_assignment import Kin
from model.registry import ParameterRow, levers_2023
from model.state import ADULTS, State


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


def build_population(
    timetable: Timetable, seed: int, families: int | None, lives: Lives | None = None
) -> State:
    """Return the state before the first month of a run of `timetable.months` months.

    `families` is the number at the start, both populations together (an odd one goes to EU-11),
    None is the full size. Who was here before draws from `lives`, by default those that come with
    the package. The parameters of month 0 hold; levers play no part. Raises InputError when there
    is no family.
    """
    p = timetable.parameters_in(0)
    key = np.uint64(seed)
    n_start = numbers_at_start(families, p)
    n_matched = families_at_start(families, p) - n_start
    months = timetable.months
    house = lay_households(key, n_start, -(-months // MONTHS_PER_YEAR), p)
    known = shipped() if lives is None else lives
    parts = _lay_both(house, n_start, n_matched, timetable, known)
    border = _lay_border(across_the_border(house), timetable, known)
    return _assemble(key, (*parts, border), n_start + n_matched, months, p)


def families_at_start(families: int | None, p: ParameterRow) -> int:
    """Return how many families of both populations a run has at its start."""
    return 2 * numbers_at_start(None, p) if families is None else families


def _lay_both(
    house: Households, n_start: int, n_matched: int, timetable: Timetable, lives: Lives
) -> tuple[_Part, _Part]:
    """Lay down EU-11 families and their matches; the last of an odd number has none.

    Families that come from abroad, and comparable ones that begin, have no life in the model yet.
    """
    p = timetable.parameters_in(0)
    enters = house.entry_month < timetable.months
    cradle = list_children(house, timetable.months)
    families, adults, earners = lay_eu11(house, share_lone(house, lives, p.share_lone_parents), p)
    pay = earners.pay_eur_week
    donors = Donors(house, rank_of_pay(house, families, pay), lives)
    arrive, begin = house.kin == Kin.ARRIVING, house.kin == Kin.BEGINNING
    rows = np.flatnonzero(enters)
    eu11 = _with_children(donors, families, adults, cradle, rows, ~arrive, pay, timetable)
    matched = enters & ((np.arange(enters.size) < n_matched) | (np.arange(enters.size) >= n_start))
    rows = np.flatnonzero(matched)
    everybody, both = np.zeros_like(families), np.zeros_like(adults)
    everybody[rows], both[rows] = lay_comparable(house, families, earners, rows, p)
    return eu11, _with_children(donors, everybody, both, cradle, rows, ~begin, pay, timetable)


def _lay_border(house: Households, timetable: Timetable, lives: Lives) -> _Part:
    """Lay down the border families that may ever be counted; no comparable ones stand beside."""
    p = timetable.parameters_in(0)
    families, adults, earners = lay_eu11(house, share_lone(house, lives, p.share_lone_parents), p)
    pay = earners.pay_eur_week
    donors = Donors(house, rank_of_pay(house, families, pay), lives)
    cradle = list_children(house, timetable.months)
    rows = np.flatnonzero(house.entry_month < timetable.months)
    has_past = house.kin != Kin.ARRIVING
    return _with_children(donors, families, adults, cradle, rows, has_past, pay, timetable)


def _with_children(
    donors: Donors,
    families: np.ndarray,
    adults: np.ndarray,
    cradle: Cradle,
    rows: np.ndarray,
    has_past: np.ndarray,
    pay_eur_week: np.ndarray,
    timetable: Timetable,
) -> _Part:
    """Return the families in `rows` with their children, as they are when they enter.

    Who `has_past` (n,) takes over a life. `pay_eur_week` (n,) is what the parents of a pair usually
    earn when they come or begin.
    """
    house = donors.house
    seed = house.dealer.seed
    levers, parameters = walked(levers_2023()), walked(timetable.parameters[:1])
    place = np.full(families.size, -1)
    place[rows] = np.arange(rows.size)
    own = cradle.take(place[cradle.family] >= 0)
    family_of = place[own.family]
    chosen, both, entry = families[rows], adults[rows], house.entry_month[rows]
    p = timetable.parameters_in(0)
    chosen["entry_pay_eur_week"] = pay_eur_week[rows]
    luck_keys = house.dealer.keys[rows]
    child_keys = roles(luck_keys[family_of], FIRST_CHILD, own.birth_order)
    children = lay_children(seed, chosen, family_of, own, child_keys, p)
    count = np.bincount(family_of, minlength=rows.size)
    chosen["n_children"], chosen["first_child"] = count, np.cumsum(count) - count
    lay_arrivals(walked(chosen), walked(children), family_of, entry, parameters)
    lay_first_values(
        seed,
        walked(chosen),
        walked(both.reshape(-1)),
        walked(children),
        entry,
        levers,
        parameters,
    )
    donors.give(chosen, both, rows, has_past[rows])
    lay_talent(seed, chosen, family_of, children, child_keys, p)
    donors.give_children(chosen, children, family_of, child_keys, rows, has_past[rows])
    return _Part(chosen, both, children, family_of, entry, luck_keys)


def _assemble(
    seed: np.uint64, parts: tuple[_Part, ...], n_start: int, months: int, p: ParameterRow
) -> State:
    """Put all families in the order of rows, with schools, places and network around them."""
    families = np.concatenate([part.families for part in parts])
    entry = np.concatenate([part.entry_month for part in parts])
    at_start = families["status"] == Status.IN_NL
    moment = np.where(at_start, -1, entry)
    order = np.lexsort((families["population"], families["is_border"], moment))
    row_of = np.empty(order.size, np.int64)
    row_of[order] = np.arange(order.size)
    first = np.cumsum([0, *(part.families.size for part in parts)])
    family_of = np.concatenate([n + part.family_of for n, part in zip(first, parts, strict=False)])
    by_row = np.argsort(row_of[family_of], kind="stable")
    children = np.concatenate([part.children for part in parts])[by_row]
    luck_keys = np.concatenate([part.luck_keys[part.family_of] for part in parts])[by_row]
    families = families[order]
    families["first_child"] = (
        np.cumsum(families["n_children"], dtype=np.int64) - families["n_children"]
    )
    adults = np.concatenate([part.adults for part in parts])[order].reshape(-1)
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


Live = Callable[[State, Timetable, int], State]
"""Lives all months of a timetable from a state with a seed, and returns how it stands then."""

PAST_FAMILIES, PAST_YEARS, PAST_SEED = 8000, 20, 2023
"""The run in which other parameters than the ledger's make a past of their own."""


def lives_of(timetable: Timetable, live: Live) -> Lives:
    """Return the lives from which a run draws its start: those that its parameters make.

    The ledger's come with the package. Where a number is another that a month before the start
    reads, people live with it for twenty years from the shipped start; what comes of it is kept in
    the cache. Without compilation that would take hours, and the shipped lives stay.
    """
    ledger = ledger_digest(timetable.parameters[0])
    kept = shipped()
    if ledger == kept.ledger or not is_compiled():
        return kept
    key = f"model {code_digest()}, made with {made_with()}, lives {ledger}, from {kept.digest}"
    found = shelf.get("populations", key)
    if found is not None:
        return read(found)
    months = MONTHS_PER_YEAR * PAST_YEARS
    plan = build(FROZEN_2023, months)
    plan.parameters[:] = timetable.parameters[0]
    state = build_population(plan, PAST_SEED, PAST_FAMILIES, kept)
    content = told(gather(live(state, plan, PAST_SEED), months, kept.rules, ledger))
    shelf.put("populations", key, content)
    return read(content)


def laid_down(timetable: Timetable, seed: int, families: int | None, live: Live) -> State:
    """Return what `build_population` makes of the same, read when it was made before.

    A population hangs on the model's code, the lives that are drawn from, the parameters of month
    0, the seed, its size and the months of the run, and on nothing else. `live` lives a past where
    the parameters ask for one of their own. Raises InputError when there is no family.
    """
    people = hashlib.sha256(timetable.parameters[0].tobytes()).hexdigest()
    key = (
        f"model {code_digest()}, made with {made_with()}, lives {shipped().digest},"
        f" parameters {people}, seed {seed}, families {families}, months {timetable.months}"
    )
    kept = shelf.get("populations", key)
    if kept is not None:
        return State(**unpacked(kept)[1])
    state = build_population(timetable, seed, families, lives_of(timetable, live))
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

    def of(self, timetable: Timetable, seed: int, families: int | None, live: Live) -> State:
        """Return the state before the first month; it is shared, so copy it before it is lived."""
        key = (timetable.parameters[:1].tobytes(), seed, families, timetable.months)
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
            found = self._kept[key] = laid_down(timetable, seed, families, live)
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
            return found

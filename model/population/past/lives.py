"""Lives that a long run of the model gave: families with their adults, and children."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from model.calendar import COUNT_UNTIL, EIGHTEEN, FOUR, MONTHS_PER_YEAR, NEVER
from model.disk.packing import packed, unpacked
from model.enums import BirthCountry, FamilyType, Population, Status
from model.evidence.stock_2023 import ARRIVED_FROM
from model.kernel.random_numbers import Block, draw4_many
from model.population.past.reads import NOT_READ
from model.registry import levers_2023
from model.state import ADULT, ADULTS, CHILD, FAMILY, State

SHIPPED = Path(__file__).with_name("lives.bin")
FORMAT = "veerkracht lives 1"

FAMILY_LIVED = (
    "entry_pay_eur_week", "income_eur_month", "income_12m_eur", "income_last_year_eur", "hours_cv",
    "roster_predictability", "knowledge", "trust", "parent_dutch", "settlement_intention",
    "knowledge_ceiling", "trust_ceiling", "dutch_ceiling", "care_access", "crowding",
    "notice_weeks", "course_hours_left", "unpaid_eur", "registration_month", "last_chosen_move",
    "listed_month", "moved_months", "housing", "is_registered", "is_poor", "claims_allowances",
    "course_wait", "is_informed", "course_funder",
)  # fmt: skip
"""What a family takes over from one that lived."""
ADULT_LIVED = tuple(name for name in ADULT.names or () if name != "employer")
"""What its adults take over; the number of an employer is drawn."""
CHILD_LIVED = (
    "school_change_months", "in_year_change_months", "language_z", "learning_z", "gain_language",
    "gain_learning", "change_effect", "crowding_effect", "belonging", "absent_days_12m",
    "home_alone_hours", "ve_hours", "language_at_4", "language_at_12", "first_school_month",
    "left_month", "stage", "stage_year", "is_enrolled", "is_jgz_flagged", "is_referred",
    "ve_eligible", "ve_wait", "newcomer_months_left", "has_newcomer_support",
    "provisional_advice", "advice", "count_stage", "count_registered", "count_year", "left_stage",
    "has_repeated", "has_switched", "has_startkwalificatie",
)  # fmt: skip
"""What a child takes over; its luck is its own, and its talent follows luck and parents' pay."""
MONTHS = frozenset(
    {"registration_month", "last_chosen_move", "listed_month", "start_month"}
    | {"first_school_month", "left_month"}
)
"""Fields that are run months; in lives they count from the month in which they were taken."""

FAMILIES_OF_A_YEAR, FIRST_YEARS, FAMILIES_OF_A_FIRST_YEAR = 60, 5, 160
"""Lives that are kept, at most, of each kind of family and year of stay; more of the first years,
in which what is rare later on is rarer still."""
CHILDREN_OF_A_KIND = 400
STAYED = (1, 2, 3, 5, 7, 10, 15, 20, 30)
"""Years of stay that are told apart in the share of families with one adult."""
QUARTER = 3
"""Months of age that are told apart before school."""
HOMES = (0.35, 0.65)
"""Dutch of the parents (0 to 1) from which a home is another kind of home for its children."""
MOST_MINORS = 3
"""Children under eighteen that are told apart in a family; who has more is like who has these."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Families (k,), their adults (k, 2) and children (m,) as they stood at the end of a run.

    `family_kind` (k,) and `child_kind` (m,) are what `kind_of_families` and `kind_of_children` say.
    Families lie by kind and then by `span` (k,): the months that they have been here, of a
    comparable family the age of its oldest child. Children lie by kind and then by `order` (m,),
    what `order_of` says. `pay` (k,) is what the adults in the labour market usually earn, EUR a
    week. `learning_z` is what is added to a child's talent. `lone` (2, 10) is the share of EU-11
    families with one adult, by family type and years of stay (`STAYED`), none where nobody was.
    `rules` and `ledger` are the digests of what made them, `digest` is that of the bytes they were
    read from.
    """

    families: np.ndarray
    adults: np.ndarray
    family_kind: np.ndarray
    span: np.ndarray
    pay: np.ndarray
    children: np.ndarray
    child_kind: np.ndarray
    order: np.ndarray
    lone: np.ndarray
    rules: str
    ledger: str
    digest: str = ""


def kind_of_families(
    population: np.ndarray,
    n_adults: np.ndarray,
    education: np.ndarray,
    n_minors: np.ndarray,
    has_pupil: np.ndarray,
) -> np.ndarray:
    """Return a number (n,) for families alike; neighbours in it differ in schooling first."""
    kind = population.astype(np.int64) * ADULTS + n_adults - 1
    kind = kind * (1 + MOST_MINORS) + np.minimum(n_minors, MOST_MINORS)
    return np.asarray((kind * 2 + has_pupil) * 3 + education)


def kind_of_children(
    population: np.ndarray,
    arrived_at: np.ndarray,
    age: np.ndarray,
    is_abroad: np.ndarray,
    parent_dutch: np.ndarray,
) -> np.ndarray:
    """Return a number (m,) for children alike: population, age on arrival, age, and home.

    Ages are in months; before school they are told apart by the quarter, later by the year.
    Neighbours in it differ in their home first, then in age.
    """
    came = np.searchsorted(ARRIVED_FROM, arrived_at // MONTHS_PER_YEAR, side="right")
    came = np.where(is_abroad, np.maximum(1, came), 0)
    home = np.searchsorted(HOMES, parent_dutch, side="right")
    n_quarters = FOUR // QUARTER
    step = np.where(age < FOUR, age // QUARTER, n_quarters + age // MONTHS_PER_YEAR)
    kind = population.astype(np.int64) * (1 + len(ARRIVED_FROM)) + came
    kind = kind * (n_quarters + COUNT_UNTIL // MONTHS_PER_YEAR) + step
    return np.asarray(kind * (1 + len(HOMES)) + home)


def order_of(children: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Return by what children (m,) of a kind are put in order: by talent, which all else follows.

    Before school it is the number that decides whether they are in the target group of preschool.
    """
    return np.where(age < FOUR, children["preschool_luck"], children["talent"]).astype(np.float32)


def pay_of(adults: np.ndarray) -> np.ndarray:
    """Return what the adults (n, 2) in the labour market usually earn, EUR a week (n,)."""
    pay = adults["is_seeking"] * adults["wage_eur_hour"].astype(float) * adults["hours_contract"]
    return np.asarray(pay.sum(axis=1).astype(np.float32))


def gather(state: State, month: int, rules: str, ledger: str) -> Lives:
    """Return who is in the country at the begin of a run month."""
    families, children = state.families, state.children
    adults = state.adults.reshape(-1, ADULTS)
    of = np.repeat(np.arange(families.size), families["n_children"])
    age = month - children["birth_month"].astype(np.int64)
    at_home = (families["status"][of] == Status.IN_NL) & (age >= 0) & (age < COUNT_UNTIL)
    minor = at_home & (age < EIGHTEEN)
    n_minors, n_pupils = (
        np.bincount(of[one], minlength=families.size) for one in (minor, minor & (age >= FOUR))
    )
    here = np.flatnonzero(families["status"] == Status.IN_NL)
    own = families[here]
    kind = kind_of_families(
        own["population"], own["n_adults"], own["parent_education"], n_minors[here],
        n_pupils[here] > 0,
    )  # fmt: skip
    oldest = children["birth_month"][own["first_child"]].astype(np.int64)
    since = np.where(own["population"] == Population.EU11, own["arrival_month"], oldest)
    span = np.maximum(0, month - since)
    order = np.lexsort((own["key"], span, kind))
    chosen = here[order]
    rows = np.flatnonzero(at_home)
    in_family = families[of[rows]]
    is_abroad = children["birth_country"][rows] == BirthCountry.ABROAD
    child_kind = kind_of_children(
        in_family["population"],
        age[rows] - (month - in_family["entry_month"].astype(np.int64)),
        age[rows],
        is_abroad,
        in_family["parent_dutch"],
    )
    by = order_of(children[rows], age[rows])
    drawn = np.lexsort((children["key"][rows], by, child_kind))
    lived = _lived(children[rows[drawn]], CHILD_LIVED, month)
    lived["learning_z"] -= children["talent"][rows[drawn]]
    return Lives(
        _lived(families[chosen], FAMILY_LIVED, month),
        _lived(adults[chosen], ADULT_LIVED, month),
        kind[order].astype(np.int16),
        span[order].astype(np.int16),
        pay_of(adults[chosen]),
        lived,
        child_kind[drawn].astype(np.int16),
        by[drawn],
        _lone(own, span),
        rules,
        ledger,
    )


def _lone(families: np.ndarray, span: np.ndarray) -> np.ndarray:
    """Return the share (2, 10) of EU-11 families with one adult; `span` (n,) in months."""
    counted = (families["population"] == Population.EU11) & (families["is_border"] == 0)
    kind, band = families["family_type"][counted], stayed(span[counted])
    place = np.ravel_multi_index((kind, band), (len(FamilyType), 1 + len(STAYED)))
    size = len(FamilyType) * (1 + len(STAYED))
    lone = np.bincount(place, families["n_adults"][counted] == 1, size)
    number = np.bincount(place, minlength=size)
    share = np.where(number > 0, lone / np.maximum(1, number), np.nan)
    return share.reshape(len(FamilyType), -1).astype(np.float32)


def stayed(span: np.ndarray) -> np.ndarray:
    """Return the place (n,) among `STAYED` of stays (n,) in months."""
    return np.searchsorted(STAYED, span // MONTHS_PER_YEAR, side="right")


def fewer(lives: Lives) -> Lives:
    """Return as many lives of a kind as are kept in the package, in the same order."""
    years = lives.span.astype(np.int64) // MONTHS_PER_YEAR
    alike = lives.family_kind.astype(np.int64) * MONTHS_PER_YEAR * 100 + years
    is_first = years < FIRST_YEARS
    most = np.where(is_first, FAMILIES_OF_A_FIRST_YEAR, FAMILIES_OF_A_YEAR)
    contract, home = lives.adults["contract"][:, 0], lives.families["housing"]
    order = np.lexsort((lives.families["income_12m_eur"], home, contract, alike))
    kept = np.sort(order[_evenly(most[order], alike[order])])
    most = np.full(lives.child_kind.size, CHILDREN_OF_A_KIND)
    at_preschool = lives.children["ve_hours"] > 0.0
    order = np.lexsort((lives.order, at_preschool, lives.children["stage"], lives.child_kind))
    children = np.sort(order[_evenly(most, lives.child_kind[order])])
    return replace(
        lives,
        families=lives.families[kept],
        adults=lives.adults[kept],
        family_kind=lives.family_kind[kept],
        span=lives.span[kept],
        pay=lives.pay[kept],
        children=lives.children[children],
        child_kind=lives.child_kind[children],
        order=lives.order[children],
    )


def _evenly(most: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return which rows (n,), given in order of kind, are kept: of each kind at most `most` (n,).

    They lie at even distances, from a place that chance gives; so the kept are like all in whatever
    goes with the order of the rows.
    """
    there, first, size = np.unique(kinds, return_index=True, return_counts=True)
    of = np.repeat(np.arange(there.size), size)
    step = np.maximum(1.0, size / most[first])
    luck = draw4_many(np.uint64(0), there.astype(np.uint64), Block.POPULATION_PAST, 0)[:, 1]
    place = np.arange(kinds.size) - first[of] + luck[of] * step[of]
    return np.asarray(np.floor((place + 1.0) / step[of]) > np.floor(place / step[of]))


def _lived(rows: np.ndarray, names: tuple[str, ...], month: int) -> np.ndarray:
    """Return rows of what is taken over, and nothing else; months count from this one."""
    found = np.zeros(rows.shape, [(name, rows.dtype[name]) for name in names])
    for name in names:
        found[name] = moved(rows[name], -month) if name in MONTHS else rows[name]
    return found


def moved(months: np.ndarray, by: np.ndarray | int) -> np.ndarray:
    """Return run months so many later; NEVER stays what it is."""
    later = np.maximum(NEVER + 1, months.astype(np.int64) + by)
    return np.where(months == NEVER, NEVER, later)


def nobody() -> Lives:
    """Return the lives of nobody: everybody stands as on arrival."""
    none = np.zeros(0, np.int16)
    children = np.zeros(0, [(name, CHILD[name]) for name in CHILD_LIVED])
    families = np.zeros(0, [(name, FAMILY[name]) for name in FAMILY_LIVED])
    adults = np.zeros((0, ADULTS), [(name, ADULT[name]) for name in ADULT_LIVED])
    lone = np.full((len(FamilyType), 1 + len(STAYED)), np.nan, np.float32)
    return Lives(families, adults, none, none, none, children, none, none, lone, "", "")


_ROWS = ("families", "adults", "children")
_COLUMNS = ("family_kind", "span", "pay", "child_kind", "order", "lone")


def told(lives: Lives) -> bytes:
    """Return lives as bytes that say what they are; fractions are kept to three digits.

    Where one of them is too large for that, as an income may be under numbers at their limits, all
    of its kind are kept whole.
    """
    about = {"format": FORMAT, "rules": lives.rules, "ledger": lives.ledger}
    arrays = {name: getattr(lives, name) for name in _COLUMNS}
    for of in _ROWS:
        rows: np.ndarray = getattr(lives, of)
        for name in rows.dtype.names or ():
            arrays[f"{of}.{name}"] = _short(rows[name])
    return zlib.compress(packed(about, arrays), 9)


def _short(column: np.ndarray) -> np.ndarray:
    if column.dtype.kind != "f" or np.abs(column).max(initial=0.0) > np.finfo(np.float16).max:
        return column
    return column.astype(np.float16)


def read(content: bytes) -> Lives:
    """Return the lives that bytes hold.

    Raises ValueError when they are not whole, of another format, or of other fields than today's.
    """
    try:
        about, arrays = unpacked(zlib.decompress(content))
    except zlib.error as error:
        message = f"not whole ({error})"
        raise ValueError(message) from None
    if about.get("format") != FORMAT:
        message = f"of the format {about.get('format')!r}, and this version reads {FORMAT!r}"
        raise ValueError(message)
    rows = []
    for of, row, names in (
        ("families", FAMILY, FAMILY_LIVED),
        ("adults", ADULT, ADULT_LIVED),
        ("children", CHILD, CHILD_LIVED),
    ):
        kept = {one.partition(".")[2] for one in arrays if one.startswith(f"{of}.")}
        if kept != set(names):
            message = f"of other fields of {of}: {', '.join(sorted(kept ^ set(names)))}"
            raise ValueError(message)
        found = np.zeros(arrays[f"{of}.{names[0]}"].shape, [(name, row[name]) for name in names])
        for name in names:
            found[name] = arrays[f"{of}.{name}"]
        rows.append(found)
    families, adults, children = rows
    kind, span, pay, child_kind, order, lone = (arrays[name] for name in _COLUMNS)
    return Lives(
        families, adults, kind, span, pay, children, child_kind, order, lone,
        str(about["rules"]), str(about["ledger"]), hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


@cache
def shipped() -> Lives:
    """Return the lives that come with the package.

    Raises ValueError, with what to do, when they cannot be read.
    """
    try:
        return read(SHIPPED.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{SHIPPED}: the lives of the start cannot be read: {error}. Run `make past`."
        raise ValueError(message) from None


def ledger_digest(parameters: np.ndarray) -> str:
    """Return the SHA-256 (hex) of the numbers that a past reads: a record of the ledger, and 2023.

    Parameters that no month before the start reads make no other past.
    """
    levers = levers_2023()
    values = [
        f"{name}={float(record[name])!r}"
        for record in (parameters, levers[0])
        for name in sorted(record.dtype.names or ())
        if name not in NOT_READ
    ]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()

"""Lives that the model's own long run gave: families with their adults, and children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from model.calendar import COUNT_UNTIL, FOUR, MONTHS_PER_YEAR, NEVER
from model.disk.packing import packed, unpacked
from model.enums import BirthCountry, Population, Status
from model.evidence.stock_2023 import ARRIVED_FROM
from model.state import ADULT, ADULTS, CHILD, FAMILY, State

KEPT = Path(__file__).with_name("lives.npz")

FAMILY_LIVED = (
    "housing", "is_registered", "registration_month", "listed_month", "last_chosen_move",
    "moved_months", "notice_weeks", "knowledge", "knowledge_ceiling", "trust", "trust_ceiling",
    "parent_dutch", "dutch_ceiling", "settlement_intention", "course_hours_left", "course_wait",
    "course_funder", "crowding", "voluntary_moves_total", "forced_moves_total",
)  # fmt: skip
"""What a family takes over from one that lived."""
FAMILY_MONTHS = ("registration_month", "listed_month", "last_chosen_move")
ADULT_MONTHS = ("start_month",)
CHILD_LIVED = (
    "stage", "stage_year", "is_enrolled", "first_school_month", "left_month", "left_stage",
    "gain_language", "gain_learning", "change_effect", "crowding_effect", "belonging",
    "absent_days_12m", "home_alone_hours", "ve_hours", "ve_eligible", "ve_wait", "is_jgz_flagged",
    "is_referred", "newcomer_months_left", "has_newcomer_support", "provisional_advice", "advice",
    "has_repeated", "has_switched", "has_startkwalificatie", "school_change_months",
    "in_year_change_months",
)  # fmt: skip
"""What a child takes over; Dutch, learning and talent are its own."""
CHILD_MONTHS = ("first_school_month", "left_month")

QUARTER = 3
"""Months of age that are told apart before school."""

MOST = 60
"""Lives of a kind that are kept, at most; of families for each year of stay."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Families (k,), their adults (k, 2) and children (m,) as they stood in one month, month 0.

    `family_kind` (k,) and `child_kind` (m,) are as `kind_of_families` and `kind_of_children` say;
    both are in order of kind, and within it families by stay and children by score. `span` (k,) are
    the months that a family has been here, of a comparable one the age of its oldest child.
    """

    families: np.ndarray
    adults: np.ndarray
    family_kind: np.ndarray
    span: np.ndarray
    children: np.ndarray
    child_kind: np.ndarray
    score: np.ndarray
    made_of: Mapping[str, str]


def kind_of_families(
    population: np.ndarray, is_recent: np.ndarray, n_adults: np.ndarray, education: np.ndarray
) -> np.ndarray:
    """Return a number (n,) for families alike: population, how they came, adults and schooling."""
    kind = 2 * population.astype(np.int64) + (is_recent & (population == Population.EU11))
    return np.asarray((kind * (1 + ADULTS) + n_adults) * 3 + education)


def kind_of_children(
    population: np.ndarray, arrived_at: np.ndarray, age: np.ndarray, is_abroad: np.ndarray
) -> np.ndarray:
    """Return a number (m,) for children alike: population, age on arrival, and age.

    Ages are in months; before school they are told apart by the quarter, later by the year.
    """
    came = np.searchsorted(ARRIVED_FROM, arrived_at // MONTHS_PER_YEAR, side="right")
    came = np.where(is_abroad, np.maximum(1, came), 0)
    young = age < FOUR
    step = np.where(young, age // QUARTER, FOUR // QUARTER + age // MONTHS_PER_YEAR)
    n_steps = FOUR // QUARTER + COUNT_UNTIL // MONTHS_PER_YEAR
    return np.asarray((population.astype(np.int64) * 6 + came) * n_steps + step)


def score_of(children: np.ndarray, w_language: float, young: np.ndarray) -> np.ndarray:
    """Return what children (m,) of a kind are put in order by: what an advice rests on.

    Before school it is the number that decides whether they are in the target group of preschool.
    """
    score = children["learning_z"] + w_language * children["language_z"]
    return np.where(young, children["preschool_luck"], score).astype(np.float32)


def gather(state: State, month: int, w_language: float, made_of: Mapping[str, str]) -> Lives:
    """Return who is in the country in a month of a run, at most MOST of a kind."""
    families, adults, children = state.families, state.adults.reshape(-1, ADULTS), state.children
    of = np.repeat(np.arange(families.size), families["n_children"])
    here = np.flatnonzero(families["status"] == Status.IN_NL)
    own = families[here]
    oldest = children["birth_month"][own["first_child"]].astype(np.int64)
    since = np.where(own["population"] == Population.EU11, own["arrival_month"], oldest)
    span = np.maximum(0, month - since)
    kind = kind_of_families(
        own["population"], own["family_type"] == 0, own["n_adults"], own["parent_education"]
    )
    order = np.lexsort((own["key"], span, kind))
    order = order[_at_most(MOST, kind[order] * 100 + span[order] // MONTHS_PER_YEAR)]
    age = month - children["birth_month"].astype(np.int64)
    rows = np.flatnonzero(
        (families["status"][of] == Status.IN_NL) & (age >= 0) & (age < COUNT_UNTIL)
    )
    abroad = children["birth_country"][rows] == BirthCountry.ABROAD
    arrived_at = age[rows] - (month - families["entry_month"][of[rows]].astype(np.int64))
    child_kind = kind_of_children(families["population"][of[rows]], arrived_at, age[rows], abroad)
    score = score_of(children[rows], w_language, age[rows] < FOUR)
    by_key = np.lexsort((children["key"][rows], child_kind))
    by_key = by_key[_at_most(MOST, child_kind[by_key])]
    by_score = by_key[np.lexsort((score[by_key], child_kind[by_key]))]
    return Lives(
        _lived(families[here][order], FAMILY, FAMILY_LIVED, FAMILY_MONTHS, month),
        _lived(adults[here][order], ADULT, ADULT.names or (), ADULT_MONTHS, month),
        kind[order],
        span[order],
        _lived(children[rows][by_score], CHILD, CHILD_LIVED, CHILD_MONTHS, month),
        child_kind[by_score],
        score[by_score],
        made_of,
    )


def _at_most(most: int, kinds: np.ndarray) -> np.ndarray:
    """Return which rows (n,), given in order of kind, are among the first so many of their kind."""
    first = np.r_[True, kinds[1:] != kinds[:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(kinds.size), 0))
    return np.asarray(np.arange(kinds.size) - start < most)


def _lived(
    rows: np.ndarray, of: np.dtype, names: tuple[str, ...], months: tuple[str, ...], month: int
) -> np.ndarray:
    """Return rows with what is taken over, and nothing else; months count from this one."""
    found = np.zeros(rows.shape, of)
    for name in names:
        values = rows[name]
        if name in months:
            values = np.where(values == NEVER, NEVER, values.astype(np.int64) - month)
            values = np.where(values == NEVER, NEVER, np.maximum(NEVER + 1, values))
        found[name] = values
    return found


def keep(lives: Lives, path: Path = KEPT) -> None:
    """Write lives to the file that is shipped."""
    arrays = {
        "families": lives.families,
        "adults": lives.adults,
        "family_kind": lives.family_kind,
        "span": lives.span,
        "children": lives.children,
        "child_kind": lives.child_kind,
        "score": lives.score,
    }
    path.write_bytes(packed(dict(lives.made_of), arrays))


@cache
def kept(path: Path = KEPT) -> Lives:
    """Return the lives that are shipped."""
    about, arrays = unpacked(path.read_bytes())
    return Lives(
        arrays["families"],
        arrays["adults"],
        arrays["family_kind"],
        arrays["span"],
        arrays["children"],
        arrays["child_kind"],
        arrays["score"],
        {name: str(value) for name, value in about.items() if name != "arrays"},
    )

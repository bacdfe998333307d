"""Candidates: families that came or began since 1996 and are still here when the run begins.

Demography alone, by draws of each family's own key: its key says when it entered and its place
among those of that month, so that choosing among candidates moves nobody's luck.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from model.calendar import COUNT_UNTIL, NO_CHILD, NOT_BORN, START_NUMBER, month_number
from model.kernel.compile import plain
from model.kernel.keys import Kind, arrival_numbers, family_keys
from model.kernel.random_numbers import Block, draw4_many
from model.population import rules as entry_rules
from model.population.stock.births import births_after
from model.population.stock.entering import (
    LONGEST_STAY,
    ages_on_arrival,
    arrivals_in_month,
    births_in_month,
    children_per_arriving,
    counts,
    months_before,
    queue,
    sizes,
)
from model.population.stock.leaving import leaving_of, measures
from model.registry import ParameterRow

FIRST_MONTH = int(month_number("1996-01")) - START_NUMBER
"""The run month of the first candidates: of today's families hardly any entered before."""

MOST_CHILDREN = 4
"""Children that a family ever has, at most."""

BEGUN_BIT = 1 << 23
"""Where the places of families that begin here start in a month's queue."""

BEFORE_BIRTH = 3
"""Months between arrival and a first birth here, at least."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Families (n,) that are here at the start: `entry` and `arrival` in run months.

    `born` (n, 4) are run months of birth of all children ever, oldest first, NOT_BORN for none;
    the first `n_abroad` (n,) were born abroad. `leaves` (n,) is the month in which demography has
    the family leave, `measure` (n,) what is left of its measure of leaving at the start.
    """

    keys: np.ndarray
    entry: np.ndarray
    arrival: np.ndarray
    begun_here: np.ndarray
    born: np.ndarray
    n_abroad: np.ndarray
    leaves: np.ndarray
    measure: np.ndarray

    def take(self, chosen: np.ndarray | slice) -> Candidates:
        """Return the candidates chosen, by rows or by a mask."""
        return Candidates(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @property
    def is_here(self) -> np.ndarray:
        """Return which children (n, 4) are born by the start and under 23."""
        return np.asarray((self.born <= 0) & (self.born > -COUNT_UNTIL))

    @property
    def is_abroad(self) -> np.ndarray:
        """Return which children (n, 4) were born abroad."""
        return np.asarray(np.arange(self.born.shape[1]) < self.n_abroad[:, None])


def lay_candidates(seed: np.uint64, scale: float, p: ParameterRow) -> Candidates:
    """Return those of all entries since 1996 who are here at the start with a child under 23.

    `scale` is how many candidates there are for one family of the full size.
    """
    months = np.arange(FIRST_MONTH, 0)
    per_month = scale * arrivals_in_month(months, p) / children_per_arriving(p)
    came = _coming(seed, *queue(counts(per_month), FIRST_MONTH), p)
    births = scale * births_in_month(months, p)
    begun = _beginning(seed, *queue(np.ceil(births).astype(np.int64), FIRST_MONTH), p)
    begun = begun.take(_who_begins(came, begun, np.cumsum(births)))
    both = Candidates(
        *(
            np.concatenate([getattr(came, field.name), getattr(begun, field.name)])
            for field in fields(Candidates)
        )
    )
    return both.take((both.leaves >= 0) & both.is_here.any(axis=1))


def _coming(seed: np.uint64, month: np.ndarray, place: np.ndarray, p: ParameterRow) -> Candidates:
    """Return families that come with children in run months (n,)."""
    keys = _keys(month, place)
    words = draw4_many(seed, keys, Block.POPULATION_ENTRY, 0)
    n_children = sizes(words[:, 0], p)
    ages = ages_on_arrival(words[:, 1:], n_children, month, p)
    before = months_before(draw4_many(seed, keys, Block.POPULATION_ENTRY, 1)[:, 0], p)
    return _with_lives(seed, keys, month, before, ages, np.zeros(keys.size, bool), p)


def _beginning(
    seed: np.uint64, month: np.ndarray, place: np.ndarray, p: ParameterRow
) -> Candidates:
    """Return families that begin with a first birth here in run months (n,)."""
    keys = _keys(month, place + BEGUN_BIT)
    luck = draw4_many(seed, keys, Block.POPULATION_ENTRY, 1)[:, 0]
    ages = np.zeros((keys.size, 1), np.int64)
    return _with_lives(
        seed, keys, month, months_before_birth(luck, p), ages, np.ones(keys.size, bool), p
    )


def months_before_birth(luck: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return how many months (n,) parents were here before their first child was born here."""
    months = plain(entry_rules.months_before_first_birth)(luck, p.years_before_first_birth)
    return np.asarray(np.minimum(BEFORE_BIRTH + months, LONGEST_STAY).astype(np.int64))


def _keys(month: np.ndarray, place: np.ndarray) -> np.ndarray:
    return family_keys(Kind.INITIAL_EU11, arrival_numbers(month - FIRST_MONTH, place))


def _with_lives(
    seed: np.uint64,
    keys: np.ndarray,
    entry: np.ndarray,
    before: np.ndarray,
    ages: np.ndarray,
    begun_here: np.ndarray,
    p: ParameterRow,
) -> Candidates:
    """Return families (n,) with `ages` (n, k) at entry, their later births and their leaving."""
    at_entry = np.where(ages == NO_CHILD, NOT_BORN, entry[:, None] - ages)
    born = np.sort(np.hstack([at_entry, births_after(seed, keys, entry, ages, p)]), axis=1)
    born = born[:, :MOST_CHILDREN]
    leaving = leaving_of(entry, before, begun_here, born)
    measure = measures(seed, keys)
    leaves = leaving.month_of(measure, p)
    left = measure - leaving.so_far(np.zeros_like(entry), p)
    n_abroad = np.where(begun_here, 0, (ages != NO_CHILD).sum(axis=1))
    return Candidates(keys, entry, entry - before, begun_here, born, n_abroad, leaves, left)


def _who_begins(came: Candidates, begun: Candidates, births: np.ndarray) -> np.ndarray:
    """Return which families (n,) begin here: births come out as given (months, running sum).

    A month has as many as its births leave after the later births of families laid down before.
    """
    n_months = births.size
    later = _later_births(came, n_months)
    first = np.searchsorted(begun.entry, FIRST_MONTH + np.arange(n_months + 1))
    chosen = np.zeros(begun.keys.size, bool)
    so_far = 0
    for month in range(n_months):
        so_far += int(later[month])
        n = min(max(0, int(births[month] + 0.5) - so_far), int(first[month + 1] - first[month]))
        mine = slice(int(first[month]), int(first[month]) + n)
        chosen[mine] = True
        so_far += n
        later += _later_births(begun.take(mine), n_months)
    return chosen


def _later_births(families: Candidates, n_months: int) -> np.ndarray:
    """Return the births after entry by month (n_months,), of families that have not left."""
    birth = families.born[:, 1:]
    is_counted = (birth < np.minimum(families.leaves, 0)[:, None]) & ~families.is_abroad[:, 1:]
    return np.bincount(birth[is_counted] - FIRST_MONTH, minlength=n_months)

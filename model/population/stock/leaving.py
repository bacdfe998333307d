"""When demography has a family leave: by its stay and its children's ages, not by what it lives.

Each family has a measure of leaving of its own, drawn once (exponential, mean 1). It leaves when
the leaving of its months has filled it. What a family lives through makes its months count more or
less, with mean 1 over the stock; a comparable family counts as demography has it, and is then
counted no more. So a pair has one age structure, and its match leaves in the month in which the
family itself would, if life made no difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model import calendar
from model.calendar import NOT_BORN
from model.kernel.compile import plain
from model.kernel.random_numbers import Block, draw4_many
from model.registry import ParameterRow
from model.submodels.stay import rules as stay_rules

FAR = np.iinfo(np.int16).max
"""A run month after every month of any run."""

_HALVINGS = 10
_LONGEST = 1 << _HALVINGS


@dataclass(frozen=True, slots=True)
class Leaving:
    """How leaving adds up in families (n,), all in run months.

    `entry` is the month from which it adds up, `stay_from` the one from which the stay counts,
    `school_from` and `school_to` when there is a child of 5 to 17, `begun_here` who began here.
    """

    entry: np.ndarray
    stay_from: np.ndarray
    school_from: np.ndarray
    school_to: np.ndarray
    begun_here: np.ndarray

    def so_far(self, month: np.ndarray, p: ParameterRow) -> np.ndarray:
        """Return what has added up by the begin of run months (n,)."""
        years = (self.entry - self.stay_from) / 12.0
        return np.asarray(
            plain(stay_rules.leaving_so_far)(
                years_from=years,
                years_to=years + np.maximum(0, month - self.entry) / 12.0,
                school_from=(self.school_from - self.stay_from) / 12.0,
                school_to=(self.school_to - self.stay_from) / 12.0,
                begun_here=self.begun_here,
                new=p.leave_new,
                old=p.leave_old,
                tau_years=p.leave_tau,
                for_school=p.leave_school,
                for_begun=p.leave_begun_here,
            )
        )

    def month_of(self, measure: np.ndarray, p: ParameterRow) -> np.ndarray:
        """Return the run month (n,) in which what adds up has filled the measure, or FAR."""
        low = self.entry.copy()
        step = _LONGEST
        for _ in range(_HALVINGS):
            step //= 2
            low = np.where(self.so_far(low + step, p) < measure, low + step, low)
        return np.where(low + 1 < self.entry + _LONGEST, np.minimum(low, FAR), FAR)


def leaving_of(
    entry: np.ndarray, months_before: np.ndarray, begun_here: np.ndarray, born: np.ndarray
) -> Leaving:
    """Return how leaving adds up in families (n,) that enter in run months, with births (n, k).

    The stay is that of the children in a family that came with them, and of the mother, who was
    here `months_before`, in one that began here.
    """
    is_born = born != NOT_BORN
    last = np.where(is_born, born, np.iinfo(np.int32).min).max(axis=1)
    first = np.where(is_born, born, NOT_BORN).min(axis=1)
    return Leaving(
        entry,
        entry - np.where(begun_here, months_before, 0),
        first + calendar.FIVE,
        last + calendar.EIGHTEEN,
        begun_here,
    )


def measures(seed: np.uint64, keys: np.ndarray) -> np.ndarray:
    """Return the measure of leaving (n,) of each family."""
    return np.asarray(-np.log1p(-draw4_many(seed, keys, Block.POPULATION_LEAVING, 0)[:, 0]))

"""Who is there in a month: ages, the letter's groups, stays and flows, at full size."""

from __future__ import annotations

import numpy as np

from model.calendar import COUNT_UNTIL, MONTHS_PER_YEAR
from model.enums import BirthCountry, Population, Stage, Status
from model.registry import ParameterRow
from model.state import State
from model.submodels.school.letter_groups import STAY_LATE_YEARS

BANDS = ((0, 5), (5, 13), (13, 18), (18, 23))
_ADULT, _SHORT_STAY = 18 * MONTHS_PER_YEAR, 3
_LATE_FROM = 13


def who_is_there(
    state: State, of: np.ndarray, month: int, here: np.ndarray, p: ParameterRow, times: float
) -> dict[str, float]:
    """Return what there is of EU-11 origin at the end of a month, and what came and went in a year.

    `of` (m,) is the family of each child, `here` (n,) who is in the country, `times` how many
    families of the full size one stands for. Stays are of families with a child under 18.
    """
    families, children = state.families, state.children
    own = here & (families["population"] == Population.EU11)
    age = month - children["birth_month"].astype(np.int64)
    there = own[of] & (age >= 0) & (age < COUNT_UNTIL)
    minor = there & (age < _ADULT)
    found = {
        f"{low}-{end - 1}": times
        * float((there & (age >= MONTHS_PER_YEAR * low) & (age < MONTHS_PER_YEAR * end)).sum())
        for low, end in BANDS
    }
    born_here = children["birth_country"][minor] == BirthCountry.NETHERLANDS
    found["born here, of those under 18"] = float(born_here.mean())
    for number, is_in in enumerate(_groups(state, of, month, age, p), start=1):
        found[f"group {number}"] = times * float((minor & is_in).sum())
    with_minor = np.bincount(of[minor], minlength=families.size) > 0
    stay = (month - families["arrival_month"][with_minor].astype(float)) / MONTHS_PER_YEAR
    found["families with a minor"] = times * float(with_minor.sum())
    found["mean stay, years"] = float(stay.mean())
    found["here under 3 years"] = float((stay < _SHORT_STAY).mean())
    of_eu11 = families["population"] == Population.EU11
    entered = of_eu11 & _within_year(families["entry_month"], month)
    entered &= families["status"] != Status.AWAITED
    found["families that came or began in the year"] = times * float(entered.sum())
    left = of_eu11 & _within_year(families["departure_month"], month)
    found["families that left the country in the year"] = times * float(left.sum())
    pupils = children["stage"][there]
    in_vo = (pupils >= Stage.PRO) & (pupils <= Stage.VWO)
    in_mbo = (pupils >= Stage.MBO1) & (pupils <= Stage.MBO4)
    found["pupils of vo"] = times * float(in_vo.sum())
    found["students of mbo"] = times * float(in_mbo.sum())
    return found


def _groups(
    state: State, of: np.ndarray, month: int, age: np.ndarray, p: ParameterRow
) -> tuple[np.ndarray, ...]:
    """Return which minors (m,) are in each of the letter's groups at their present age and stay."""
    rank = state.families["letter_rank"][of]
    is_abroad = state.children["birth_country"] == BirthCountry.ABROAD
    stay = month - state.families["entry_month"][of].astype(np.int64)
    is_late = is_abroad & (stay < MONTHS_PER_YEAR * STAY_LATE_YEARS)
    small = MONTHS_PER_YEAR * BANDS[0][1]
    return (
        (age < small) & (rank < p.letter_share_0_4),
        (age >= MONTHS_PER_YEAR * _LATE_FROM) & is_late & (rank < p.letter_share_late),
        (age >= small) & ~is_abroad & (rank < p.letter_share_born_here),
    )


def _within_year(months: np.ndarray, month: int) -> np.ndarray:
    return np.asarray((months > month - MONTHS_PER_YEAR) & (months <= month))

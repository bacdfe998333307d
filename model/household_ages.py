"""Ages of children: which band of age a child is in is decided first, then the months within it.

Ages drawn with gaps between siblings give the order of all children of a kind; the population's
distribution of age is handed out along that order. So groups and ages are as they should be in any
sample, and brothers and sisters stay apart.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from model import ages
from model.compiled import rule
from model.decks import GOLDEN, Dealer, Deck, ranks_within
from model.enums import LetterGroup
from model.parameters import ParameterRow

STAY_LATE_YEARS = 5
"""A late arrival is less than this long here (letter, lines 108-110; S2)."""

MOST_CHILDREN = 3
"""Children with which a family enters, at most."""

NO_CHILD = -1
SHORTEST_GAP = 9
"""Months between births that are not of twins, at least."""


class Band(IntEnum):
    """The band of age of a child that enters with its family."""

    NONE = 0
    SMALL = 1
    LATE = 2
    BORN_HERE = 3
    ANY = 4
    NEWBORN = 5


_LOWEST = np.array([0, 0, ages.THIRTEEN, ages.FIVE, 0, 0])
"""Lowest age in months of each band."""


@rule
def letter_group(age_months: int, is_born_here: bool, years_in_nl: float, is_late: bool) -> int:
    """Return the letter's group of a child (lines 105-114; S2) at its present age and stay.

    Group 1 is aged 0-4; group 3 was born here; group 2 is 13 or older and less than five years
    here. Who arrived at twelve or older (`is_late`) stays in group 2, and who was born here in
    group 3, when past 17: the letter counts minors, early school leaving runs to 23. All others
    are OTHER.
    """
    if age_months < ages.FIVE:
        return LetterGroup.AGED_0_4
    if is_born_here:
        return LetterGroup.BORN_HERE
    if age_months >= ages.THIRTEEN and (
        is_late or (years_in_nl < STAY_LATE_YEARS and age_months < ages.EIGHTEEN)
    ):
        return LetterGroup.LATE_ARRIVAL
    return LetterGroup.OTHER


def raw_ages(dealer: Dealer, sizes: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return ages (n, 3) in months under 18 years with gaps between siblings, NaN for no child.

    Only their order matters.
    """
    shortest, spread = float(p.birth_gap_min_months), float(p.birth_gap_spread_months)
    raw = np.full((sizes.size, MOST_CHILDREN), np.nan)
    lowest = (sizes - 1) * shortest
    raw[:, 0] = lowest + dealer.deal(Deck.OLDEST, sizes) * (ages.EIGHTEEN - lowest)
    for child, deck in ((1, Deck.SECOND), (2, Deck.THIRD)):
        gap = shortest - spread * np.log1p(-dealer.deal(deck, sizes))
        floor = np.maximum(0, sizes - 1 - child) * shortest
        younger = np.maximum(raw[:, child - 1] - gap, floor)
        raw[:, child] = np.where(sizes > child, younger, np.nan)
    return raw


def ages_in_bands(
    dealer: Dealer, raw: np.ndarray, kin: np.ndarray, bands: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return ages (n, 3) in months, -1 for no child, in their bands and in the order of `raw`."""
    family, child = np.nonzero(bands != Band.NONE)
    band = bands[family, child]
    cohort = dealer.cohorts[family]
    alike = (cohort + 1) * 64 + kin[family] * 8 + band
    rank, size = ranks_within(alike, raw[family, child])
    turn = (dealer.turn(Deck.RANK) + GOLDEN * alike) % 1.0
    place = (rank + turn) / size
    result = np.full(raw.shape, NO_CHILD, np.int64)
    result[family, child] = _age_at(place, band, p)
    return result


def _age_at(place: np.ndarray, band: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the age in months (m,) at a place between 0 and 1 in the ages of a band."""
    return np.select(
        [band == Band.SMALL, band == Band.LATE, band == Band.BORN_HERE, band == Band.ANY],
        [
            place * ages.FIVE,
            ages.THIRTEEN + place * (ages.EIGHTEEN - ages.THIRTEEN),
            _born_here(place, p),
            _arriving(place, p),
        ],
        0.0,
    ).astype(np.int64)


def _born_here(place: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Ages 5 to 17 of children born here: fewer the older, in a straight line."""
    ratio = float(p.born_here_age_ratio)
    fall = (1.0 - ratio) / 2.0
    area = place * (1.0 - fall)
    share = area if fall == 0.0 else (1.0 - np.sqrt(1.0 - 4.0 * fall * area)) / (2.0 * fall)
    return np.asarray(ages.FIVE + np.minimum(share, 0.999999) * (ages.EIGHTEEN - ages.FIVE))


def _arriving(place: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Ages at arrival: shares under 4, 4 to 11, and 12 to 17, even within each."""
    small, large = float(p.share_arrival_age_0_3), float(p.share_arrival_age_12_17)
    shares = [0.0, small, 1.0 - large, 1.0]
    return np.asarray(np.interp(place, shares, [0.0, ages.FOUR, ages.TWELVE, ages.EIGHTEEN - 1e-6]))


def mend_gaps(of_children: np.ndarray, bands: np.ndarray) -> None:
    """Put siblings closer than nine months nine months apart, or make them twins; bands hold."""
    for child in range(1, MOST_CHILDREN):
        older, younger = of_children[:, child - 1], of_children[:, child]
        apart = older - SHORTEST_GAP
        is_close = (younger != NO_CHILD) & (younger > apart) & (younger < older)
        is_close |= (younger != NO_CHILD) & (younger > older)
        lowest = _LOWEST[bands[:, child]]
        of_children[:, child] = np.where(is_close, np.where(apart >= lowest, apart, older), younger)

"""Families that come in: how many in a month, with which children, and who came before them."""

from __future__ import annotations

import numpy as np

from model.calendar import MONTHS_PER_YEAR, NO_CHILD, START_NUMBER
from model.kernel.compile import plain
from model.population.stock import rules
from model.registry import ParameterRow

LONGEST_STAY = 360
"""Months that a parent was here before the first child came or was born, at most."""

MOST_ARRIVING = 3
"""Children with which a family comes, at most."""

KNOTS = (2000, 2005, 2010, 2015, 2019, 2023)
"""Years whose births and arrivals the ledger has; in between in a straight line."""

_BANDS = (("0_3", 4), ("4_7", 4), ("8_11", 4), ("12_14", 3), ("15_17", 3))
"""Ages on arrival as in the names of their shares, and years in each."""

_STEPS = 4
_GRID = (np.arange(18 * _STEPS) + 0.5) / _STEPS
"""Ages of the oldest, in years, over which a family's age is spread."""
_GAPS = (np.arange(12) + 0.5) / 12
_ROUNDS = 60


def births_in_month(months: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the births in run months (n,) before the start, at full size."""
    return _between_knots([float(getattr(p, f"births_{year}")) for year in KNOTS], months)


def arrivals_in_month(months: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the minors who arrive in run months (n,) before the start, at full size."""
    return _between_knots([float(getattr(p, f"arrivals_{year}")) for year in KNOTS], months)


def _between_knots(values: list[float], months: np.ndarray) -> np.ndarray:
    year = (START_NUMBER + months) // MONTHS_PER_YEAR
    return np.asarray(np.interp(year, KNOTS, values) / MONTHS_PER_YEAR)


def counts(per_month: np.ndarray) -> np.ndarray:
    """Return whole numbers (n,) whose running sum stays next to that of `per_month` (n,)."""
    return np.diff(np.floor(np.cumsum(per_month) + 0.5).astype(np.int64), prepend=0)


def queue(n_in_month: np.ndarray, first_month: int) -> tuple[np.ndarray, np.ndarray]:
    """Return month and place in its queue of each family, for numbers (n,) from a month on."""
    month = np.repeat(first_month + np.arange(n_in_month.size), n_in_month)
    before = np.cumsum(n_in_month) - n_in_month
    return month, np.arange(month.size) - np.repeat(before, n_in_month)


def size_shares(p: ParameterRow) -> np.ndarray:
    """Return the shares (3,) of arriving families with one, two and three children."""
    two, three = float(p.share_arriving_2_children), float(p.share_arriving_3_children)
    return np.array([max(0.0, 1.0 - two - three), two, three])


def children_per_arriving(p: ParameterRow) -> float:
    """Return the children with which a family comes, on average."""
    shares = size_shares(p)
    return float(shares @ np.arange(1, 1 + MOST_ARRIVING) / shares.sum())


def sizes(luck: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the number of children (n,) with which families come."""
    ends = np.cumsum(size_shares(p))
    return np.asarray(1 + (luck[:, None] >= ends[:-1] / ends[-1]).sum(axis=1))


def months_before(luck: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return how many months (n,) a parent was here before the children came; 0 for most."""
    months = plain(rules.months_parent_first)(
        luck=luck, share=p.share_parent_first, mean_years=p.years_parent_first
    )
    return np.asarray(np.minimum(months, LONGEST_STAY).astype(np.int64))


def ages_on_arrival(
    luck: np.ndarray, n_children: np.ndarray, month: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return ages in months (n, 3) of children who come in run months (n,), -1 for none.

    `luck` (n, 3) is for the oldest and the two after. Ages on 31 December follow the shares by age
    on arrival over all children, and siblings lie apart as births do; who would be born after the
    arrival is a newborn, and its siblings are as much older.
    """
    years = np.full(luck.shape, np.nan)
    for n, spread in zip(range(1, 1 + MOST_ARRIVING), _spread_of_oldest(p), strict=True):
        mine = n_children == n
        ends = np.concatenate([[0.0], np.cumsum(spread)])
        edges = np.arange(ends.size) / _STEPS
        years[mine, 0] = np.interp(luck[mine, 0], ends / ends[-1], edges)
    for child in range(1, MOST_ARRIVING):
        mine = n_children > child
        years[mine, child] = _younger(
            luck[mine, child], years[mine, child - 1], n_children[mine] - 1 - child, p
        )
    december = MONTHS_PER_YEAR - 1 - (START_NUMBER + month) % MONTHS_PER_YEAR
    ages = np.floor(MONTHS_PER_YEAR * years) - december[:, None]
    unborn = np.maximum(0.0, -np.fmin.reduce(ages, axis=1))
    return np.where(np.isnan(years), NO_CHILD, ages + unborn[:, None]).astype(np.int64)


def _younger(
    luck: np.ndarray, older: np.ndarray, n_after: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return the age in years of the next child; there is room for `n_after` more after it."""
    return np.asarray(
        plain(rules.age_of_next)(
            luck=luck,
            older_years=older,
            n_after=n_after,
            gap_min_months=p.birth_gap_min_months,
            gap_spread_months=p.birth_gap_spread_months,
        )
    )


def _spread_of_oldest(p: ParameterRow) -> np.ndarray:
    """Return how families of 1, 2 and 3 children lie over ages of the oldest (3, grid).

    Raked until all children together follow the shares by age on arrival.
    """
    weights = np.array([float(getattr(p, f"share_arrival_age_{name}")) for name, _ in _BANDS])
    wanted = weights / weights.sum() * children_per_arriving(p)
    ends = np.cumsum([years for _, years in _BANDS])
    families = size_shares(p) / size_shares(p).sum()
    in_band = _children_by_band(ends, p)
    room = np.arange(MOST_ARRIVING) * float(p.birth_gap_min_months) / MONTHS_PER_YEAR
    spread = (room[:, None] < _GRID).astype(float)
    pull = np.zeros(len(_BANDS))
    for _ in range(_ROUNDS):
        raked = spread * np.exp(in_band @ pull)
        raked *= (families / raked.sum(axis=1))[:, None]
        pull += 0.5 * np.log(wanted / np.einsum("sg,sgb->b", raked, in_band))
    return raked


def _children_by_band(ends: np.ndarray, p: ParameterRow) -> np.ndarray:
    """Return the children expected in each band (sizes, grid, bands), by age of the oldest."""
    found = np.zeros((MOST_ARRIVING, _GRID.size, ends.size))
    second, third = (one.ravel() for one in np.meshgrid(_GAPS, _GAPS, indexing="ij"))
    oldest = np.repeat(_GRID, second.size)
    luck = (np.tile(second, _GRID.size), np.tile(third, _GRID.size))
    for n in range(1, 1 + MOST_ARRIVING):
        age = oldest
        for child in range(n):
            if child > 0:
                age = _younger(luck[child - 1], age, np.full(age.size, n - 1 - child), p)
            band = np.searchsorted(ends, np.maximum(age, 0.0), side="right")
            place = np.repeat(np.arange(_GRID.size), second.size)
            found[n - 1] += np.bincount(
                place * ends.size + np.minimum(band, ends.size - 1),
                minlength=_GRID.size * ends.size,
            ).reshape(_GRID.size, ends.size)
    return found / second.size

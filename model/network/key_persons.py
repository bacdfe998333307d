"""Key persons: hubs of one home language and municipality, laid down for the lever's maximum."""

from __future__ import annotations

import numpy as np

from model.enums import HomeLanguage, Municipality, Population
from model.kernel.random_numbers import Block, draw4_many
from model.population.stratified_assignment import GOLDEN
from model.registry import BY_NAME, ParameterRow
from model.state import KEY_PERSON

MOST_PER_1000 = BY_NAME["key_persons_per_1000"].high
_HUB = 1


def lay_key_persons(
    seed: np.uint64, families: np.ndarray, n_start: int, p: ParameterRow
) -> np.ndarray:
    """Return the key persons (k,) and write into each EU-11 family the one it may be tied to.

    So many are laid down that at the lever's maximum each serves about the usual number of families
    of one language and municipality; a group too small for one of its own in this sample has one
    who serves fewer. Ranks are such that any share of them serves that share of the families.
    """
    share_served = MOST_PER_1000 / 1000.0 * float(p.n_families_per_key_person)
    is_eu11 = families["population"] == Population.EU11
    n_languages = HomeLanguage.DUTCH
    group = families["municipality"].astype(np.int64) * n_languages + families["home_language"]
    n_groups = len(Municipality) * n_languages
    at_start = np.bincount(group[:n_start][is_eu11[:n_start]], minlength=n_groups)
    served = at_start * min(1.0, share_served)
    numbers = np.maximum(1, np.rint(served / float(p.n_families_per_key_person))).astype(np.int64)
    firsts = np.cumsum(numbers) - numbers
    key_persons = np.zeros(int(numbers.sum()), KEY_PERSON)
    of_group = np.repeat(np.arange(n_groups), numbers)
    key_persons["municipality"], key_persons["home_language"] = np.divmod(of_group, n_languages)
    rows = np.flatnonzero(is_eu11)
    order = np.lexsort((np.where(rows < n_start, group[rows], rows), rows >= n_start))
    turn = draw4_many(seed, families["key"][:1], Block.NETWORK, 0)[0, _HUB]
    dealt = np.empty(rows.size)
    dealt[order] = (turn + GOLDEN * np.arange(rows.size)) % 1.0
    is_served = dealt < min(1.0, share_served)
    place = (dealt / max(1e-9, min(1.0, share_served)) * numbers[group[rows]]).astype(np.int64)
    families["key_person"] = -1
    families["key_person"][rows] = np.where(is_served, firsts[group[rows]] + place, -1)
    _rank_key_persons(seed, key_persons, families["key_person"][:n_start])
    return key_persons


def _rank_key_persons(seed: np.uint64, key_persons: np.ndarray, of_families: np.ndarray) -> None:
    """Put key persons in a drawn order and rank them by the families served before them."""
    n = key_persons.size
    n_families = np.bincount(of_families[of_families >= 0], minlength=n)
    luck = draw4_many(seed, np.arange(n, dtype=np.uint64), Block.NETWORK, _HUB)[:, 0]
    order = np.argsort(luck, kind="stable")
    weights = n_families[order] + 1e-3
    ranks = (np.cumsum(weights) - weights / 2.0) / weights.sum()
    key_persons["rank"][order] = ranks
    key_persons["n_families"] = n_families

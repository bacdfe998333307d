"""Months that runs share: what a run was before a month is kept, and others go on from there.

Runs with the same people and luck that have been asked the same until a month have lived the same
until then, to the bit. So the months before two scenarios part are lived once.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from model.state import ARRAYS, Moment, State

if TYPE_CHECKING:
    from model.run.simulation import Simulation

MOST_BYTES = 400_000_000
"""Memory that the moments of one task may take: those of a pair at the full size, and more of
small ones."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a run had become before a month: it is shared, so it is copied before it is lived.

    `sums` are those of the school years seen, `weights` what they were weighted by; `given` is a
    digest of the weights that the run was given, None when its own first school year weighs.
    """

    state: State
    moment: Moment
    sums: Mapping[str, np.ndarray]
    weights: np.ndarray
    given: bytes | None

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        arrays = [getattr(self.state, name) for name in ARRAYS]
        arrays += [*self.moment[2:], *self.sums.values(), self.weights]
        return int(sum(array.nbytes for array in arrays))

    def fits(self, weights: np.ndarray | None) -> bool:
        """Return whether its sums are what they would be in a run that is given these weights.

        A run that is given those of its own first school year has the sums of one that is not.
        """
        if weights is None or self.given is not None:
            return self.given == digest_of(weights)
        is_seen = self.weights.any(axis=-1)
        return np.array_equal(self.weights[is_seen], weights[is_seen])


def digest_of(weights: np.ndarray | None) -> bytes | None:
    """Return a digest of weights that were given to a run, None when none were."""
    return None if weights is None else hashlib.blake2b(weights.tobytes()).digest()


class Pasts:
    """Moments of runs, of at most so many bytes together; what was not used longest goes first.

    May be shared between threads.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[bytes, Past] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def furthest(self, asked: Sequence[bytes], weights: np.ndarray | None) -> Past | None:
        """Return the latest moment that a run would come to as well; None when there is none.

        `asked` are its digests (`asked_before`), `weights` those given to it.
        """
        with self._lock:
            for digest in reversed(asked[1:]):
                found = self._kept.get(digest)
                if found is not None and found.fits(weights):
                    self._kept.move_to_end(digest)
                    return found
        return None

    def keep(self, run: Simulation) -> None:
        """Keep what a run has become, before it opens its next month."""
        digest = run.asked[run.month]
        with self._lock:
            if digest in self._kept:
                return
        past = run.past()
        with self._lock:
            if digest in self._kept or past.nbytes > self._most:
                return
            self._kept[digest] = past
            self._bytes += past.nbytes
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes

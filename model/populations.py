"""Populations that were laid down before: shared by runs of a process, and kept in the cache."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from threading import Lock

from model import cache, population
from model.compiled import code_digest, made_with
from model.packing import packed, unpacked
from model.state import State
from model.timetable import Timetable


def laid_down(timetable: Timetable, seed: int, families: int | None) -> State:
    """Return what `build_population` makes of the same, read when it was made before.

    A population hangs on the model's code, the parameters of month 0, the seed, its size and the
    months of the run, and on nothing else. Raises InputError when there is no family.
    """
    people = hashlib.sha256(timetable.parameters[0].tobytes()).hexdigest()
    key = (
        f"model {code_digest()}, made with {made_with()}, parameters {people}, seed {seed},"
        f" families {families}, months {timetable.months}"
    )
    kept = cache.get("populations", key)
    if kept is not None:
        return State(**unpacked(kept)[1])
    state = population.build_population(timetable, seed, families)
    arrays = {field.name: getattr(state, field.name) for field in fields(State)}
    cache.put("populations", key, packed({"population": key}, arrays))
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

    def of(self, timetable: Timetable, seed: int, families: int | None) -> State:
        """Return the state before the first month; it is shared, so copy it before it is lived."""
        key = (timetable.parameters[:1].tobytes(), seed, families, timetable.months)
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
            found = self._kept[key] = laid_down(timetable, seed, families)
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
            return found

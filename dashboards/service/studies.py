"""Longer looks that a page asks for: one at a time, and one for all who ask the same.

An answer comes in chunks of a tenth of a second, in turns; a study takes many seconds of one core
and is whole or nothing. So it has a thread of its own, which lives what was asked first, and stops
between two months when nobody waits for it any more. What will be asked is lived when nobody waits
for anything, and steps back when somebody does.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Condition, Thread

from model.errors import Cancelled
from model.outcomes.observers import Progress, Stop
from model.policy.record import to_record
from model.policy.scenario import Scenario
from model.run.snapshot import made_by

KEPT = 8
"""Studies that are kept when nobody looks at them any more; each may hold some 20 MB."""

MOST_WAITING = 12
"""Studies that may wait at once; who asks for more hears that it is full."""


QUIET_SECONDS = 0.5
"""How often it is looked whether others are quiet, while there is something to prepare."""

KEY_LENGTH = 12


def key_of(kind: str, *plans: Scenario) -> str:
    """Return the name of a study of a kind: the same for the same plans and the same program."""
    asked = json.dumps([kind, made_by(), *map(to_record, plans)], sort_keys=True, default=repr)
    return hashlib.sha256(asked.encode()).hexdigest()[:KEY_LENGTH]


@dataclass(frozen=True, kw_only=True)
class Study[Found]:
    """What is to be looked into: a short name that says all of it, and how it is done.

    `live` tells how far it is, and raises Cancelled when it is told to stop.
    """

    key: str
    live: Callable[[Progress, Stop], Found] = field(compare=False)


class Work[Found]:
    """A study under way: how much of it is done (0 to 1), what was found, or what went wrong."""

    def __init__(self, study: Study[Found]) -> None:
        self.study = study
        self.share = 0.0
        self.found: Found | None = None
        self.fault: BaseException | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to do."""
        return self.found is not None or self.fault is not None

    def live(self, stop: Stop) -> None:
        """Do it; a study that was stopped begins anew another time."""
        self.share = 0.0

        def heard(done: int, whole: int) -> None:
            self.share = done / max(1, whole)

        try:
            self.found = self.study.live(heard, stop)
        except Cancelled:
            self.share = 0.0
        except BaseException as fault:  # noqa: BLE001 - whoever waits must hear of any fault
            self.fault = fault


class Studies:
    """Studies of many sessions, each wanting one at a time; may be asked from any thread.

    `quiet` says whether what is prepared may be lived now.
    """

    def __init__(
        self,
        kept: int = KEPT,
        most_waiting: int = MOST_WAITING,
        quiet: Callable[[], bool] = lambda: True,
    ) -> None:
        self._kept, self._most, self._quiet = kept, most_waiting, quiet
        self._prepared: dict[str, None] = {}
        self._works: OrderedDict[str, Work[object]] = OrderedDict()
        self._wants: dict[str, str] = {}
        self._changed = Condition()
        self._is_closed = False
        self._thread: Thread | None = None

    def find(self, key: str) -> Work[object] | None:
        """Return a study by its key; None when it is not kept (any more)."""
        return self._works.get(key)

    def want[Found](self, session: str, study: Study[Found]) -> Work[Found] | None:
        """Return the study that a session wants from now on; None when too many wait.

        What the session wanted before stops, unless somebody else wants it.
        """
        with self._changed:
            self._wants.pop(session, None)
            work = self._works.get(study.key)
            if work is None or work.fault is not None:
                if sum(not one.is_over for one in self._asked()) >= self._most:
                    return None
                work = self._works[study.key] = Work(study)
            self._wants[session] = study.key
            if work.is_over:
                self._works.move_to_end(study.key)
            self._forget()
            self._start()
            self._changed.notify_all()
            return work  # type: ignore[return-value]  # what is found is what the key asks for

    def prepare[Found](self, studies: Iterable[Study[Found]]) -> None:
        """Live studies when nobody waits for one, in their order, and keep them."""
        with self._changed:
            for study in studies:
                if study.key not in self._works:
                    self._works[study.key] = Work(study)
                self._prepared[study.key] = None
            self._start()
            self._changed.notify_all()

    def leave(self, session: str) -> None:
        """Let a session go, which looks at no study any more."""
        with self._changed:
            self._wants.pop(session, None)
            self._forget()

    def close(self) -> None:
        """Stop everything."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name="veerkracht-study", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (work := self._next()) is not None:
            key = work.study.key
            work.live(lambda: self._is_closed or not self._may_go_on(key))  # noqa: B023 - lived now

    def _next(self) -> Work[object] | None:
        with self._changed:
            while not self._is_closed:
                for key, work in self._works.items():
                    if not work.is_over and self._is_wanted(key):
                        return work
                coming = [key for key in self._prepared if not self._works[key].is_over]
                if coming and self._quiet():
                    return self._works[coming[0]]
                self._changed.wait(QUIET_SECONDS if coming else None)
            return None

    def _may_go_on(self, key: str) -> bool:
        """Whether a study is still to be lived: it is wanted, or prepared and nobody waits."""
        with self._changed:
            if self._is_wanted(key):
                return True
            waited_for = any(not one.is_over for one in self._asked())
        return key in self._prepared and not waited_for and self._quiet()

    def _asked(self) -> list[Work[object]]:
        """Return the works that somebody asked for."""
        return [
            one
            for key, one in self._works.items()
            if key not in self._prepared or self._is_wanted(key)
        ]

    def _is_wanted(self, key: str) -> bool:
        return key in self._wants.values()

    def _forget(self) -> None:
        """Let go of what nobody wants: what is not done at once, the oldest of the rest later."""
        loose = [
            key for key in self._works if key not in self._prepared and not self._is_wanted(key)
        ]
        done = [key for key in loose if self._works[key].found is not None]
        kept = set(done[-self._kept :])
        for key in loose:
            if key not in kept:
                del self._works[key]

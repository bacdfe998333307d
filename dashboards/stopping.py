"""How a command is stopped: the first Ctrl-C or SIGTERM ends it in order, a second at once.

In order means that what is finished is kept, workers are ended and temporary folders removed. After
a second signal nothing of this is waited for: workers end with their parent, and the next command
sweeps what was left.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
AGAIN_SECONDS = 0.01
LONGEST_SECONDS = 0.32
NUDGE = getattr(signal, "SIGURG", None)
"""A signal that says nothing but ends a wait: what Python has to hear first it hears then."""


class Stopped(KeyboardInterrupt):
    """The command is asked to stop by a signal, `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def status(self) -> int:
        """The exit status that shells give to what this signal ended."""
        return 128 + self.number


def listen() -> None:
    """Stop in order at the first signal; what was told to be ignored (nohup) stays so."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _first)
    sys.unraisablehook = _unraisable
    if NUDGE is not None:
        _listen_while_waiting(NUDGE)


def close() -> None:
    """End at once from now on: there is nothing left to keep."""
    _answer(_second)


def _answer(how: Callable[[int, FrameType | None], None]) -> None:
    for number in SIGNALS:
        if signal.getsignal(number) in (_first, _second):
            signal.signal(number, how)


def asked() -> Stopped | None:
    """Return the stop that was asked of this process, None when none was.

    A library that a signal finds in code of its own may raise another error in its place.
    """
    return _asked[-1] if _asked else None


_asked: list[Stopped] = []


def _first(number: int, _: FrameType | None) -> None:
    _answer(_second)
    _asked.append(Stopped(number))
    raise _asked[-1]


def _second(number: int, _: FrameType | None) -> None:
    os._exit(128 + number)


def _listen_while_waiting(nudge: int) -> None:
    """Have signals heard that came just before a wait, or to another thread.

    The system notes such a signal, but Python acts on it only when its first thread goes on, which
    a wait may never let it.
    """
    heard, noted = os.pipe()
    os.set_blocking(noted, False)
    signal.signal(nudge, lambda *_: None)
    signal.set_wakeup_fd(noted, warn_on_full_buffer=False)
    watch = partial(_watch, heard, nudge)
    threading.Thread(target=watch, name="signals", daemon=True).start()


def _watch(heard: int, nudge: int) -> None:
    main = threading.main_thread().ident
    while number := os.read(heard, 1):
        seconds = AGAIN_SECONDS
        while number[0] in SIGNALS and signal.getsignal(number[0]) is _first:
            time.sleep(seconds)
            seconds = min(2 * seconds, LONGEST_SECONDS)
            if main is not None and signal.getsignal(number[0]) is _first:
                signal.pthread_kill(main, nudge)


def _ask(number: int) -> None:
    """Send a signal to the thread that hears them, which may be waiting for something else."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:
        signal.raise_signal(number)


def _unraisable(found: UnraisableHookArgs) -> None:
    """Ask again a little later where Python would have printed a stop and gone on.

    A signal may come while Python is in a place that can raise nothing: a destructor, a callback of
    a library.
    """
    if not isinstance(found.exc_value, Stopped):
        sys.__unraisablehook__(found)
        return
    _answer(_first)
    again = threading.Timer(AGAIN_SECONDS, _ask, [found.exc_value.number])
    again.daemon = True
    again.start()

"""One line in the log per kind of trouble, so that nobody can fill it by sending nonsense."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import Counter
from pathlib import Path

OURS = "dashboards"
"""What our own code logs keeps its trace, once."""

MOST_KINDS = 500

CUT_OFF = "Cancel %s running task(s)"
"""What Uvicorn says of requests that it does not wait for any longer when it is stopped."""


class Once(logging.Filter):
    """Lets a kind of line through the 1st, 10th, 100th time, and says which time it is.

    A kind is who logs, with which words before anything is filled in, and which error where. The
    trace of an error in what a browser sent is cut to its last line.
    """

    def __init__(self) -> None:
        super().__init__()
        self._times: Counter[tuple[str, ...]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is printed; it may be shorter then."""
        if _is_stop(record):
            return False
        place = _place(record)
        kind = (record.name, str(record.msg)[:200], place)
        if kind not in self._times and len(self._times) >= MOST_KINDS:
            return False
        self._times[kind] += 1
        times = self._times[kind]
        if str(times).strip("0") != "1":
            return False
        if place and not (times == 1 and record.name.startswith(OURS)):
            record.msg, record.args = f"{_first_line(record.getMessage())} ({place})", ()
            record.exc_info = record.exc_text = record.stack_info = None
        else:
            record.msg, record.args = record.getMessage(), ()
        if times > 1:
            record.msg = f"{record.msg} ({times} times so far)"
        return True


def quiet() -> None:
    """Send what the server logs to standard error, each kind once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("veerkracht: %(message)s"))
    handler.addFilter(Once())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # Solara gives its own loggers a level of their own, below warnings.
    logging.getLogger("solara").setLevel(logging.WARNING)


def _is_stop(record: logging.LogRecord) -> bool:
    """Say whether a line is about a request that was cut off, as when the server is stopped."""
    error = record.exc_info[1] if record.exc_info else None
    return isinstance(error, asyncio.CancelledError) or str(record.msg).startswith(CUT_OFF)


def _place(record: logging.LogRecord) -> str:
    """Return which error a line is about, and where it was raised; empty without one."""
    error = record.exc_info[1] if record.exc_info else None
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if error is None:
        return ""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    code = trace.tb_frame.f_code
    return f"{type(error).__name__} in {Path(code.co_filename).name}, {code.co_name}"


def _first_line(text: str) -> str:
    lines = text.splitlines() or [""]
    return lines[0][:200]

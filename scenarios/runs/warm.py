"""Imported by the server process of `local`: a small run makes compiled code ready.

A worker that is forked just when its parent ends finds nothing of what the two would have shared.
That is no fault, so it says nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from scenarios.runs.local import make_ready


def _orphan(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = Path(trace.tb_frame.f_code.co_filename) if trace is not None else Path()
    is_late = isinstance(error, EOFError | FileNotFoundError | ConnectionError)
    if not (is_late and where.parent.name == "multiprocessing"):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _orphan
make_ready()

"""Memory that nobody uses any more is given back to the system.

The C library of Linux keeps what was freed for what may be asked next: after the people of a full
size that is hundreds of megabytes, for as long as the process lives.
"""

from __future__ import annotations

import ctypes
from threading import Lock, Thread

_one_at_a_time = Lock()


def give_back() -> bool:
    """Give back what is free; return whether this system's C library can do so."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # no Linux, or another C library
        return False
    with _one_at_a_time:
        trim(0)
    return True


def soon() -> None:
    """Give back what is free without keeping anybody waiting."""
    Thread(target=give_back, name="veerkracht-memory", daemon=True).start()

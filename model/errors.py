"""The errors of Veerkracht, under one base, so that a face can print one clear message.

VeerkrachtError
├── InputError       a scenario, lever, parameter or setting that cannot be used as given
├── HorizonError     the model is asked to live beyond the months that were laid down
├── StorageError     a folder or file cannot be written or read, or is damaged
└── Cancelled        a run was stopped between two months by whoever started it
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class VeerkrachtError(Exception):
    """Something a person can mend: the message says where, what was found, what to do."""


class InputError(VeerkrachtError):
    """A scenario, lever, parameter or setting cannot be used as given."""


class HorizonError(VeerkrachtError):
    """The model is asked to live beyond the months that were laid down."""


class StorageError(VeerkrachtError):
    """A folder or file cannot be written or read, or what it holds is damaged."""


class Cancelled(VeerkrachtError):  # noqa: N818 - nothing went wrong
    """A run was stopped between two months."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ' Did you mean …?' for the closest known name, or '' when nothing is close."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""

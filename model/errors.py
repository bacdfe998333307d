"""The errors of Veerkracht, under one base, so that a face can print one clear message.

VeerkrachtError
├── InputError       a scenario, lever, parameter or setting that cannot be used as given
├── HorizonError     the model is asked to live beyond the months that were laid down
├── StorageError     a folder or file cannot be written or read, or is damaged
└── Cancelled        a run was stopped between two months by whoever started it
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

LONGEST = 2000
"""Characters of the longest message."""

LONGEST_NAME = 100
"""Characters of the longest name that is compared with others."""

_HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class VeerkrachtError(Exception):
    """Something a person can mend: the message says where, what was found, what to do.

    What comes from files and arguments may hold anything; read as text, the message holds no sign
    that moves a cursor or turns a line around, and no more than LONGEST characters.
    """

    def __str__(self) -> str:
        return shortened(printable(super().__str__(), keep="\n"), LONGEST)


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
    if len(name) > LONGEST_NAME:
        return ""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def printable(text: str, keep: str = "") -> str:
    """Return a text with every sign that steers a terminal written out: an escape code.

    These are control characters (those in `keep` stay), marks that turn the direction of a line,
    and bytes of a file name that are no text.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign in keep or not _steers(sign) else _escaped(sign) for sign in text)


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters; what is left out is marked with …."""
    return text if len(text) <= most else f"{text[: most - 2]} …"


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN or unicodedata.bidirectional(sign) in _TURNING


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")

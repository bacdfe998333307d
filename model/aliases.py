"""Names that users hold and that were renamed: the old name, and the one of today.

This is the only table of them. Scenario files, run folders, links, arguments and Python all read
names through it, so that a name of before is understood for good. A name is never used again for
something else. (Short names of outcomes, such as `vsv_mbo`, stand with the outcome.)
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["lever", "parameter", "outcome", "scenario", "layer"]

RENAMED: dict[Kind, dict[str, str]] = {
    "lever": {},
    "parameter": {},
    "outcome": {},
    "scenario": {},
    "layer": {"true": "actual"},  # a reader of tables took the word for a truth value
}


def current(kind: Kind, name: str) -> str:
    """Return the name of today for a name that may be one of before."""
    return RENAMED[kind].get(name, name)

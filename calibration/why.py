"""Why a quantity does not hold, as far as anybody knows: `why.csv`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from calibration.targets.figures import one_of, read_rows
from model.errors import InputError, nearest

WHY = Path(__file__).parent / "why.csv"

Cause = Literal["out of range of the priors", "conflict", "mechanism missing", "not yet known"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""No value within the priors reaches it; reaching it breaks another; nothing in the model makes it.

What nobody has looked into is "not yet known".
"""


@dataclass(frozen=True, slots=True)
class Why:
    """The cause that was found for a quantity, and the reason in words."""

    cause: Cause
    reason: str


UNKNOWN = Why("not yet known", "")


def load_why(known: Collection[str], path: Path = WHY) -> dict[str, Why]:
    """Return the causes by the key of the quantity in a report.

    Raises InputError for a key that no report has, one that is there twice, a cause that is none of
    CAUSES, and a known cause without a reason.
    """
    found: dict[str, Why] = {}
    for where, row in read_rows(path, ("key", "why", "reason")):
        key = row["key"]
        if key not in known:
            raise InputError(f"{where}: no report has '{key}'.{nearest(key, known)}")
        if key in found:
            raise InputError(f"{where}: '{key}' has a cause already. Keep one of the two.")
        cause = cast("Cause", one_of(row["why"], CAUSES, "why", where))
        if not row["reason"].strip():
            raise InputError(f"{where}: say in reason how it is known that '{key}' does not hold.")
        found[key] = Why(cause, row["reason"])
    return found

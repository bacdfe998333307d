"""What a calibration is asked to do, under which digests, and how large it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from model.errors import InputError, shortened
from model.run.settings import checked_families, checked_months, checked_seed

FORMAT = 1

CENTRE = 10
"""Runs at the middle of the priors, alike but for their luck: they tell how large luck is."""

LEAST = 30
"""Runs of a wave below which nothing can be taught."""

SHOWN = 80
"""Characters of a difference that are shown."""


class Recorded(Protocol):
    """What is asked, as a folder keeps it."""

    @property
    def record(self) -> dict[str, Any]:
        """All that makes it another question, as JSON has it."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which numbers are fitted to which figures, in waves of runs of which size.

    `first` runs fill the priors, each later wave has `later` from the posterior before it; there
    are at most `waves`, the first counted. `restricted` marks all that comes out as made of figures
    that may not be shown cell by cell.
    """

    parameters: tuple[str, ...]
    targets: tuple[str, ...]
    digests: Mapping[str, str]
    made_by: str
    families: int = 2000
    years: int = 10
    seed: int = 1
    first: int = 400
    later: int = 130
    waves: int = 4
    restricted: bool = False
    format: int = FORMAT

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be, with an InputError."""
        checked_families(self.families)
        checked_months(self.years)
        checked_seed(self.seed)
        for name, value, least in (
            ("first", self.first, LEAST),
            ("later", self.later, LEAST),
            ("waves", self.waves, 1),
        ):
            if value < least:
                raise InputError(f"--{name} {value} is too few: give {least} or more.")

    @property
    def record(self) -> dict[str, Any]:
        """The plan as it is written."""
        return {
            **asdict(self),
            "parameters": list(self.parameters),
            "targets": list(self.targets),
            "digests": dict(self.digests),
        }


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return in a line each what differs between two plans as they are written."""
    names = dict.fromkeys([*before, *now])
    return [
        f"{name}: {_short(before.get(name))} there, {_short(now.get(name))} now"
        for name in names
        if before.get(name) != now.get(name)
    ]


def _short(value: object) -> str:
    text = f"{len(value)} of them" if isinstance(value, list) else str(value)
    return shortened(text, SHOWN)

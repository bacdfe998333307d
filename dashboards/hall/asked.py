"""What a round of a workshop asks: an outcome to guess, and a few sliders to set."""

from __future__ import annotations

from dataclasses import dataclass

from model.errors import InputError

FEWEST_SLIDERS, MOST_SLIDERS = 3, 5
STEPS = 5
"""Sizes that can be guessed on either side of "no difference"."""


@dataclass(frozen=True, kw_only=True)
class Slider:
    """A lever as a slider: how many places it has, and at which it stands in the base."""

    name: str
    places: int
    start: int


class SlidersError(InputError):
    """A round has too few or too many sliders."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A round: the scenario that is the base, the outcome, the sliders, alone or per table.

    Raises SlidersError for too few or too many sliders.
    """

    base: str
    outcome: str
    sliders: tuple[Slider, ...]
    by_table: bool = False

    def __post_init__(self) -> None:
        n = len({one.name for one in self.sliders})
        if n != len(self.sliders) or not FEWEST_SLIDERS <= n <= MOST_SLIDERS:
            raise SlidersError(
                f"A round has {FEWEST_SLIDERS} to {MOST_SLIDERS} different sliders; found"
                f" {', '.join(one.name for one in self.sliders) or 'none'}."
            )

    def slider(self, name: str) -> Slider | None:
        """Return a slider by the name of its lever."""
        return next((one for one in self.sliders if one.name == name), None)

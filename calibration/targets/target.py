"""What a target is, what has to be true of one, and how far a run is from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from calibration.targets.quantities import Quantity
from model.errors import InputError, nearest
from model.registry import BY_PARAMETER

Kind = Literal["level", "ratio", "slope", "logistic", "soft bound", "interval", "standing still"]
KINDS: tuple[Kind, ...] = (
    "level",
    "ratio",
    "slope",
    "logistic",
    "soft bound",
    "interval",
    "standing still",
)
"""What a target can be.

A level and a ratio of two groups' rates have a published number, as has a coefficient of a logistic
regression with named covariates. A slope has one, or an end. A soft
bound is what the letter says in words. An interval is a figure that is printed as one. What stands
still may not drift by more than its discrepancy.
"""

Use = Literal["fit", "check"]
USES: tuple[Use, ...] = ("fit", "check")
Link = Literal["identity", "log"]
LINKS: tuple[Link, ...] = ("identity", "log")
"""On which scale a model's number may be as far above a figure as below it."""

Basis = Literal["A", "B", "demand"]
BASES: tuple[Basis, ...] = ("A", "B", "demand")
"""Grade of a target: that of its figure, or a demand on the base that no figure states."""

WITHIN = 2.0
"""Total errors (of the figure and of its discrepancy) within which a target holds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One quantity of the model and what is known of it; None is what no source prints.

    `discrepancy` is by how much (in the unit) the quantity of the model may differ from the figure
    because the two are not quite the same thing. `inputs` are parameters that were laid down from
    the same source: agreeing with it then proves nothing, and such a target is never fitted.
    `figures` are keys of `figures.csv`.
    """

    id: str
    subject: str
    kind: Kind
    use: Use
    grade: Basis
    quantity: Quantity
    value: float | None
    low: float | None
    high: float | None
    unit: str
    n: float | None
    numerator: float | None
    design_effect: float
    rounding: float | None
    given_error: float | None
    discrepancy: float
    reason: str
    link: Link
    inputs: tuple[str, ...]
    figures: tuple[str, ...]
    year: str
    vintage: str
    breaks: str

    @property
    def standard_error(self) -> float:
        """Standard error of the figure itself: printed, of counting, and of rounding."""
        parts = [self.given_error or 0.0]
        if self.rounding is not None:
            parts.append(self.rounding / math.sqrt(12.0))
        if self.n is not None and self.value is not None:
            scale = abs(self.quantity.factor)
            share = self.numerator / self.n if self.numerator is not None else self.value / scale
            parts.append(scale * math.sqrt(self.design_effect * share * (1.0 - share) / self.n))
        return math.hypot(*parts)

    @property
    def total_error(self) -> float:
        """Standard error and discrepancy together."""
        return math.hypot(self.standard_error, self.discrepancy)

    @property
    def bounds(self) -> tuple[float, float]:
        """What the figure itself allows, in the unit; infinite where an end is open."""
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if self.value is not None and self.kind in {"level", "ratio", "logistic", "standing still"}:
            return self.value, self.value
        return (-math.inf if low is None else low, math.inf if high is None else high)

    def within(self, errors: float) -> tuple[float, float]:
        """Return the numbers (low, high) of a model that are so many total errors away."""
        low, high = self.bounds
        away = errors * self.total_error
        if self.link == "log":
            return (
                low * math.exp(-away / low) if low > 0.0 else low - away,
                high * math.exp(away / high) if 0.0 < high < math.inf else high + away,
            )
        return low - away, high + away

    def distance(self, model: float) -> float:
        """Return how far a number of the model is from the figure, in total errors.

        0 inside what the figure allows, negative below it; NaN for a number that was not seen.
        """
        low, high = self.bounds
        if math.isnan(model):
            return math.nan
        nearest_end = min(max(model, low), high)
        gap = model - nearest_end
        if self.link == "log" and nearest_end > 0.0:
            gap = nearest_end * math.log(model / nearest_end) if model > 0.0 else -math.inf
        return gap / self.total_error


_PUBLISHED = ("level", "ratio", "logistic")


def check_target(target: Target, where: str) -> None:
    """Raise InputError for a target that says less, or something else, than its kind asks."""
    _check_numbers(target, where)
    if target.discrepancy <= 0.0 or not target.reason:
        raise InputError(
            f"{where}: the discrepancy is {target.discrepancy:g}, for the reason"
            f" '{target.reason}'. Say by how much the quantity of the model may differ from the"
            " figure, more than nothing, and why: another population, another year."
        )
    for name in target.inputs:
        if name not in BY_PARAMETER:
            raise InputError(
                f"{where}: inputs has '{name}', which is no parameter.{nearest(name, BY_PARAMETER)}"
            )
    if target.inputs and target.use == "fit":
        raise InputError(
            f"{where}: circular: {', '.join(target.inputs)} was laid down from the same source, so"
            ' that agreeing with it proves nothing. Write use = "check".'
        )
    is_demand = target.kind == "standing still"
    if is_demand != (target.grade == "demand") or is_demand == bool(target.figures):
        raise InputError(
            f"{where}: kind '{target.kind}' with grade '{target.grade}' and the figures"
            f" {list(target.figures)}. What stands still is a demand without a figure; all else has"
            " figures of grade A or B."
        )


def _check_numbers(target: Target, where: str) -> None:
    """Raise InputError when a target's numbers are not those of its kind."""
    has_end = target.low is not None or target.high is not None
    compared = target.quantity.compared
    asked = {
        "level": (target.value is not None, "a level has a value"),
        "ratio": (
            target.value is not None and compared in {"over", "log-odds", "less"},
            "a ratio has a value, and compares two: give compared and against",
        ),
        "slope": (
            compared == "slope" and (target.value is not None or has_end),
            'a slope has compared = "slope" and at, where groups stand; and a value, low or high',
        ),
        "logistic": (
            compared == "logistic" and target.value is not None and target.n is None,
            'a logistic one has compared = "logistic", a value with standard_error, and no n',
        ),
        "soft bound": (
            target.value is None and has_end,
            "a soft bound has a low or a high, and no value",
        ),
        "interval": (
            target.low is not None and target.high is not None,
            "an interval has a low and a high",
        ),
        "standing still": (
            target.value == 0.0 and compared == "less",
            'what stands still has value = 0.0 and compared = "less", against other years',
        ),
    }
    is_right, words = asked[target.kind]
    if not is_right:
        raise InputError(f"{where}: {words}.")
    if target.numerator is not None and (target.n is None or target.n < target.numerator):
        raise InputError(
            f"{where}: {target.numerator:g} of n = {target.n or 0:g}. Give in n of how many it is a"
            " share; that is never less than the numerator."
        )
    if target.low is not None and target.high is not None and target.low > target.high:
        raise InputError(f"{where}: low = {target.low:g} is above high = {target.high:g}.")
    if target.kind in _PUBLISHED and not target.standard_error > 0.0:
        raise InputError(
            f"{where}: the figure has no error. Give n (of how many it is a share), the rounding"
            " with which it is printed, or its standard_error."
        )

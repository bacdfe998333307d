"""Quantities of the model that a figure can be about, and how each follows from what a run showed.

This is the one place where a quantity of a target is worked out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from calibration.monitors.observed import Observed, check_group
from calibration.monitors.pupils import COVARIATES, REGRESSED
from model.errors import InputError, nearest
from model.outcomes.registry import ACTUAL, BY_OUTCOME, REGISTERED, Layer

Compared = Literal["alone", "less", "over", "log-odds", "slope", "logistic"]
COMPARED: tuple[Compared, ...] = ("alone", "less", "over", "log-odds", "slope", "logistic")
"""How two numbers make one quantity.

"less" is a difference, "over" a ratio, "log-odds" the difference of the logits of two shares, and
"slope" the change of a number for one more of what groups stand at (years, say). "logistic" is what
one covariate of a regression adds to the log-odds, all others equal.
"""

AGAINST = ("measure", "population", "group", "years")
"""In what the second number of a comparison may differ from the first."""

_LEAST_POINTS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One number of a run: an outcome or a measure of a watch, of whom, in which school years.

    It is crude, or `standardised`: with the children of the first school year.
    """

    measure: str
    population: str
    group: str
    layer: Layer
    years: tuple[int, int]
    standardised: bool

    def seen_in(self, seen: Observed) -> float:
        """Return the number; NaN when nothing was seen."""
        return seen.value(
            self.measure,
            self.population,
            self.group,
            self.layer,
            self.years,
            standardised=self.standardised,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Regression:
    """The covariates of a logistic regression on the model's own pupils, and which is told."""

    covariates: tuple[str, ...]
    term: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """One place, or more that are compared; `factor` turns the number into the figure's unit.

    `other` is the second place of a comparison. `at` are for a slope the groups and where each
    stands, as in {"0-2": 1.0}; their names follow the group of the place, as in "years_in_nl:0-2".
    """

    place: Place
    compared: Compared
    other: Place | None
    at: tuple[tuple[str, float], ...]
    factor: float
    regression: Regression | None = None

    def value(self, seen: Observed) -> float:
        """Return what a run showed, in the unit of the figure; NaN when it was not seen."""
        if self.regression is not None:
            return self.factor * _regressed(self.place, self.regression, seen)
        if self.compared == "slope":
            points = [
                (at, replace(self.place, group=f"{self.place.group}:{name}").seen_in(seen))
                for name, at in self.at
            ]
            return self.factor * slope([(x, y) for x, y in points if not math.isnan(y)])
        first = self.place.seen_in(seen)
        if self.other is None:
            return self.factor * first
        second = self.other.seen_in(seen)
        if self.compared == "less":
            return self.factor * (first - second)
        if self.compared == "over":
            return self.factor * (first / second if second > 0.0 else math.nan)
        return self.factor * (logit(first) - logit(second))

    @property
    def crude(self) -> Quantity:
        """The same quantity as it was counted, whoever the children of the year were."""
        return replace(
            self,
            place=replace(self.place, standardised=False),
            other=None if self.other is None else replace(self.other, standardised=False),
        )

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it another quantity than others: all but its years and unit.

        The second years of a comparison count: they say over which time something stands still.
        """
        place = self.place
        other = self.other
        who = (place.measure, place.population, place.group, place.layer, place.standardised)
        if self.regression is not None:
            return (
                *who,
                self.compared,
                frozenset(self.regression.covariates),
                self.regression.term,
            )
        if other is None:
            return (*who, self.compared)
        years = other.years if other.years != place.years else None
        return (*who, self.compared, other.measure, other.population, other.group, years)


def _regressed(place: Place, regression: Regression, seen: Observed) -> float:
    """Return what the term of a regression adds to log-odds; NaN where no pupils were watched."""
    if seen.pupils is None:
        return math.nan
    return seen.pupils.coefficient(
        place.measure, place.population, place.years, regression.covariates, regression.term
    )[0]


def slope(points: list[tuple[float, float]]) -> float:
    """Return the slope of the least squares line through points (x, y); NaN for fewer than two."""
    if len(points) < _LEAST_POINTS:
        return math.nan
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def logit(share: float) -> float:
    """Return log(share / (1 - share)); NaN outside 0 to 1, ends included."""
    return math.log(share / (1.0 - share)) if 0.0 < share < 1.0 else math.nan


def right_layer(measure: str) -> Layer:
    """Return the layer in which statistics see a measure.

    What CBS and DUO count in registers (leaving) is held to the registered layer; all else is
    observed as it is.
    """
    if measure in REGRESSED:
        return REGISTERED
    outcome = BY_OUTCOME.get(measure)
    return REGISTERED if outcome is not None and outcome.has_registered else ACTUAL


def check_quantity(quantity: Quantity, where: str) -> None:
    """Raise InputError for a quantity that no run can give, or of another layer than it has."""
    groups = [quantity.place.group]
    _check_regression(quantity, where)
    if quantity.compared == "slope":
        if len(quantity.at) < _LEAST_POINTS:
            raise InputError(
                f"{where}: a slope needs two groups or more and where they stand. Write"
                ' at = { "0-2" = 1.0, "3-5" = 4.5 }.'
            )
        groups = [f"{quantity.place.group}:{name}" for name, _ in quantity.at]
    elif (quantity.compared in {"alone", "logistic"}) != (quantity.other is None):
        raise InputError(
            f"{where}: compared = '{quantity.compared}' and against"
            f" {'is missing' if quantity.other is None else 'is given'}. A comparison has both."
        )
    for place in (quantity.place, quantity.other):
        if place is None:
            continue
        for group in groups if place is quantity.place else [place.group]:
            check_group(place.measure, place.population, group, where)
        layer = right_layer(place.measure)
        if place.layer != layer:
            raise InputError(
                f"{where}: {place.measure} in the {place.layer} layer; statistics see it in the"
                f' {layer} one. Write layer = "{layer}".'
            )
        outcome = BY_OUTCOME.get(place.measure)
        can_be = outcome is not None and outcome.is_standardised and place.group == "all"
        if place.standardised and not can_be:
            raise InputError(
                f"{where}: {place.measure} of {place.group} is not standardised. That are outcomes"
                " of each child, for all together. Write standardised = false."
            )
        if place.years[0] > place.years[1] or place.years[0] < 0:
            raise InputError(
                f"{where}: years = {list(place.years)}; write the first and last school year of"
                " the run, as in [4, 8]."
            )


def _check_regression(quantity: Quantity, where: str) -> None:
    """Raise InputError for a regression that is half there, or names what no pupil has."""
    regression, measure = quantity.regression, quantity.place.measure
    is_logistic = quantity.compared == "logistic"
    if len({is_logistic, regression is not None, measure in REGRESSED}) > 1:
        raise InputError(
            f"{where}: {measure} with compared = '{quantity.compared}' and"
            f" {'a' if regression else 'no'} regression. These go together: measure is"
            f' {" or ".join(REGRESSED)}, compared = "logistic", and regression = {{ covariates ='
            ' ["age", "learning"], term = "learning" }.'
        )
    if regression is None:
        return
    for name in regression.covariates:
        if name not in COVARIATES:
            raise InputError(
                f"{where}: '{name}' is no covariate.{nearest(name, COVARIATES)} There are"
                f" {', '.join(COVARIATES)}."
            )
    if len(set(regression.covariates)) < len(regression.covariates):
        raise InputError(f"{where}: a covariate is there twice. Name each once.")
    if regression.term not in regression.covariates:
        raise InputError(
            f"{where}: term = '{regression.term}' is none of the covariates"
            f" {', '.join(regression.covariates)}. Name the one that the figure is of."
        )


def other_place(place: Place, differs: Mapping[str, object], where: str) -> Place:
    """Return the second place of a comparison: the first with what differs.

    Raises InputError for something else than AGAINST, or nothing.
    """
    unknown = [name for name in differs if name not in AGAINST]
    if unknown or not differs:
        found = f"has '{unknown[0]}'" if unknown else "is empty"
        raise InputError(
            f"{where}: against {found}. Say in what the second number differs: one of"
            f' {", ".join(AGAINST)}, as in against = {{ population = "comparable" }}.'
        )
    return replace(place, **differs)  # type: ignore[arg-type]

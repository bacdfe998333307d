"""Asking for one difference: of two scenarios in a stored run, or of runs lived just now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np

from model.errors import InputError, nearest
from model.outcomes.registry import (
    ACTUAL,
    BY_OUTCOME,
    POPULATIONS,
    chosen_layers,
    full_name,
    last_years,
)
from model.outcomes.sums import GROUPS, Sums
from scenarios.format.layout import SIZED_AS
from scenarios.statistics.answer import CONFIDENCE, GAP, Answer, answered, too_small

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble

Lived = Sums | Sequence[Sums]
"""The sums of a run, or those of several replicates."""


@overload
def difference(
    a: str,
    b: str,
    *,
    run: Ensemble | str | Path,
    outcome: str,
    population: str = ...,
    group: str = ...,
    years: str | Sequence[str] | None = ...,
    layer: str = ...,
    confidence: float = ...,
) -> Answer: ...


@overload
def difference(
    a: Lived,
    b: Lived,
    *,
    outcome: str,
    population: str = ...,
    group: str = ...,
    years: str | Sequence[str] | None = ...,
    layer: str = ...,
    confidence: float = ...,
) -> Answer: ...


def difference(
    a: str | Lived,
    b: str | Lived,
    *,
    outcome: str,
    run: Ensemble | str | Path | None = None,
    population: str = "eu11",
    group: str = "all",
    years: str | Sequence[str] | None = None,
    layer: str = ACTUAL,
    confidence: float = CONFIDENCE,
) -> Answer:
    """Return by how much `b` differs from `a` in an outcome, with interval, certainty and unit.

    Args:
        a: the base: a scenario of `run` by name, or the sums of a run (one, or a list with a
            replicate each, in the same order as those of `b`).
        b: what is compared with it.
        outcome: an outcome or one of its other names, such as "vsv_mbo".
        run: a stored run, or its folder, when `a` and `b` are names.
        population: "eu11", "comparable", or "gap" for the first minus the second.
        group: "all", or "dimension:group" such as "municipality:rotterdam".
        years: a school year or several to take together; the last five complete ones if None.
        layer: what is actually so, or what is registered.
        confidence: how much of what chance leaves possible the interval holds.

    Raises InputError for a name that does not exist and for runs that cannot be compared.
    """
    name = full_name(outcome)
    (layer,) = chosen_layers(layer)
    _check_known("population", population, (*POPULATIONS, GAP))
    if isinstance(a, str) and isinstance(b, str):
        if run is None:
            message = f"'{a}' and '{b}' are names; say of which run: run=FOLDER."
            raise InputError(message)
        return _stored(
            a,
            b,
            run=run,
            outcome=name,
            population=population,
            group=group,
            years=years,
            layer=layer,
            confidence=confidence,
        )
    if isinstance(a, str) or isinstance(b, str) or run is not None:
        message = "give two names of scenarios with run=FOLDER, or sums of two runs without it."
        raise InputError(message)
    base, other = _replicates(a), _replicates(b)
    lived = _same_years(base, other)
    wanted = _wanted(years, lived)
    chosen = [lived.index(year) for year in wanted]
    who = POPULATIONS if population == GAP else (population,)

    def sums(of: str, what: str) -> np.ndarray:
        """Return sums (populations, 2, years, replicates)."""
        return np.array(
            [
                [
                    np.stack([getattr(one, what)(of, people, group, layer) for one in side], axis=1)
                    for side in (base, other)
                ]
                for people in who
            ]
        )[:, :, chosen]

    is_count = BY_OUTCOME[name].level == "count"
    sizes = sums(SIZED_AS.get(name, name), "numerators" if is_count else "denominators")
    return answered(
        sums(name, "numerators"),
        sums(name, "denominators"),
        outcome=name,
        population=population,
        group=group,
        layer=layer,
        years=wanted,
        is_small=too_small(sizes),
        confidence=confidence,
    )


def _stored(
    a: str,
    b: str,
    *,
    run: Ensemble | str | Path,
    outcome: str,
    population: str,
    group: str,
    years: str | Sequence[str] | None,
    layer: str,
    confidence: float,
) -> Answer:
    """Return the difference of two scenarios of a stored run."""
    from scenarios.runs.run import open_run
    from scenarios.statistics.answers import answers

    _check_known("group", group, GROUPS)
    ensemble = open_run(run) if isinstance(run, str | Path) else run
    found = answers(
        ensemble,
        outcome=outcome,
        base=a,
        scenario=b,
        population=population,
        dimension=group.partition(":")[0],
        years=_wanted(years, ensemble.school_years),
        layer=layer,
        confidence=confidence,
    )
    mine = [one for one in found if one.group == group]
    if not mine:
        message = f"nobody of the group '{group}' was seen in this run."
        raise InputError(message)
    return mine[0]


def _replicates(lived: Lived) -> tuple[Sums, ...]:
    found = (lived,) if isinstance(lived, Sums) else tuple(lived)
    if not found:
        message = "there are no runs to compare; give the sums of one at least."
        raise InputError(message)
    return found


def _same_years(base: tuple[Sums, ...], other: tuple[Sums, ...]) -> tuple[str, ...]:
    """Return the school years of all runs. Raises InputError when these cannot be paired."""
    if len(base) != len(other):
        message = (
            f"{len(base)} replicates of the base and {len(other)} of the other cannot be paired;"
            " give as many of both, with the same seeds in the same order."
        )
        raise InputError(message)
    years = {one.school_years for one in (*base, *other)}
    if len(years) > 1:
        lengths = " and ".join(str(len(one)) for one in sorted(years, key=len))
        message = f"runs of {lengths} school years cannot be compared; live them equally long."
        raise InputError(message)
    return years.pop()


def _wanted(years: str | Sequence[str] | None, lived: tuple[str, ...]) -> tuple[str, ...]:
    wanted = last_years(lived) if years is None else (years,) if isinstance(years, str) else years
    for year in wanted:
        _check_known("school year", year, lived)
    if not wanted:
        message = "these runs have no school year that is complete; live one year at least."
        raise InputError(message)
    return tuple(wanted)


def _check_known(what: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        message = f"there is no {what} '{name}' here.{nearest(name, known)}"
        raise InputError(message)

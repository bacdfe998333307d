"""Twin lives: one family under two policies on one time line, and why its two lives part.

The families of a run have ids, never names: a family's is its row plus one, a child's likewise, and
both belong to a number of families, a number of years and a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from model.calendar import START_NUMBER, month_text
from model.enums import Contract, Housing, Stage, Status
from model.errors import InputError
from model.family_rows import MARK, FamilyRows, rows_of
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario
from model.state import MEANINGS
from scenarios.pairs.acquaintances import Known
from scenarios.pairs.cause import Cause, cause
from scenarios.pairs.life_events import events, series, stacked
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair

if TYPE_CHECKING:
    import pandas as pd

CHAIN_COLUMNS = ("month", "calendar", "person", "child", "field", "meaning", "base", "alternative")
_KINDS = {"adults": "adult", "families": "family", "children": "child"}
"""In the order in which a month goes: work first, then home and the like, then the children."""

_ENUMS: Mapping[str, type[IntEnum]] = {
    "contract": Contract,
    "housing": Housing,
    "status": Status,
    "stage": Stage,
}

_TOLD_FIRST = ("contract", "status", "housing", "is_registered", "stage", "advice")
"""Fields that say most, told before others of the same month and person."""


@dataclass(frozen=True, kw_only=True)
class Divergence:
    """The first month after which anything of the family differs: what did, and what caused it.

    `first` is the first row of the chain of that month.
    """

    month: int
    calendar: str
    cause: Cause
    first: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Twins:
    """A family under a base and under an alternative.

    `events` (columns `scenarios.pairs.life_events.EVENT_COLUMNS`) and `series` (SERIES_COLUMNS)
    hold both lives; `chain` has, for every field of the family, its adults and its children, the
    month in which it first differs (columns CHAIN_COLUMNS), in order of time. `divergence` is None
    when the two lives are the same to the horizon. `acquaintances` (columns
    `scenarios.pairs.acquaintances.KNOWN_COLUMNS`) are those the family knows. `settings` is what is
    needed to run them again.
    """

    base: str
    alternative: str
    family: int
    child: int
    events: pd.DataFrame
    series: pd.DataFrame
    chain: pd.DataFrame
    divergence: Divergence | None
    acquaintances: pd.DataFrame
    settings: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Member:
    """Who is followed: the id of a family, or that of a child for its family."""

    family: int | None = None
    child: int | None = None


def twins(
    base: Scenario,
    alternative: Scenario,
    *,
    family: int | None = None,
    child: int | None = None,
    families: int | str | None = 2000,
    years: int = 15,
    rng: int = 1,
    threads: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Twins:
    """Let one family live under two policies, and trace where and why its lives part.

    Give the id of a family, or that of a child for its family with that child in view. Raises
    InputError for an id that is not there, or scenarios that do not start with the same people.
    """
    (found,) = lives(
        base,
        alternative,
        [Member(family=family, child=child)],
        families=families,
        years=years,
        rng=rng,
        threads=threads,
        progress=progress,
        stop=stop,
    )
    return found


def lives(
    base: Scenario,
    alternative: Scenario,
    members: Sequence[Member],
    *,
    families: int | str | None = 2000,
    years: int = 15,
    rng: int = 1,
    threads: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> list[Twins]:
    """Return what `twins` gives of each of some families, of which all live in one pair of runs."""
    settings = {"families": families, "years": years, "rng": rng}
    pair = Pair.of(base, alternative, families=families, years=years, seed=rng, threads=threads)
    watched = [_Watched(pair, row_of(pair, one.family, one.child)) for one in members]

    def watch(present: Pair) -> None:
        apart = present.differing()
        for one in watched:
            one.note(present, apart)

    pair.run(watch, progress, stop)
    return [
        one.twins(pair, member.child or 0, settings)
        for one, member in zip(watched, members, strict=True)
    ]


class _Watched:
    """A family that is noted month by month in both runs, with those it knows."""

    def __init__(self, pair: Pair, row: int) -> None:
        self._row = row
        self._lives: tuple[list[FamilyRows], list[FamilyRows]] = ([], [])
        self._found: list[tuple[int, Cause]] = []
        self._known = Known(pair, row)
        self._note_rows(pair)

    def _note_rows(self, pair: Pair) -> None:
        for branch in (BASE, ALTERNATIVE):
            self._lives[branch].append(rows_of(pair.states[branch], self._row))

    def note(self, pair: Pair, apart: np.ndarray) -> None:
        """Note the month, and why the two lives part when they do.

        `apart` says of every family whether anything of it differs.
        """
        self._note_rows(pair)
        is_parting = not self._found and bool(apart[self._row])
        if is_parting:
            before = rows_of(pair.before, self._row)
            self._found.append((pair.month, cause(pair, self._row, before)))
        self._known.note(pair, apart, is_parting=is_parting)

    def twins(self, pair: Pair, child: int, settings: Mapping[str, Any]) -> Twins:
        """Return both lives."""
        import pandas as pd

        names = [one.id for one in pair.scenarios]
        first_child = int(pair.states[BASE].families["first_child"][self._row]) + 1
        told, measured = (
            pd.concat(
                [table(self._lives[k], first_child, names[k]) for k in (BASE, ALTERNATIVE)],
                ignore_index=True,
            )
            for table in (events, series)
        )
        chain = _chain(self._lives, first_child)
        return Twins(
            base=names[BASE],
            alternative=names[ALTERNATIVE],
            family=self._row + 1,
            child=child,
            events=told,
            series=measured,
            chain=chain,
            divergence=_divergence(self._found, chain),
            acquaintances=self._known.table(),
            settings=settings,
        )


def row_of(pair: Pair, family: int | None, child: int | None) -> int:
    """Return the row of a family by its id or by the id of a child. Raises InputError."""
    state = pair.states[BASE]
    if (family is None) == (child is None):
        message = "name either a family or a child (--family ID or --child ID)."
        raise InputError(message)
    known = state.families.size if child is None else state.children.size
    number = family if child is None else child
    kind = "family" if child is None else "child"
    if number is None or not 1 <= number <= known:
        message = (
            f"there is no {kind} {number} in this run; ids go from 1 to {known:,}. Ids belong to a"
            " number of families, years and a seed: give the same as where you found it."
        )
        raise InputError(message)
    return number - 1 if child is None else int(pair.family_of_child[number - 1])


def _divergence(found: list[tuple[int, Cause]], chain: pd.DataFrame) -> Divergence | None:
    if not found:
        return None
    month, why = found[0]
    return Divergence(
        month=month,
        calendar=month_text(START_NUMBER + month),
        cause=why,
        first={str(name): chain[name].tolist()[0] for name in chain.columns},
    )


def _chain(lives: tuple[list[FamilyRows], list[FamilyRows]], first_child: int) -> pd.DataFrame:
    """Return for every field when it first differs between two lives, in order of time."""
    import pandas as pd

    rows = []
    for entity, kind in _KINDS.items():
        ours, theirs = (stacked([getattr(now, entity) for now in life]) for life in lives)
        for k in range(ours.shape[1]):
            person = kind if kind == "family" else f"{kind} {k + 1}"
            child = first_child + k if kind == "child" else 0
            for field in sorted(ours.dtype.names or (), key=_is_told_later):
                a, b = ours[field][:, k], theirs[field][:, k]
                apart = np.flatnonzero((a != b) & ~((a != a) & (b != b)))  # noqa: PLR0124 - NaN
                if field == MARK or apart.size == 0:
                    continue
                at = int(apart[0])
                month = max(at - 1, 0)
                calendar = month_text(START_NUMBER + month)
                values = (_shown(field, a[at]), _shown(field, b[at]))
                rows.append((month, calendar, person, child, field, MEANINGS[kind][field], *values))
    rows.sort(key=lambda row: row[0])
    return pd.DataFrame(rows, columns=list(CHAIN_COLUMNS))


def _is_told_later(field: str) -> bool:
    return field not in _TOLD_FIRST


def _shown(field: str, value: Any) -> str:  # noqa: ANN401 - an element of an array
    """Return a value as text: the name of an enumeration, or the number."""
    if field in _ENUMS:
        return _ENUMS[field](int(value)).name.lower()
    return f"{value:.6g}"

"""What made a family's two lives part: the lever, the parameter, or whom it lives among.

In the month in which the two lives part, the family begins the month the same in both pair. So
that month can be lived again as an experiment: with the alternative's policy, one lever at a time
put back to where the base has it, and with the base's policy among the alternative's neighbours,
municipalities and schools. What makes the difference go away, or come about, is its cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.family_rows import FamilyRows
from model.registry import BY_NAME, LEVERS, PARAMETER_DTYPE
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair

Kind = Literal["lever", "parameter", "neighbour", "municipality", "school", "unknown"]

SURROUNDINGS: tuple[tuple[Kind, str], ...] = (
    ("neighbour", "signals"),
    ("municipality", "places"),
    ("school", "schools"),
)
"""Through whom a policy reaches a family that none of its levers touches, and where that is."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What made two lives part: its kind, and the names of levers or parameters.

    For neighbours `names` holds the ids of the families that showed something else than in the
    base, for a municipality what of it differs.
    """

    kind: Kind
    names: tuple[str, ...] = ()


def cause(pair: Pair, row: int, before: FamilyRows) -> Cause:
    """Return what made the lives of a family part in the open month.

    `before` are its rows as they were in both runs before the month was opened; both have lived the
    month and not closed it. Nothing of the runs changes.
    """
    trial = _Trial(pair, row, before)
    moved: list[tuple[Kind, str]] = [
        *(("lever", name) for name in trial.levers()),
        *(("parameter", name) for name in trial.parameters()),
        *SURROUNDINGS,
    ]
    found = (trial.needed(moved) or trial.enough(moved)) if trial.parts_again() else []
    if not found:
        return Cause(kind="unknown", names=tuple(name for _, name in moved))
    kind = found[0][0]
    if kind in {"lever", "parameter"}:
        return Cause(kind=kind, names=tuple(name for one, name in found if one == kind))
    return Cause(kind=kind, names=trial.who(found[0][1]))


class _Trial:
    """One family that lives the open month again, with something changed, and leaves no trace."""

    def __init__(self, pair: Pair, row: int, before: FamilyRows) -> None:
        self._pair, self._row, self._before = pair, row, before
        self._levers = tuple(run.levers_of(row, before) for run in pair.runs)
        self._parameters = tuple(one.parameters[pair.month] for one in pair.timetables)

    def levers(self) -> list[str]:
        """Return the levers that stand elsewhere for this family this month."""
        ours, theirs = self._levers
        return [lever.name for lever in LEVERS if ours[lever.name] != theirs[lever.name]]

    def parameters(self) -> list[str]:
        """Return the parameters (fields) that have another value this month."""
        ours, theirs = self._parameters
        return [name for name in PARAMETER_DTYPE.names or () if ours[name] != theirs[name]]

    def parts_again(self) -> bool:
        """Return whether the two lives part when the month is lived again."""
        return self._lived(ALTERNATIVE).differ(self._lived(BASE))

    def needed(self, moved: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
        """Return each thing without which alone the two lives would not have parted."""
        base = self._lived(BASE)
        return [one for one in moved if not self._lived(ALTERNATIVE, one).differ(base)]

    def enough(self, moved: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
        """Return each thing that alone, in the base, would have made the lives part.

        A lever that did not touch the family counts only when nothing else qualifies: it would have
        mattered in the base, but the family was kept from it by something else.
        """
        base = self._lived(BASE)
        found = [one for one in moved if self._lived(BASE, one).differ(base)]
        marks = self._lived(ALTERNATIVE).marks()
        touched = [one for one in found if one[0] != "lever" or BY_NAME[one[1]].bit & marks]
        return touched or found

    def who(self, field: str) -> tuple[str, ...]:
        """Return ids of the neighbours, or names of the fields, that differ."""
        state = self._pair.states[BASE]
        ours, theirs = (getattr(one, field) for one in self._pair.states)
        family = state.families[self._row]
        if field == "signals":
            first = int(family["first_tie"])
            ties = np.unique(state.ties[first : first + int(family["n_ties"])])
            apart = (ours[ties] != theirs[ties]).any(axis=1)
            return tuple(str(int(other) + 1) for other in ties[apart])
        if field == "places":
            here = int(family["municipality"])
            names = ours.dtype.names
            return tuple(name for name in names if ours[name][here] != theirs[name][here])
        return ()

    def _lived(self, branch: int, as_other: tuple[Kind, str] | None = None) -> FamilyRows:
        """Return the family's rows after the month in a run, one thing as in the other run."""
        run, other = self._pair.runs[branch], 1 - branch
        kind, name = as_other or ("unknown", "")
        if kind == "lever":
            levers = {name: float(self._levers[other][name])}
            return run.relive(self._row, self._before, levers=levers)
        if kind == "parameter":
            parameters = {name: float(self._parameters[other][name])}
            return run.relive(self._row, self._before, parameters=parameters)
        around = {name: getattr(self._pair.states[other], name)} if name else {}
        return run.relive(self._row, self._before, around=around)

"""Scenarios on top of each other: what wins, what conflicts, and in which order it is laid out.

A file's own setting of a lever wins over all that it extends: a setting for everybody replaces
whatever was said about that lever, one for a target group replaces what was said for that group.
An entry that lies over what is inherited (`lay_over`) replaces nothing: it holds in its own months.
This holds through any number of files, so two files that extend the same one and change different
things can be put together. Two files that decide the same thing differently, neither of them built
on the other, conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from model.calendar import month_text
from model.errors import InputError
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.policy.timetable import MAX_TARGETS
from model.registry import BY_NAME, BY_PARAMETER
from scenarios.files.changes import Change, Entry, Setting, Start, check_order
from scenarios.files.checks import Mistakes, Place
from scenarios.files.left_out import LeftOut, left_out
from scenarios.files.values import REFORM_START, month_of, plain_number, written

PARAMETER_ORDER = {name: number for number, name in enumerate(BY_PARAMETER)}


@dataclass(frozen=True, eq=False)
class Resolved:
    """A scenario with everything it extends, and which file decided what.

    `ancestry` gives for this file and every file below it the files that it is built on; `left_out`
    are inherited changes that no longer come, `own` the names that the file itself sets, in its
    order, and `set_aside` the keys that were read but belong to scenarios of the letter only.
    """

    key: str
    scenario: Scenario
    levers: tuple[Setting, ...]
    parameters: tuple[Setting, ...]
    ancestry: Mapping[str, frozenset[str]]
    left_out: tuple[LeftOut, ...] = ()
    own: tuple[str, ...] = ()
    set_aside: tuple[Place, ...] = ()


def resolved(
    key: str,
    scenario: Scenario,
    parents: Sequence[Resolved],
    own: tuple[Sequence[Setting], Sequence[Setting]],
    place: Place,
) -> Resolved:
    """Put a file's own settings (levers, parameters) on top of what it extends.

    Raises InputError with every conflict of the parents that the file does not decide, and for what
    would end before it starts.
    """
    mistakes = Mistakes()
    ancestry = {name: below for parent in parents for name, below in parent.ancestry.items()}
    ancestry[key] = frozenset(ancestry)
    merge = _Merge(key, ancestry, place, mistakes)
    levers = merge.merged([s for p in parents for s in p.levers], own[0])
    parameters = merge.merged([s for p in parents for s in p.parameters], own[1])
    levers.sort(key=lambda s: (BY_NAME[s.name].number, s.target is not None))
    parameters.sort(key=lambda s: PARAMETER_ORDER[s.name])
    with mistakes.heard():
        _check_groups(levers, place)
    reform = _reform_start(levers)
    for setting in (*levers, *parameters):
        for entry in setting.entries:
            with mistakes.heard():
                _check_order(entry, reform)
    mistakes.tell(place.file)
    complete = replace(
        scenario,
        extends=tuple(parent.scenario.id for parent in parents),
        levers=tuple(c for c in _laid_out(levers, reform) if isinstance(c, LeverChange)),
        parameters=tuple(
            c for c in _laid_out(parameters, reform) if isinstance(c, ParameterChange)
        ),
    )
    both = (*own[0], *own[1])
    return Resolved(
        key,
        complete,
        tuple(levers),
        tuple(parameters),
        ancestry,
        left_out=(*_still_left_out(parents, both), *_newly_left_out(parents, both, reform)),
        own=tuple(dict.fromkeys(setting.name for setting in both)),
    )


def reform_month(scenario: Scenario) -> float:
    """Return the month in which the bill starts in a scenario."""
    own = [change.value for change in scenario.levers if change.lever == REFORM_START]
    return own[-1] if own else BY_NAME[REFORM_START].base


def laid_over(changes: Sequence[Change], reform: float) -> list[bool]:
    """Return which changes of one lever or parameter lie over those before them.

    The changes stand in the order in which they are laid out. Those at the head that a file would
    lay out in the same order by itself (everybody before groups, each by its start) need not.
    """
    flags: list[bool] = []
    last: Change | None = None
    targets: list[object] = []
    for change in changes:
        target = getattr(change, "target", None)
        is_next = target not in targets and (target is not None or not targets)
        if last is not None and target == targets[-1]:
            is_next = month_of(last.start, reform) < month_of(change.start, reform)
        if not is_next or (flags and flags[-1]):
            flags.append(True)
            continue
        flags.append(False)
        last = change
        if not targets or targets[-1] != target:
            targets.append(target)
    return flags


def change_text(change: Change) -> str:
    """Return one change in the words of a file: value, months, and whether it has a target."""
    value = (
        written(BY_NAME[change.lever], change.value)
        if isinstance(change, LeverChange)
        else plain_number(change.value)
    )
    start = change.start if isinstance(change.start, str | None) else month_text(change.start)
    parts = [value, f"from {start}" if start else "from the start of the run"]
    if isinstance(change, LeverChange) and change.ramp_months:
        parts.append(f"growing over {change.ramp_months} months")
    if change.end is not None:
        parts.append(f"until {month_text(change.end)}")
    return " ".join(parts)


class _Merge:
    """Puts settings of one file on those of others."""

    def __init__(
        self,
        key: str,
        ancestry: Mapping[str, frozenset[str]],
        place: Place,
        mistakes: Mistakes,
    ) -> None:
        self._key, self._ancestry, self._place = key, ancestry, place
        self._mistakes = mistakes

    def merged(self, inherited: Sequence[Setting], own: Sequence[Setting]) -> list[Setting]:
        """Return what holds: what replaces, then what lies over it."""
        replacing = [setting for setting in own if setting.replaced_by]
        everything = [*dict.fromkeys(inherited), *replacing]
        kept: list[Setting] = []
        for setting in everything:
            if any(self._replaces(other, setting) for other in everything):
                continue
            twin = _twin(setting, kept)
            if twin is None:
                kept.append(setting)
            elif set(twin.changes) != set(setting.changes):
                self._mistakes.add(_conflict(twin, setting, self._place))
        for setting in own:
            if not setting.replaced_by:
                self._lay_over(setting, kept)
        return [self._with_depth(setting) for setting in kept]

    def _replaces(self, winner: Setting, loser: Setting) -> bool:
        """Whether a setting stands in a file built on the other's, and covers the same families."""
        if winner.name != loser.name:
            return False
        if winner.target == loser.target:
            return loser.decided_by in self._ancestry.get(winner.decided_by, ())
        is_for_all = winner.target is None
        return is_for_all and loser.decided_by in self._ancestry.get(winner.replaced_by, ())

    def _lay_over(self, setting: Setting, kept: list[Setting]) -> None:
        below = _twin(setting, kept)
        if below is None:
            kept.append(setting)
            return
        kept[kept.index(below)] = replace(
            setting, entries=(*below.entries, *setting.entries), replaced_by=below.replaced_by
        )

    def _with_depth(self, setting: Setting) -> Setting:
        """Return a setting whose new entries know how many files lie below theirs."""
        if setting.decided_by != self._key:
            return setting
        depth = len(self._ancestry[self._key]) + 1
        entries = tuple(
            entry if entry.depth else replace(entry, depth=depth) for entry in setting.entries
        )
        return replace(setting, entries=entries)


def _twin(setting: Setting, kept: Iterable[Setting]) -> Setting | None:
    """Return what is kept about the same thing for the same families."""
    same = (one for one in kept if (one.name, one.target) == (setting.name, setting.target))
    return next(same, None)


def _check_groups(settings: Iterable[Setting], place: Place) -> None:
    groups = {setting.target for setting in settings if setting.target is not None}
    if len(groups) > MAX_TARGETS:
        advice = f"At most {MAX_TARGETS} are possible; give levers the same group where you can."
        raise place.at("levers").refusal(
            f"the scenario has {len(groups)} different target groups", advice
        )


def _conflict(one: Setting, other: Setting, place: Place) -> InputError:
    def side(setting: Setting) -> str:
        texts = ", then ".join(map(change_text, setting.changes))
        return f"{texts} ({setting.entries[0].place})"

    group = " for the same target group" if one.target else ""
    return place.at("extends").refusal(
        f"what it extends sets '{one.name}'{group} in two ways: {side(one)} and {side(other)}",
        f"Set '{one.name}' in this file to decide, or leave one of the two out of 'extends'.",
    )


def _reform_start(levers: Iterable[Setting]) -> float:
    own = [s.changes[-1].value for s in levers if s.name == REFORM_START]
    return own[-1] if own else BY_NAME[REFORM_START].base


def _check_order(entry: Entry, reform: float) -> None:
    """Raise InputError when the bill starts so late that a change would end before it."""
    change = entry.change
    ramp = change.ramp_months if isinstance(change, LeverChange) else 0
    start: Start = reform if isinstance(change.start, str) else change.start
    check_order(entry.place, start, ramp, change.end)


def _laid_out(settings: Sequence[Setting], reform: float) -> list[Change]:
    """Return the changes in the order in which they are laid out, lever by lever.

    First what is for everybody, then what is for groups, each by its start month; then what lies
    over that, in the order of the files that say so.
    """
    found: list[Change] = []
    for name in dict.fromkeys(setting.name for setting in settings):
        mine = [setting for setting in settings if setting.name == name]
        for setting in mine:
            plain = [entry.change for entry in setting.entries if not entry.lay_over]
            found += sorted(plain, key=lambda change: month_of(change.start, reform))
        over = [entry for setting in mine for entry in setting.entries if entry.lay_over]
        found += [entry.change for entry in sorted(over, key=lambda entry: entry.depth)]
    return found


def _still_left_out(parents: Sequence[Resolved], own: Sequence[Setting]) -> list[LeftOut]:
    """Return what the parents leave out of what they extend, unless the file decides on it."""
    decided = {setting.name for setting in own if setting.replaced_by}
    found = {
        (one.name, one.change): one
        for parent in parents
        for one in parent.left_out
        if one.name not in decided
    }
    return list(found.values())


def _newly_left_out(
    parents: Sequence[Resolved], own: Sequence[Setting], reform: float
) -> list[LeftOut]:
    """Return the inherited changes that the file's own entries leave out, each told once."""
    found: dict[tuple[str, Change], LeftOut] = {}
    for parent in parents:
        for one in left_out((*parent.levers, *parent.parameters), own, parent.scenario.id, reform):
            found.setdefault((one.name, one.change), one)
    return list(found.values())

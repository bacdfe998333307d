"""What a host may keep of a room: counts and settings, no names and no single choices.

A file is written when the host asks, and read to go on after the server stopped. A round that was
still being guessed or set has no count yet: it begins anew.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from dashboards.hall.asked import STEPS, Asked
from dashboards.hall.room import COUNTED, Phase, Room, Round
from dashboards.hall.tally import MOST_CLUSTERS, Spread, Tally
from model.errors import InputError

MOST_ROUNDS = 50
COLUMNS = ("round", "part", "name", "value", "unit", "voices", "low", "high", "note")
TOO_FEW = "fewer than 5"


@dataclass(frozen=True, kw_only=True)
class KeptRound:
    """A round that was counted."""

    asked: Asked
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A room as it is kept."""

    kind: Literal["veerkracht hall"] = "veerkracht hall"
    version: Literal[1] = 1
    phase: Phase
    rounds: tuple[KeptRound, ...]
    planned: Asked | None


_KEPT = TypeAdapter(Kept)


def saved(room: Room) -> str:
    """Return a room as a file (JSON) to go on from."""
    n = room.at + (1 if room.phase in COUNTED else 0)
    rounds = [
        KeptRound(asked=one.asked, tally=counted)
        for place, one in enumerate(room.rounds[:n])
        if (counted := room.tally(place)) is not None
    ]
    last = Phase.TALK if rounds else Phase.LOBBY
    planned = room.planned if room.round is None or room.phase in COUNTED else room.round.asked
    phase = room.phase if room.phase in COUNTED else last
    kept = Kept(phase=phase, rounds=tuple(rounds), planned=planned)
    return _KEPT.dump_json(kept, indent=1).decode()


def restore(room: Room, text: str, check: Callable[[Asked], None]) -> None:
    """Put a room, as new, where a file says; `check` raises for a round that cannot be asked now.

    Raises InputError for what is no such file.
    """
    try:
        kept = _KEPT.validate_json(text, strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"This is no saved room: {where}: {first['msg']}. Choose a file that was saved by a"
            " host of this program."
        ) from error
    if len(kept.rounds) > MOST_ROUNDS or (kept.phase in COUNTED) != bool(kept.rounds):
        raise InputError(
            f"This is no saved room: {len(kept.rounds)} rounds in phase {kept.phase}; a room has"
            f" at most {MOST_ROUNDS}, and none in the lobby."
        )
    for one in kept.rounds:
        check(one.asked)
        _checked(one)
    if kept.planned is not None:
        check(kept.planned)
    room.rounds = [Round(asked=one.asked, kept=one.tally) for one in kept.rounds]
    room.at = len(room.rounds) - 1
    room.phase, room.planned = kept.phase, kept.planned


def _checked(one: KeptRound) -> None:
    """Raise InputError for counts that do not belong to what was asked."""
    sliders = {slider.name: slider.places for slider in one.asked.sliders}
    tallied = one.tally
    spreads = [(tallied.guesses, 2 * STEPS + 1)]
    spreads += [(spread, sliders.get(name, 0)) for name, spread in tallied.sliders.items()]
    groups = (tallied.group, *(cluster.places for cluster in tallied.clusters))
    fits = (
        set(tallied.sliders) == set(sliders)
        and all(_is_spread(spread, n) for spread, n in spreads)
        and all(0 <= at < sliders.get(name, 0) for group in groups for name, at in group.items())
        and len(tallied.clusters) <= MOST_CLUSTERS
    )
    if not fits:
        raise InputError(
            "This is no saved room: the counts of a round do not belong to its sliders. Choose the"
            " file as it was saved."
        )


def _is_spread(spread: Spread, n: int) -> bool:
    if spread.counts is None:
        return spread.median is None and spread.touched is None
    return (
        len(spread.counts) == n
        and min(spread.counts) >= 0
        and spread.touched == sum(spread.counts) > 0
        and spread.median is not None
        and 0 <= spread.median < n
    )


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table of a room; of too few the value is empty, and the note says so."""

    round: int
    part: str
    name: str
    value: str = ""
    unit: str = ""
    voices: int | None = None
    low: str = ""
    high: str = ""
    note: str = ""


Values = Mapping[str, Sequence[str]]
"""What each place of each slider means, by the name of its lever."""


def rows(at: int, counted: Tally, values: Values, guesses: Sequence[str]) -> list[Row]:
    """Return the rows of a round, counted from 0; `guesses` are what each guess means."""
    found = _spread_rows(at, "guess", "guess", counted.guesses, guesses)
    for name, spread in counted.sliders.items():
        found += _spread_rows(at, "choice", name, spread, values[name])
    groups: list[tuple[str, Mapping[str, int], int | None]] = [("group", counted.group, None)]
    groups += [
        (f"cluster {k}", one.places, one.voices) for k, one in enumerate(counted.clusters, start=1)
    ]
    for part, places, voices in groups:
        for name in counted.sliders:
            place = places.get(name)
            found.append(
                Row(round=at + 1, part=part, name=name, voices=voices, note=TOO_FEW)
                if place is None
                else Row(
                    round=at + 1, part=part, name=name, value=values[name][place], voices=voices
                )
            )
    return found


def _spread_rows(at: int, part: str, name: str, spread: Spread, values: Sequence[str]) -> list[Row]:
    if spread.counts is None or spread.median is None:
        return [Row(round=at + 1, part=part, name=name, note=TOO_FEW)]
    found = [
        Row(round=at + 1, part=part, name=name, value=value, voices=count)
        for value, count in zip(values, spread.counts, strict=True)
    ]
    median = values[spread.median]
    return [*found, Row(round=at + 1, part=f"{part} median", name=name, value=median)]


def table(found: Sequence[Row]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        fields = [getattr(one, name) for name in COLUMNS]
        writer.writerow(["" if field is None else field for field in fields])
    return out.getvalue()

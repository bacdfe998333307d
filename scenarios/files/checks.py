"""How a scenario file is read: places to name, shapes to expect, and refusals that help.

A refusal says where (file, line, key), what was found, what is allowed, and the nearest right
answer where there is one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from model.errors import LONGEST, InputError, VeerkrachtError, nearest, printable, shortened
from scenarios.files.positions import Path, key_lines

MANY = 12
"""Lists of allowed names that are longer than this are not printed in full."""

LONG_VALUE, LONG_KEY, LONG_FILE = 80, 60, 200
"""Characters of a value, a key and the name of a file in a message, at most."""

SHORT_MISTAKE = 90
"""Characters that one mistake among many has in a message, at least."""


@dataclass(frozen=True, eq=False)
class Place:
    """A key of a file, or of settings given in Python; `text` is what the file holds."""

    file: str
    text: str = ""
    path: Path = ()

    def at(self, *keys: str | int) -> Place:
        """Return the place of a key below this one."""
        return replace(self, path=(*self.path, *keys))

    @property
    def line(self) -> int | None:
        """The line of the key, or of the nearest key above it that the file has."""
        lines = _lines(self.text)
        known = (self.path[:length] for length in range(len(self.path), 0, -1))
        return next((lines[path] for path in known if path in lines), None)

    @property
    def key(self) -> str:
        """The key as it would be written with dots; list entries count from 1."""
        name = ""
        for part in self.path:
            if isinstance(part, int):
                name += f"[{part + 1}]"
            else:
                word = shortened(printable(str(part)), LONG_KEY)
                name += ("." if name else "") + (f'"{word}"' if "." in word else word)
        return name

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        key = f", {self.key}" if self.key else ""
        return f"{self.file}{line}{key}"

    def refusal(self, found: str, advice: str) -> MistakeError:
        """Return the error for this place: what was found, then what is allowed and what to do."""
        return MistakeError(self.file, self.line, f"{self}: {found}. {advice}")


class MistakeError(InputError):
    """One mistake, in a line of a file; `line` is None where there is none."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        super().__init__(message)
        self.file, self.line = file, line


class MistakesError(InputError):
    """Several mistakes, each with its place, in the order of the lines."""

    def __init__(self, mistakes: Sequence[VeerkrachtError]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(_told_together(self.mistakes))


class Mistakes:
    """Gathers mistakes, so that all that is wrong with a file is told at once."""

    def __init__(self) -> None:
        self._found: dict[str, VeerkrachtError] = {}

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Keep what is refused inside, and go on behind it."""
        try:
            yield
        except VeerkrachtError as error:
            self.add(error)

    def add(self, error: VeerkrachtError) -> None:
        """Keep a mistake, or each of several; what is kept already is not kept twice."""
        for one in error.mistakes if isinstance(error, MistakesError) else (error,):
            self._found.setdefault(str(one), one)

    def tell(self, file: str = "", broken: Iterable[int] = ()) -> None:
        """Raise what was kept, as it came or together; what is said of `file` comes first.

        Of each broken line of that file only the first mistake is told: others follow from it.
        """
        told: list[tuple[bool, int, VeerkrachtError]] = []
        seen = dict.fromkeys(broken, False)
        for one in self._found.values():
            is_own = isinstance(one, MistakeError) and one.file == file
            line = (one.line if isinstance(one, MistakeError) else None) or 0
            if is_own and line in seen:
                if seen[line]:
                    continue
                seen[line] = True
            told.append((not is_own, line, one))
        if len(told) == 1:
            raise told[0][2]
        if told:
            raise MistakesError([one for *_, one in sorted(told, key=lambda found: found[:2])])


def _told_together(mistakes: Sequence[VeerkrachtError]) -> str:
    """Return mistakes below each other, each short enough for all to have a place."""
    texts = [str(one).replace("\n", " ") for one in mistakes]
    room = LONGEST - LONG_KEY
    shown = texts[: room // SHORT_MISTAKE]
    longest = room // len(shown) - len("- \n")
    lines = [f"{len(texts)} mistakes.", *(f"- {shortened(text, longest)}" for text in shown)]
    left = len(texts) - len(shown)
    return "\n".join([*lines, f"… and {left} more."] if left else lines)


@lru_cache(maxsize=8)
def _lines(text: str) -> Mapping[Path, int]:
    return key_lines(text) if text else {}


def shown(value: object) -> str:
    """Return a value the way a person would have typed it, or what sort of thing it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{shortened(printable(value), LONG_VALUE)}"'
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else _digits(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        names = printable(", ".join(map(str, value)))
        return f"a table ({shortened(names, LONG_VALUE) or 'empty'})"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}"
    return shortened(printable(repr(value)), LONG_VALUE)


def _digits(value: int) -> str:
    """Return a whole number, or how many digits it has when those would fill a page."""
    n = int(value.bit_length() * 0.30103)
    return f"a number of some {n} digits" if n > LONG_VALUE else str(value)


def listed(names: Iterable[str]) -> str:
    """Return names as 'a, b or c'."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return ' Did you mean …?' for the nearest known name, whatever its capitals and spaces."""
    return nearest(name.strip().lower().replace(" ", "_").replace("-", "_"), known)


def unknown(place: Place, what: str, name: str, known: Sequence[str], where: str) -> InputError:
    """Return the refusal of a name that does not exist; `where` says what lists the names."""
    advice = f"Known are {listed(known)}." if len(known) <= MANY else where
    called = shortened(printable(name), LONG_KEY)
    return place.refusal(f"there is no {what} '{called}'", advice + suggestion(name, known))


def table(place: Place, value: object, form: str) -> Mapping[str, Any]:
    """Return the value as a table. Raises InputError that shows the form if it is not."""
    if not isinstance(value, Mapping):
        raise place.refusal(f"found {shown(value)}", f"Write it as {form}.")
    return value


def known_keys(place: Place, value: Mapping[str, Any], allowed: Sequence[str]) -> None:
    """Raise InputError for every key that is not allowed."""
    mistakes = Mistakes()
    for key in value:
        if key not in allowed:
            where = f"Allowed are {listed(allowed)}."
            mistakes.add(unknown(place.at(key), "key", key, allowed, where))
    mistakes.tell()


def words(place: Place, value: object) -> str:
    """Return a text that is not empty, of letters and signs that can be printed.

    Raises InputError for anything else.
    """
    if not isinstance(value, str):
        raise place.refusal(f"found {shown(value)}", "Write words between double quotes.")
    if not value.strip():
        raise place.refusal("found an empty text", "Write words between the quotes.")
    if printable(value, "\n\t") != value:
        sign = next(sign for sign in value if printable(sign, "\n\t") != sign)
        advice = "Leave it out: only letters, signs, spaces and new lines can be shown."
        raise place.refusal(f"found the control character {printable(sign)}", advice)
    return value.strip()


def items(place: Place, value: object, example: str) -> list[Any]:
    """Return a list that is not empty. Raises InputError with an example otherwise."""
    if not isinstance(value, list | tuple):
        raise place.refusal(f"found {shown(value)}", f"Write a list, for example {example}.")
    if not value:
        advice = f"Name at least one, for example {example}, or leave the key out."
        raise place.refusal("found an empty list", advice)
    return list(value)


def whole_number(place: Place, value: object, low: int, high: int, unit: str) -> int:
    """Return a whole number within its range. Raises InputError for anything else."""
    return int(number_in_range(place, value, (low, high), unit, whole=True))


def number_in_range(
    place: Place, value: object, limits: tuple[float, float], unit: str, *, whole: bool = False
) -> float:
    """Return a number within its limits. Raises InputError with the nearest allowed value."""
    low, high = limits
    kind = "whole number" if whole else "number"
    allowed = f"{low:g} to {high:g}" + (f" ({unit})" if unit else "")
    if isinstance(value, bool) or not isinstance(value, int | float):
        advice = f"A {kind} is needed here, without quotes: {allowed}."
        raise place.refusal(f"found {shown(value)}", advice)
    if not low <= value <= high:
        edge = low if value < low else high
        near = f" The nearest is {edge:g}." if value < low or value > high else ""
        raise place.refusal(
            f"{shown(value)} lies outside its range", f"Allowed is {allowed}.{near}"
        )
    if whole and value != int(value):
        advice = f"A whole number is needed here: {allowed}. The nearest is {round(value)}."
        raise place.refusal(f"found {shown(value)}", advice)
    return float(value)


def each(place: Place, values: Iterable[Any], check: Callable[[Place, Any], Any]) -> list[Any]:
    """Return every entry of a list after its check, with its own place.

    Raises InputError with what is wrong with any of them.
    """
    mistakes, found = Mistakes(), []
    for index, value in enumerate(values):
        with mistakes.heard():
            found.append(check(place.at(index), value))
    mistakes.tell()
    return found

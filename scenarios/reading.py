"""How a scenario file is read: places to name, shapes to expect, and refusals that help.

A refusal says where (file, line, key), what was found, what is allowed, and the nearest right
answer where there is one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from model.errors import InputError, nearest
from scenarios.lines import Path, key_lines

MANY = 12
"""Lists of allowed names that are longer than this are not printed in full."""


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
                name += ("." if name else "") + (f'"{part}"' if "." in str(part) else str(part))
        return name

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        key = f", {self.key}" if self.key else ""
        return f"{self.file}{line}{key}"

    def refusal(self, found: str, advice: str) -> InputError:
        """Return the error for this place: what was found, then what is allowed and what to do."""
        return InputError(f"{self}: {found}. {advice}")


@lru_cache(maxsize=8)
def _lines(text: str) -> Mapping[Path, int]:
    return key_lines(text) if text else {}


def shown(value: object) -> str:
    """Return a value the way a person would have typed it, or what sort of thing it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"a table ({', '.join(map(str, value)) or 'empty'})"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}"
    return repr(value)


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
    return place.refusal(f"there is no {what} '{name}'", advice + suggestion(name, known))


def table(place: Place, value: object, form: str) -> Mapping[str, Any]:
    """Return the value as a table. Raises InputError that shows the form if it is not."""
    if not isinstance(value, Mapping):
        raise place.refusal(f"found {shown(value)}", f"Write it as {form}.")
    return value


def known_keys(place: Place, value: Mapping[str, Any], allowed: Sequence[str]) -> None:
    """Raise InputError for the first key that is not allowed."""
    for key in value:
        if key not in allowed:
            raise unknown(place.at(key), "key", key, allowed, f"Allowed are {listed(allowed)}.")


def words(place: Place, value: object) -> str:
    """Return a text that is not empty. Raises InputError for anything else."""
    if not isinstance(value, str):
        raise place.refusal(f"found {shown(value)}", "Write words between double quotes.")
    if not value.strip():
        raise place.refusal("found an empty text", "Write words between the quotes.")
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
    """Return every entry of a list after its check, with its own place."""
    return [check(place.at(index), value) for index, value in enumerate(values)]

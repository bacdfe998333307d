"""The ground of every page: what a visitor chose, as declared fields that the address holds.

A page declares its fields: name, parser, text, default. The address is a link that others open, so
nothing in it is trusted: what is unknown or does not fit is left out and named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

MOST_FIELDS = 100
SHOWN = 60
"""Characters of a part of the address that are named when it is left out."""


@dataclass(frozen=True, kw_only=True)
class Field[Choice, Value]:
    """One thing that a visitor may choose.

    `parse` gives the value of a text, None when it does not fit; `text` is its opposite. `get`
    reads it from a choice (None where it stands as it was found), `put` returns the choice with it.
    What `is_first` is put before the others, because they rest on it.
    """

    name: str
    parse: Callable[[str], Value | None]
    text: Callable[[Value], str]
    default: Value | None
    get: Callable[[Choice], Value | None]
    put: Callable[[Choice, Value], Choice]
    is_first: bool = False

    def changed(self, choice: Choice, text: str) -> Choice | None:
        """Return the choice with this field as a text says, None when that does not fit."""
        value = self.parse(text)
        return None if value is None else self.put(choice, value)

    def written(self, choice: Choice) -> str | None:
        """Return the field as the address has it; None for what is as a visitor finds it."""
        value = self.get(choice)
        return None if value is None or value == self.default else self.text(value)


def plain[Choice, Value](
    name: str, parse: Callable[[str], Value | None], text: Callable[[Value], str], start: Choice
) -> Field[Choice, Value]:
    """Return a field that is an attribute of a choice; `start` has its default."""

    def put(choice: Choice, value: Value) -> Choice:
        return cast("Choice", replace(cast("Any", choice), **{name: value}))

    return Field(
        name=name,
        parse=parse,
        text=text,
        default=getattr(start, name),
        get=lambda choice: cast("Value", getattr(choice, name)),
        put=put,
    )


def one_of(values: Sequence[str]) -> Callable[[str], str | None]:
    """Return a parser of one of some words."""
    return lambda text: text if text in values else None


def query[Choice](choice: Choice, fields: Sequence[Field[Choice, object]]) -> str:
    """Return the part of the address after '?'; what is as a visitor finds it is left out."""
    written = [(field.name, field.written(choice)) for field in fields]
    return urlencode([(name, text) for name, text in written if text is not None])


def from_query[Choice](
    text: str | None,
    start: Choice,
    fields: Sequence[Field[Choice, object]],
    named: Callable[[str, str], tuple[str, str]],
) -> tuple[Choice, tuple[str, ...]]:
    """Return the choice in an address, and the parts left out because they do not fit.

    `named` gives the names of today for a field and its value, which may be older.
    """
    try:
        whole = (text or "").removeprefix("?")
        pairs = parse_qsl(whole, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return start, ("…",)
    # A field that stands there twice counts once, as it was last; the others are named.
    last = dict(pairs)
    dropped = [f"{name}={value}"[:SHOWN] for name, value in pairs if last[name] != value]
    known = {field.name: field for field in fields}
    first = {field.name for field in fields if field.is_first}
    choice = start
    for name, value in sorted(last.items(), key=lambda pair: pair[0] not in first):
        today, value_today = named(name, value)
        field = known.get(today)
        found = None if field is None else field.changed(choice, value_today)
        if found is None:
            dropped.append(f"{name}={value}"[:SHOWN])
        else:
            choice = found
    return choice, tuple(dropped)

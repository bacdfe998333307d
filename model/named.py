"""Things that are declared as fields of a class, and numbers that go with their names.

A lever or an outcome is declared once, as a field of a class `Levers[T]` or `Outcomes[T]`, and has
the name of that field. The class then says of any object that holds one `T` for each of them what
may be asked of it, so that a type checker refuses a name that is misspelt.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from typing import Any, Self, cast, overload


class Of[T]:
    """Something for each of the things that a subclass declares."""


class Named:
    """A thing that takes its name from the field in which it is declared."""

    __slots__ = ()

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__[T](self, instance: Of[T], owner: type) -> T: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Self: ...
    def __get__(self, instance: object, owner: type) -> Any:
        """Tell a type checker that the field of an `Of[T]` holds a `T`."""
        return self


def declared[N: Named](names: type, kind: type[N]) -> tuple[N, ...]:
    """Return the things of one kind that a class and those it is made of declare, in order."""
    classes = reversed(names.__mro__)
    return tuple(
        thing for one in classes for thing in vars(one).values() if isinstance(thing, kind)
    )


def constants[T](values: Mapping[str, T]) -> Of[T]:
    """Return values by name, as fields; compiled code takes them as constants."""
    return cast("Of[T]", namedtuple("Constants", values)(**values))  # noqa: PYI024

"""How a lever, and anything else that is a field of a class, is declared and named.

A lever says what can be set, between which values, on what standing. It is a field of a class
`Levers[T]` and has the name of that field. The class then says of any object that holds one `T`
for each lever what may be asked of it, so that a type checker refuses a name that is misspelt.

A lever's base is its value in 2023; its reform value is what the letter or the researchers
propose. The status says who stands behind it: K the cabinet does it or commits to it, W it is a
bill, R only the researchers suggest it, N the cabinet limits or declines it. `grade` is the grade
of the two values, `effect_grade` that of the size of what follows. Source of the list: mechanism
map of the letter, section 5 (docs/evidence.md).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, cast, overload


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


Kind = Literal["real", "integer", "boolean", "choice", "month"]
Status = Literal["K", "W", "R", "N"]

EXTRA_EDUCATION_TARGETS = ("all", "low_language", "newcomers")
"""The words for the values 0, 1 and 2 of `extra_education_target`."""


@dataclass(frozen=True, kw_only=True)
class Lever(Named):
    """One instrument. Months are month numbers (`model.calendar`); yes or no is 1 or 0.

    Its name is that of the field of `Levers` in which it is declared.
    """

    number: int
    name: str = field(init=False, default="")
    kind: Kind
    unit: str
    low: float
    high: float
    increment: float
    base: float
    reform: float
    start: str
    recommendations: tuple[int, ...]
    status: Status
    letter_lines: str
    acts_on: str
    grade: str
    effect_grade: str

    @property
    def bit(self) -> int:
        """The bit that marks a family or child as reached by this lever."""
        return 1 << (self.number - 1)

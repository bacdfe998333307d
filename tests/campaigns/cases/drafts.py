"""Right scenario files, drawn; and what can be done to one, each with what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from model.calendar import month_text
from model.enums import Municipality
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from model.registry import BY_PARAMETER, LEVERS
from tests.campaigns.campaign import Luck, one_of

Meaning = Literal["harmless", "refused", "changes"]

FREE = tuple(one for one in LEVERS if one.name != "reform_start")
NUMBERS = tuple(one for one in FREE if one.kind in ("real", "integer"))
DRAWN = tuple(
    one
    for one in BY_PARAMETER.values()
    if one.prior.law != "fixed" and one.low < one.value < one.high
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario file in pieces: heads, levers and parameters, each name with what stands there."""

    head: Mapping[str, str]
    levers: Mapping[str, str]
    parameters: Mapping[str, str] = field(default_factory=dict)
    tail: str = ""

    def text(self) -> str:
        """Return the file."""
        lines = [f"{name} = {value}" for name, value in self.head.items()]
        lines += ["", "[levers]", *(f"{name} = {value}" for name, value in self.levers.items())]
        if self.parameters:
            lines += ["", "[parameters]"]
            lines += [f'"{name}" = {value}' for name, value in self.parameters.items()]
        return "\n".join(lines) + "\n" + self.tail


@dataclass(frozen=True, slots=True)
class Mutated:
    """What was done, what it means, the bytes that came of it, and what the file then says.

    `levers` and `parameters` are the values that a change gives, by name; `place` is the only
    municipality that it is for, None for all.
    """

    what: str
    meaning: Meaning
    data: bytes
    levers: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    place: Municipality | None = None


def draft(luck: Luck) -> Draft:
    """Return a right file with a few levers and parameters."""
    chosen = luck.permutation(len(FREE))[: 1 + int(luck.integers(5))]
    levers = {FREE[k].name: written(FREE[k], value_of(FREE[k], luck)) for k in chosen}
    few = luck.permutation(len(DRAWN))[: int(luck.integers(3))]
    parameters = {DRAWN[k].name: repr(_between(DRAWN[k].low, DRAWN[k].high, luck)) for k in few}
    head = {
        "id": '"drawn"',
        "title.nl": '"Getrokken"',
        "title.en": '"Drawn"',
        "extends": '["s00_frozen_2023"]',
    }
    return Draft(head, levers, parameters)


def value_of(lever: Lever, luck: Luck) -> float:
    """Return a value that a lever may have."""
    steps = round((lever.high - lever.low) / lever.increment)
    return round(lever.low + int(luck.integers(steps + 1)) * lever.increment, 6)


def written(lever: Lever, value: float) -> str:
    """Return a value as a file has it."""
    if lever.kind == "boolean":
        return "true" if value else "false"
    if lever.kind == "choice":
        return f'"{EXTRA_EDUCATION_TARGETS[int(value)]}"'
    if lever.kind == "month":
        return f'"{month_text(int(value))}"'
    return str(int(value)) if lever.kind == "integer" else repr(value)


def _between(low: float, high: float, luck: Luck) -> float:
    return float(f"{luck.uniform(low, high):.6g}")


Mutation = Callable[[Draft, Luck], Mutated]


def _textual(what: str, change: Callable[[str, Luck], str | bytes]) -> Mutation:
    """Return a harmless change of how a file is written."""

    def mutate(one: Draft, luck: Luck) -> Mutated:
        changed = change(one.text(), luck)
        data = changed if isinstance(changed, bytes) else changed.encode()
        return Mutated(what, "harmless", data)

    return mutate


def _commented(text: str, luck: Luck) -> str:
    lines = text.splitlines()
    lines.insert(int(luck.integers(len(lines) + 1)), one_of(luck, ["# uitleg é", "", "   ", "#"]))
    return "\n".join(lines) + "\n"


def _shuffled(one: Draft, luck: Luck) -> Mutated:
    names = list(one.levers)
    order = {names[k]: one.levers[names[k]] for k in luck.permutation(len(names))}
    return Mutated(
        "levers in another order", "harmless", replace(one, levers=order).text().encode()
    )


def _in_table(one: Draft, luck: Luck) -> Mutated:
    name = one_of(luck, list(one.levers))
    levers = {**one.levers, name: f"{{ value = {one.levers[name]} }}"}
    return Mutated("value in a table", "harmless", replace(one, levers=levers).text().encode())


def _wrong_lever(what: str, value: Callable[[Lever, Luck], str]) -> Mutation:
    """Return a mutation that gives a numeric lever what it cannot have."""

    def mutate(one: Draft, luck: Luck) -> Mutated:
        lever = one_of(luck, NUMBERS)
        levers = {**one.levers, lever.name: value(lever, luck)}
        return Mutated(what, "refused", replace(one, levers=levers).text().encode())

    return mutate


def _misspelt(one: Draft, luck: Luck) -> Mutated:
    name = one_of(luck, list(one.levers))
    at = int(luck.integers(len(name)))
    other = name[:at] + one_of(luck, ["x", "_q", ""]) + name[at + 1 :]
    if other in {lever.name for lever in LEVERS}:
        other += "_q"
    levers = {(other if key == name else key): value for key, value in one.levers.items()}
    return Mutated("lever misspelt", "refused", replace(one, levers=levers).text().encode())


def _headed(what: str, change: Callable[[dict[str, str], Luck], object]) -> Mutation:
    """Return a mutation of what stands above the levers that makes it wrong."""

    def mutate(one: Draft, luck: Luck) -> Mutated:
        head = dict(one.head)
        change(head, luck)
        return Mutated(what, "refused", replace(one, head=head).text().encode())

    return mutate


def _broken(what: str, change: Callable[[str, Luck], str | bytes]) -> Mutation:
    """Return a mutation of the whole file that makes it wrong."""

    def mutate(one: Draft, luck: Luck) -> Mutated:
        changed = change(one.text(), luck)
        data = changed if isinstance(changed, bytes) else changed.encode()
        return Mutated(what, "refused", data)

    return mutate


def _other_value(one: Draft, luck: Luck) -> Mutated:
    lever = one_of(luck, FREE)
    value = value_of(lever, luck)
    levers = {**one.levers, lever.name: written(lever, value)}
    data = replace(one, levers=levers).text().encode()
    return Mutated("another value of a lever", "changes", data, {lever.name: value})


def _other_parameter(one: Draft, luck: Luck) -> Mutated:
    parameter = one_of(luck, DRAWN)
    value = _between(parameter.low, parameter.high, luck)
    parameters = {**one.parameters, parameter.name: repr(value)}
    data = replace(one, parameters=parameters).text().encode()
    return Mutated("another parameter", "changes", data, {}, {parameter.name: value})


def _for_a_place(one: Draft, luck: Luck) -> Mutated:
    lever = one_of(luck, FREE)
    value = value_of(lever, luck)
    place = one_of(luck, tuple(Municipality))
    whom = f'{{ municipalities = ["{place.name.lower()}"] }}'
    entry = f"{{ value = {written(lever, value)}, for = {whom} }}"
    levers = {**one.levers, lever.name: f"[{entry}]"}
    data = replace(one, levers=levers).text().encode()
    return Mutated("a lever for a place", "changes", data, {lever.name: value}, place=place)


def _outside(lever: Lever, luck: Luck) -> str:
    beyond = one_of(luck, [lever.high + lever.increment, lever.low - lever.increment, 1e300, -1e9])
    return str(int(beyond)) if lever.kind == "integer" else repr(float(beyond))


def _cut_quote(text: str, luck: Luck) -> str:
    quotes = [k for k, sign in enumerate(text) if sign == '"']
    at = one_of(luck, quotes)
    return text[:at] + text[at + 1 :]


def _with_sign(text: str, luck: Luck) -> str:
    return text.replace(
        "Getrokken", f"Get{one_of(luck, ['\x00', '\x1b[31m', '\x7f', '\x08'])}rokken"
    )


def _bytes_that_are_no_text(text: str, luck: Luck) -> bytes:
    data = text.encode()
    at = data.index(b"Getrokken") + int(luck.integers(9))
    return data[:at] + one_of(luck, [b"\xff", b"\xe9", b"\x80\x80"]) + data[at:]


def _twice(text: str, luck: Luck) -> str:
    lines = [line for line in text.splitlines() if " = " in line]
    again = one_of(luck, lines)
    return text.replace(again, f"{again}\n{again}", 1)


MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "harmless": (
        _textual("a comment or an empty line", _commented),
        _textual("ends of lines of Windows", lambda text, _: text.replace("\n", "\r\n")),
        _textual("a mark of byte order", lambda text, _: b"\xef\xbb\xbf" + text.encode()),
        _textual("spaces around", lambda text, _: text.replace(" = ", "  =   ")),
        _textual("single quotes", lambda text, _: text.replace('"Drawn"', "'Drawn'")),
        _textual("no end of the last line", lambda text, _: text.rstrip("\n")),
        _shuffled,
        _in_table,
    ),
    "refused": (
        _misspelt,
        _wrong_lever("outside its limits", _outside),
        _wrong_lever("no number", lambda _, luck: one_of(luck, ["nan", "inf", "-inf", "+nan"])),
        _wrong_lever("text for a number", lambda _, luck: one_of(luck, ['"1"', '""', '"veel"'])),
        _wrong_lever("yes for a number", lambda _, luck: one_of(luck, ["true", "false"])),
        _wrong_lever("a list of nothing", lambda *_: "[]"),
        _wrong_lever("a table without a value", lambda *_: '{ start = "2025-01" }'),
        _wrong_lever(
            "a month that is none",
            lambda lever, luck: (
                f'{{ value = {written(lever, lever.high)}, start = "'
                f'{one_of(luck, ["1850-01", "2025-13", "2025-00", "mei", "2025", "99999-01"])}" }}'
            ),
        ),
        _wrong_lever(
            "an end before the start",
            lambda lever, _: (
                f'{{ value = {written(lever, lever.high)}, start = "2027-01", end = "2026-01" }}'
            ),
        ),
        _wrong_lever(
            "a ramp that is none",
            lambda lever, luck: (
                f'{{ value = {written(lever, lever.high)}, start = "2025-01",'
                f" ramp_months = {one_of(luck, ['-1', '1.5', 'true', '"veel"'])} }}"
            ),
        ),
        _wrong_lever(
            "a place that is not there",
            lambda lever, _: (
                f"[{{ value = {written(lever, lever.high)},"
                ' for = { municipalities = ["atlantis"] } }]'
            ),
        ),
        _headed("a key that is not there", lambda head, _: head.update(colour='"red"')),
        _headed("no title", lambda head, _: (head.pop("title.nl"), head.pop("title.en"))),
        _headed("an id that is none", lambda head, _: head.update(id='"a b/../c"')),
        _headed("an id that is a number", lambda head, _: head.update(id="7")),
        _headed("extends what is not there", lambda head, _: head.update(extends='["s99_none"]')),
        _headed("extends itself", lambda head, _: head.update(extends='["drawn.toml"]')),
        _broken("a quote is missing", _cut_quote),
        _broken("a sign that steers", _with_sign),
        _broken("bytes that are no text", _bytes_that_are_no_text),
        _broken("a line twice", _twice),
        _broken("UTF-16", lambda text, _: text.encode("utf-16")),
        _broken("too large", lambda text, _: text + "# " + "x" * 1_000_001),
        _broken("nested too deep", lambda text, _: text + "deep = " + "[" * 3000 + "]" * 3000),
        _headed("nothing at all", lambda head, _: head.clear()),
    ),
    "changes": (_other_value, _other_parameter, _for_a_place),
}
"""What can be done to a file, by what it means."""

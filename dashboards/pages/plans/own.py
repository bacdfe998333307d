"""Plans of a visitor's own: a scenario file that travels in the address, checked like any file."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from dashboards.service.prepared import TODAY
from model.errors import InputError
from model.policy.scenario import Scenario
from scenarios.asking.question import Question
from scenarios.authoring.template import short_text
from scenarios.files.checks import MistakeError, MistakesError
from scenarios.files.load import SUFFIX, load, read_given
from scenarios.files.load import names as shipped

PREFIX = "own."
"""What the name of a plan of one's own begins with; the packed text of its file follows."""

MOST_SIGNS, MOST_PACKED = 50_000, 8_000
"""Letters and signs of a file, and of an address part: links that are longer do not travel."""

BOARD = "my_board"
"""The id of a plan that was made on the board of Verken."""

Row = dict[str, Any]


def is_own(name: str) -> bool:
    """Return whether a name is that of a plan of somebody's own."""
    return name.startswith(PREFIX)


def packed(text: str, file: str) -> str:
    """Return the name under which a scenario file stands in an address.

    `file` is what messages call it. Raises InputError with all mistakes in it, also when it cannot
    be lived, or is too long for a link.
    """
    if len(text) > MOST_SIGNS:
        message = f"{file} is too long: {len(text):,} characters; {MOST_SIGNS:,} can be taken."
        raise InputError(message)
    checked(text, file)
    content = zlib.compress(text.encode(), 9)
    name = PREFIX + base64.urlsafe_b64encode(content).decode().rstrip("=")
    if len(name) > MOST_PACKED:
        message = (
            f"{file} is too long for a link, in which a plan travels here. Leave comments and"
            " levers out that you do not set."
        )
        raise InputError(message)
    return name


def text_of(name: str) -> str | None:
    """Return the scenario file in a name; None when there is none in it."""
    if not is_own(name) or len(name) > MOST_PACKED or not name.isascii():
        return None
    signs = name.removeprefix(PREFIX)
    try:
        content = base64.urlsafe_b64decode(signs + "=" * (-len(signs) % 4))
        unpacker = zlib.decompressobj()
        whole = unpacker.decompress(content, 4 * MOST_SIGNS)
        return whole.decode() if unpacker.eof else None
    except (binascii.Error, ValueError, zlib.error):
        return None


@lru_cache(maxsize=64)
def scenario_of(name: str) -> Scenario | None:
    """Return the scenario in a name; None when there is none that can be lived."""
    text = text_of(name)
    if text is None:
        return None
    try:
        return checked(text, file_name(name))
    except InputError:
        return None


def plan_in(names: Sequence[str]) -> Callable[[str], str | None]:
    """Return a parser of one of some names, or of a plan of somebody's own."""

    def parse(text: str) -> str | None:
        return text if text in names or scenario_of(text) is not None else None

    return parse


def known(scenarios: Mapping[str, Scenario], names: Iterable[str]) -> dict[str, Scenario]:
    """Return the shipped scenarios, and those of one's own among `names`."""
    own = {name: found for name in names if (found := scenario_of(name)) is not None}
    return {**scenarios, **own}


def of_board(scenario: Scenario, alternative: str) -> str:
    """Return the name of what stands on the board: a scenario built on the `alternative`.

    Raises InputError when it cannot be lived.
    """
    return packed(text_of_board(scenario, alternative), BOARD + SUFFIX)


def text_of_board(scenario: Scenario, alternative: str) -> str:
    """Return the scenario file of what stands on the board, built on the `alternative`.

    A plan of one's own is no file that another can build on: what it sets is written out.
    """
    return short_text(BOARD, scenario, TODAY if is_own(alternative) else alternative)


def lived_beforehand(name: str) -> tuple[str, bool]:
    """Return the shipped plan that a plan is or is built on, and whether it is another than that.

    '' when it is today's policy, or built on that alone.
    """
    scenario = scenario_of(name)
    built_on = (name,) if scenario is None else scenario.extends
    plan = next((one for one in built_on if one in shipped() and one != TODAY), "")
    return plan, scenario is not None


def file_name(name: str) -> str:
    """Return what the file of a plan is called when its own name is not known."""
    return f"plan{SUFFIX}" if is_own(name) else f"{name}{SUFFIX}"


def mistakes(error: InputError) -> list[Row]:
    """Return what is wrong with a file, each mistake with its line (0 where it has none)."""
    found = error.mistakes if isinstance(error, MistakesError) else (error,)
    return [
        {"line": (one.line if isinstance(one, MistakeError) else None) or 0, "text": str(one)}
        for one in found
    ]


def checked(text: str, file: str) -> Scenario:
    """Return the scenario in a text that can be lived beside today's policy. Raises InputError."""
    scenario = read_given(text, file).scenario
    Question(base=load(TODAY), alternative=scenario).part_in({})
    return scenario

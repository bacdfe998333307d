"""The upper part of a scenario file: what it is called, what it asks, where it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from scenarios.files.checks import (
    Mistakes,
    Place,
    each,
    items,
    known_keys,
    shown,
    table,
    whole_number,
    words,
)

TEXTS = ("title", "question", "caveat")
LANGUAGES = ("nl", "en")
LONGEST_TEXT = {"title": 200, "question": 1000, "caveat": 1000}
"""Characters of the longest text of each kind."""

REQUIRED = {"id": '"my_scenario"', "title": '"My title"'}
"""What every file has, and an example of it."""

KEYS = (
    "id",
    *TEXTS,
    "extends",
    "recommendations",
    "status",
    "letter_lines",
    "compare_with",
    "levers",
    "parameters",
)
RECOMMENDATIONS = 11
LETTER_LENGTH = 566
"""Lines of the letter to parliament."""

ID_PATTERN = r"^[a-z][a-z0-9_]{0,59}$"
STATUS_PATTERN = r"^[KWRN](/[KWRN])*$"
LINES_PATTERN = r"^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$"
ID_ADVICE = (
    "Use small letters, digits and underscores, starting with a letter, at most 60 of them, for"
    " example"
)


def header(place: Place, raw: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    """Return the fields of a Scenario that the upper part of a file gives.

    `mistakes` hears of unknown keys, missing ones (id, title) and wrong values.
    """
    with mistakes.heard():
        known_keys(place, raw, KEYS)
    for key, example in REQUIRED.items():
        if key not in raw:
            advice = f"Every scenario has one; write for example {key} = {example}."
            mistakes.add(place.refusal(f"there is no '{key}'", advice))
    found: dict[str, Any] = {}
    for key, read in READERS.items():
        if key in raw:
            with mistakes.heard():
                found[key] = read(place.at(key), raw[key])
    for key in TEXTS:
        if key in raw:
            with mistakes.heard():
                found |= _in_languages(place.at(key), key, raw[key])
    return found


def valid_id(place: Place, value: object) -> str:
    """Return a scenario's id. Raises InputError with the nearest right one."""
    name = words(place, value)
    if not re.fullmatch(ID_PATTERN, name, re.ASCII):
        likely = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_0123456789")[:60].rstrip("_")
        example = likely or "my_scenario"
        raise place.refusal(f"{shown(name)} cannot be an id", f'{ID_ADVICE} "{example}".')
    return name


def names_of(place: Place, value: object) -> list[str]:
    """Return the scenarios that `extends` names, one or several, each once."""
    if isinstance(value, str):
        return [words(place, value)]
    found = each(place, items(place, value, '["s01_reference"]'), words)
    for index, name in enumerate(found):
        if name in found[:index]:
            raise place.at(index).refusal(f"{shown(name)} is named twice", "Once is enough.")
    return found


def _in_languages(place: Place, key: str, value: object) -> dict[str, str]:
    form = f'{key} = {{ nl = "...", en = "..." }}'
    if isinstance(value, str):
        text = _of_length(place, key, words(place, value))
        return {f"{key}_{language}": text for language in LANGUAGES}
    texts = table(place, value, form)
    if not texts:
        raise place.refusal("found no text", f"Write it in Dutch, English or both: {form}.")
    mistakes, given = Mistakes(), {}
    with mistakes.heard():
        known_keys(place, texts, LANGUAGES)
    for language in LANGUAGES:
        if language in texts:
            at = place.at(language)
            with mistakes.heard():
                given[language] = _of_length(at, key, words(at, texts[language]))
    mistakes.tell()
    spare = next(iter(given.values()))
    return {f"{key}_{language}": given.get(language, spare) for language in LANGUAGES}


def _of_length(place: Place, key: str, text: str) -> str:
    if len(text) > LONGEST_TEXT[key]:
        advice = f"A {key} has at most {LONGEST_TEXT[key]}."
        raise place.refusal(f"found {len(text):,} characters", advice)
    return text


def _recommendations(place: Place, value: object) -> tuple[int, ...]:
    def number(at: Place, entry: object) -> int:
        return whole_number(at, entry, 1, RECOMMENDATIONS, "recommendations of the letter")

    return tuple(sorted(set(each(place, items(place, value, "[3, 6]"), number))))


def _status(place: Place, value: object) -> str:
    status = words(place, value)
    if not re.fullmatch(STATUS_PATTERN, status):
        advice = (
            "Write K (the cabinet does it), W (it is a bill), R (only the researchers suggest it)"
            ' or N (the cabinet limits it), or several as "R/N".'
        )
        raise place.refusal(f"found {shown(status)}", advice)
    return status


def _letter_lines(place: Place, value: object) -> str:
    lines = words(place, value).replace(" ", "")
    if not re.fullmatch(LINES_PATTERN, lines):
        advice = 'Write line numbers of the letter, for example "243-257" or "257,260-262".'
        raise place.refusal(f"found {shown(value)}", advice)
    for part in lines.split(","):
        first, _, last = part.partition("-")
        if not 1 <= int(first) <= int(last or first) <= LETTER_LENGTH:
            advice = f"The letter has lines 1 to {LETTER_LENGTH}; write the lower number first."
            raise place.refusal(f"there are no lines {shown(part)}", advice)
    return lines


READERS: dict[str, Callable[[Place, object], Any]] = {
    "id": valid_id,
    "recommendations": _recommendations,
    "status": _status,
    "letter_lines": _letter_lines,
}
"""What reads each key that is not a text in two languages."""

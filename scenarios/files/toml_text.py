"""TOML as people type it: what cannot be read is told in plain words, and read around.

The standard parser stops at the first mistake. A line that cannot be read is told and then read as
if it held a text, so that what is wrong with the rest of the file is found in one go.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model.errors import InputError, printable, shortened
from scenarios.files.checks import MistakeError, Mistakes

MOST_BROKEN = 50
"""Lines that cannot be read, after which the rest of a file is no longer looked at."""

LONG_LINE = 120
DEEPEST = 40
"""Lists and tables within each other that nobody needs."""

_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_TEXTS = re.compile(r"""\"[^"]*\"|'[^']*'|#.*""")
_ASSIGNMENT = re.compile(r"""\s*(?P<key>[\w."' -]+?)\s*=""", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a file holds: its `table`, the `text` that was read, and the lines read around."""

    table: Mapping[str, Any]
    text: str
    broken: frozenset[int]


def parsed(text: str, file: str, mistakes: Mistakes, *, is_shown: bool) -> Source:
    """Return what a TOML text holds; `mistakes` hears of every line that cannot be read.

    `is_shown` says whether messages may show a line of the file. Raises InputError when the rest
    cannot be read either.
    """
    lines, shown_lines = text.split("\n"), text.split("\n") if is_shown else []
    broken: set[int] = set()
    while True:
        try:
            table = tomllib.loads("\n".join(lines))
        except (RecursionError, tomllib.TOMLDecodeError) as error:
            _refuse_nested(text, file, error)
            number = _told(str(error), file, shown_lines, len(lines), broken, mistakes)
            if number is None or not _read_around(lines, number, broken):
                mistakes.tell()
        except ValueError as error:
            message = f"{file}: a number or date in it is beyond all bounds ({error})."
            raise InputError(message) from None
        else:
            return Source(table=table, text="\n".join(lines), broken=frozenset(broken))


def _told(
    error: str,
    file: str,
    lines: list[str],
    last: int,
    broken: set[int],
    mistakes: Mistakes,
) -> int | None:
    """Tell what the parser found, in plain words; return the line, or None at the file's end."""
    position = _POSITION.search(error)
    reason = printable(_POSITION.sub("", error).strip().rstrip("."))
    if position is None or position[1] is None:
        advice = "Something that was opened is not closed: a quote, a bracket or a brace."
        message = f"{file}, line {last - 1}: the file stops too early ({reason}). {advice}"
        mistakes.add(MistakeError(file, last - 1, message))
        return None
    number = int(position[1])
    if number not in broken:
        line = lines[number - 1].strip() if number <= len(lines) else ""
        where = f"{file}, line {number}, column {position[2]}"
        found = f": {shortened(printable(line), LONG_LINE)}" if line else ""
        message = f"{where}: this cannot be read ({reason}){found}\n{hint(reason, line)}"
        mistakes.add(MistakeError(file, number, message))
    return number


def _read_around(lines: list[str], number: int, broken: set[int]) -> bool:
    """Put a text in the place of what a line assigns, or take it out; say whether that can be.

    A line that opens or closes something over several lines is left: what follows hangs on it.
    """
    if number > len(lines) or len(broken) >= MOST_BROKEN:
        return False
    line = lines[number - 1]
    key = _ASSIGNMENT.match(line)
    if number in broken:
        if not line:
            return False
        lines[number - 1] = ""
        return True
    if line.count("[") != line.count("]") or '"""' in line or "'''" in line:
        return False
    if key is None and line.lstrip()[:1] in {"[", "]", "{", "}", ""}:
        return False
    broken.add(number)
    lines[number - 1] = f'{key["key"]} = "?"' if key else ""
    return True


def _refuse_nested(text: str, file: str, error: Exception) -> None:
    """Raise InputError if lists and tables are nested too deeply.

    How deep the parser itself can go depends on who called it, so its word is not enough.
    """
    line = _too_deep(text)
    if line is None and isinstance(error, RecursionError):
        line = 1
    if line is not None:
        where = f"{file}, line {line}"
        message = f"{where}: lists or tables are nested too deeply. A scenario needs two levels."
        raise InputError(message) from None


def _too_deep(text: str) -> int | None:
    """Return the line in which lists and tables are first nested too deeply, if there is one."""
    depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for sign in _TEXTS.sub("", line):
            depth += (sign in "[{") - (sign in "]}")
            if depth > DEEPEST:
                return number
    return None


def hint(reason: str, line: str) -> str:
    """Return what is most likely wrong with a line."""
    if re.search(r"=\s*\d{4}-\d{2}(?!-?\d)", line):
        return 'A month stands between quotes, for example start = "2028-01".'
    if "overwrite" in reason or "twice" in reason or "Cannot declare" in reason:
        return "The same key or section stands in the file twice. Keep one of them."
    if re.search(r"=\s*(True|False|yes|no|ja|nee)\b", line):
        return "Yes and no are written true and false, in small letters, without quotes."
    if re.search(r"\d,\d", line) and "[" not in line:
        return "A decimal point is a point, not a comma: 0.5."
    if line.count('"') % 2:
        return "A text begins and ends with a double quote on the same line."
    if line.count("{") != line.count("}") or re.search(r",\s*}", line):
        return "What stands between { and } stays on one line, with no comma before the }."
    if "=" not in line and not line.startswith("["):
        return "Every line is: name = value. Comments begin with #."
    return "Texts and months stand between double quotes; numbers, true and false do not."

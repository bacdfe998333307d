"""A name for a plan of one's own: it becomes the title and the id of its scenario file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from dashboards.pages.plans import own
from model.errors import InputError
from scenarios.authoring.template import header_lines
from scenarios.files.header import ID_PATTERN
from scenarios.files.load import names

LONGEST = 80
"""Signs of a name."""

HELD = re.compile(r"(id|title(\s*\.\s*(nl|en))?)\s*=")
"""How a line begins that says what a file is called."""

HEADING = re.compile(r"\[\[?\s*([\w\".-]+)")


def tidy(name: object) -> str:
    """Return a name as it is kept: on one line, without signs that nobody sees."""
    text = unicodedata.normalize("NFC", name) if isinstance(name, str) else ""
    seen = "".join(" " if sign.isspace() else sign for sign in text)
    plain = "".join(sign for sign in seen if unicodedata.category(sign)[0] != "C")
    return " ".join(plain.split())[:LONGEST].strip()


def id_of(name: str) -> str:
    """Return the id of a scenario with a name: no shipped one has it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:50].rstrip("_")
    if not re.fullmatch(ID_PATTERN, found) or found in names():
        found = f"plan_{found}".rstrip("_")
    return found


def named(text: str, name: str, file: str) -> str:
    """Return a scenario file under another name; all else in it stays as it is written.

    Raises InputError when the file is wrong, or when its title is written so that it cannot be
    found.
    """
    before = own.checked(text, file)
    made = _laid(text, name)
    wanted = replace(before, id=id_of(name), title_nl=name, title_en=name)
    try:
        if own.checked(made, file) == wanted:
            return made
    except InputError:
        pass
    raise InputError(
        f'{file}: the title could not be replaced. Write it on one line, as title = "My plan".'
    )


def _laid(text: str, name: str) -> str:
    """Return a file with its id and title on lines of their own, where the first of them stood."""
    lines = text.splitlines()
    kept: list[str] = []
    at: int | None = None
    part = ""
    for line in lines:
        heading = HEADING.match(line.strip())
        if heading is not None:
            part = heading[1]
        if part == "title" or (not part and HELD.match(line.strip())):
            at = len(kept) if at is None and part != "title" else at
        else:
            kept.append(line)
    kept[at or 0 : at or 0] = header_lines(id_of(name), {"nl": name, "en": name})
    return "".join(f"{line}\n" for line in kept)

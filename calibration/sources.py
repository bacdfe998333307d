"""The sources of the model: what each is, where it is, and what of it was read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

import model
import scenarios
from model.errors import InputError
from model.registry import BY_PARAMETER

SOURCES = Path(model.__file__).parent / "evidence" / "sources.toml"

ASSUMPTION = "assumption"
"""The kind of a source that is none: a number that the makers assumed."""

_CITED = re.compile(r"\bS\d{1,3}[a-z]?\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One source; `url` is empty where it was recalled and never read, or is none at all."""

    key: str
    title: str
    publisher: str
    year: str
    url: str
    read: str
    kind: str


def load_sources(path: Path = SOURCES) -> dict[str, Source]:
    """Return all sources by key. Raises InputError for a file or an entry that is not right."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name}: {error}. Each source begins with [its key].") from error
    return {key: _source(key, entry, path.name) for key, entry in raw.items()}


def _source(key: str, entry: object, file: str) -> Source:
    names = [item.name for item in fields(Source) if item.name != "key"]
    if not isinstance(entry, dict) or set(entry) != set(names):
        found = ", ".join(entry) if isinstance(entry, dict) else repr(entry)
        raise InputError(f"{file}: source '{key}' has {found}; it needs {', '.join(names)}.")
    for name in names:
        if not isinstance(entry[name], str) or (not entry[name].strip() and name != "url"):
            raise InputError(f"{file}: source '{key}': {name} is {entry[name]!r}; give words.")
    return Source(key=key, **entry)


def used_keys() -> set[str]:
    """Return every source key that a parameter names or that the text of the model cites."""
    used = {row.source for row in BY_PARAMETER.values()}
    code = sorted(Path(model.__file__).parent.rglob("*.py"))
    files = sorted((Path(scenarios.__file__).parent / "library").glob("*.toml"))
    for path in (*code, *files):
        used.update(_CITED.findall(path.read_text(encoding="utf-8")))
    return used

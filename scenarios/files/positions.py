"""Where each key of a TOML file stands, so that a message can name the line.

The standard parser keeps no positions. This walks text that the parser has already accepted, and
is only asked when there is something to complain about.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter

Path = tuple[str | int, ...]
"""Keys from the top of the file down; a number counts the entries of a list from 0."""

_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)"
    r"|(?P<mark>[{}\[\],=.\n])"
    r"""|(?P<bare>[^\s{}\[\],=.#"']+)""",
    re.DOTALL,
)
_ENDS_VALUE = frozenset(",]}\n")


def key_lines(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every key and list entry of a valid TOML text."""
    return _Walk(text).lines


class _Walk:
    """One pass over the tokens of a file; `lines` is the result."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens = _tokens(text)
        self._at = 0
        self._tables: Counter[Path] = Counter()
        prefix: Path = ()
        while self._skip("\n"):
            if self._next() == "[":
                prefix = self._header()
            else:
                self._pair(prefix)

    def _next(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, int]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip(self, marks: str) -> bool:
        """Pass over marks; return whether anything is left."""
        while self._next() and self._next() in marks:
            self._at += 1
        return bool(self._next())

    def _key(self) -> list[str]:
        parts = [_plain(self._take()[0])]
        while self._next() == ".":
            self._take()
            parts.append(_plain(self._take()[0]))
        return parts

    def _header(self) -> Path:
        line = self._take()[1]
        is_list = self._next() == "["
        self._skip("[")
        path: Path = ()
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
            if self._tables[path] and not (is_list and self._next() == "]"):
                path = (*path, self._tables[path] - 1)
        self._skip("]")
        if is_list:
            path = path if isinstance(path[-1], str) else path[:-1]
            self._tables[path] += 1
            path = (*path, self._tables[path] - 1)
            self.lines[path] = line
        return path

    def _pair(self, prefix: Path) -> None:
        line = self._tokens[self._at][1]
        path = prefix
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._skip("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._take()[0]
        if opening == "{":
            while self._skip(",\n") and self._next() != "}":
                self._pair(path)
            self._take()
        elif opening == "[":
            index = 0
            while self._skip(",\n") and self._next() != "]":
                self.lines[(*path, index)] = self._tokens[self._at][1]
                self._value((*path, index))
                index += 1
            self._take()
        else:
            while self._next() and self._next() not in _ENDS_VALUE:
                self._take()


def _tokens(text: str) -> list[tuple[str, int]]:
    found, line, read = [], 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", read, match.start())
        read = match.start()
        if match.lastgroup != "comment":
            found.append((match.group(), line))
    return found


def _plain(key: str) -> str:
    """Return a key without its quotes."""
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key

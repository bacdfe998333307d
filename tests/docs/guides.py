"""Guides that are walked through as their reader would: what they show is what is said today.

    python -m tests.docs.guides

walks through all of them and puts the output of today in place of theirs. That does numbers; where
words changed, it says which line is no longer said.

In a guide, commands stand in a fence without a language, a file in one that begins with `# NAME`,
Python in one of its own that is not marked `not-run`; what a `text` fence shows was said by the
fence before it. A line `...` stands for lines that are left out.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from dashboards.cli import main

FOLDER = Path(__file__).parents[2] / "docs" / "guides"
GUIDES = ("first_comparison", "adviser", "own_rule", "from_mesa")
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NUMBER = re.compile(r"[-+]?\d[\d,.]*")
LEFT_OUT = "..."


class NoLongerSaidError(Exception):
    """A guide shows lines that its commands do not say."""


def path_of(name: str) -> Path:
    """Return where a guide stands."""
    return FOLDER / f"{name}.md"


@dataclass
class Walk:
    """One walk through a guide, in the folder it is in."""

    names: dict[str, Any] = field(default_factory=dict)
    said: str = ""

    def renewed(self, guide: str) -> str:
        """Return a guide with the output of today. Raises NoLongerSaidError."""
        return FENCE.sub(self._fence, guide)

    def _fence(self, found: re.Match[str]) -> str:
        language, text = found[1], found[2]
        if language == "text":
            return f"```text\n{shown(text, self.said)}```"
        with contextlib.redirect_stdout(io.StringIO()) as out:
            if language == "python":
                exec(compile(text, "guide", "exec"), self.names)  # noqa: S102 - our own guide
            elif language == "toml":
                Path(text.split()[1]).write_text(text, encoding="utf-8")
            elif language == "":
                self._commands(text)
        self.said = out.getvalue()
        return found[0]

    def _commands(self, text: str) -> None:
        for line in text.splitlines():
            status = main(shlex.split(line)[1:])
            if status != 0:
                message = f"{line}: exit status {status}"
                raise NoLongerSaidError(message)


def shown(lines: str, said: str) -> str:
    """Return the lines of a guide as they are said today: words must be there, in their order."""
    told = said.splitlines()
    start = 0
    made: list[str] = []
    for is_gap, group in groupby(lines.splitlines(), lambda line: line.strip() == LEFT_OUT):
        part = list(group)
        if not is_gap:
            start, part = _found(part, told, start)
        made += part
    return "".join(f"{line.rstrip()}\n" for line in made)


def _found(part: list[str], told: list[str], start: int) -> tuple[int, list[str]]:
    wanted = [_words(line) for line in part]
    for k in range(start, len(told) - len(part) + 1):
        if [_words(line) for line in told[k : k + len(part)]] == wanted:
            return k + len(part), told[k : k + len(part)]
    message = "\n".join(["no longer said in this place:", *part, "", "said is:", *told[start:]])
    raise NoLongerSaidError(message)


def _words(line: str) -> str:
    return " ".join(NUMBER.sub("#", line).split())


@contextlib.contextmanager
def empty_room() -> Iterator[Path]:
    """Stand in a new folder, with lines of one length."""
    before = os.environ.get("COLUMNS")
    with tempfile.TemporaryDirectory() as room, contextlib.chdir(room):
        os.environ["COLUMNS"] = "100"
        try:
            yield Path(room)
        finally:
            if before is None:
                del os.environ["COLUMNS"]
            else:
                os.environ["COLUMNS"] = before


def renew() -> None:
    """Put the output of today into every guide."""
    for name in GUIDES:
        text = path_of(name).read_text("utf-8")
        with empty_room():
            path_of(name).write_text(Walk().renewed(text), encoding="utf-8")


if __name__ == "__main__":
    renew()

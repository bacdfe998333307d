"""What the model cannot say: one text in each language, for `docs/` and for the page Zekerheid."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"en": "limits.md", "nl": "beperkingen.md"}
"""The page of `docs/` in each language."""

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
BOLD = re.compile(r"^\*\*(.+?)\*\*\s*")


@dataclass
class Section:
    """A heading with its paragraphs, and points that may begin with a word in bold."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    points: list[tuple[str, str]] = field(default_factory=list)


def text_of(language: str) -> str:
    """Return the text as Markdown."""
    return Path(__file__).with_name(f"limits.{language}.md").read_text(encoding="utf-8")


def write() -> None:
    """Write the text of each language to its page of `docs/`."""
    for language, name in PAGES.items():
        (DOCS / name).write_text(text_of(language), encoding="utf-8")


@cache
def limits(language: str) -> list[dict[str, Any]]:
    """Return the sections of the text, without links, as plain values."""
    return [asdict(one) for one in sections(text_of(language))]


def sections(text: str) -> list[Section]:
    """Return the sections of a text of headings, paragraphs and points.

    What comes before the first of them is left out: it leads to the other language.
    """
    found: list[Section] = []
    for block in text.split("\n## ")[1:]:
        title, _, rest = block.partition("\n")
        section = Section(title.strip())
        for part in re.split(r"\n\s*\n|\n(?=- )", rest):
            line = LINK.sub(r"\1", " ".join(part.split()))
            if line.startswith("- "):
                point = line.removeprefix("- ")
                bold = BOLD.match(point)
                section.points.append((bold.group(1), point[bold.end() :]) if bold else ("", point))
            elif line:
                section.paragraphs.append(line)
        found.append(section)
    return found

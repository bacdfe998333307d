"""The cache: what lies in it, and how to be rid of it."""

from __future__ import annotations

import argparse

from dashboards.commands.lists import table
from dashboards.commands.terminal import Terminal
from model.disk import cache as kept

WORDS: dict[kept.Kind, str] = {
    "compiled": "compiled code of this and earlier versions of the model",
    "populations": "populations that were laid down",
    "answers": "runs that were asked for on the pages and in programs",
    "downloads": "files as they came from elsewhere",
}


def cache(options: argparse.Namespace) -> int:
    """Print what the cache holds, or clear it."""
    console = Terminal()
    place = kept.folder()
    if place is None:
        console.print(
            "There is no cache: nothing can be written in its folder. Set VEERKRACHT_CACHE to a"
            " folder that can be written; without one the model is compiled each time."
        )
        return 0
    if options.clear is not None:
        freed = kept.clear(options.clear or kept.KINDS)
        console.print(f"{_size(freed)} came free. What is needed again is made again.")
        return 0
    made = table("Cache", "kind", "what", "entries", "size")
    entries = kept.entries()
    for kind in kept.KINDS:
        sizes = [entry.size for entry in entries if entry.kind == kind]
        made.add_row(kind, WORDS[kind], str(len(sizes)), _size(sum(sizes)))
    console.print(made)
    total = sum(entry.size for entry in entries)
    console.print(
        f"{_size(total)} of at most {_size(kept.LIMIT)} in {place}. What was not used for longest"
        " goes first; nothing that you saved lies here. `veerkracht cache --clear` empties it."
    )
    return 0


def _size(n: int) -> str:
    """Return a number of bytes as people write it."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if n >= size:
            return f"{n / size:.1f} {unit}"
    return f"{n} bytes"

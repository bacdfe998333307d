"""The cache: what lies in it, and how to be rid of it."""

from __future__ import annotations

import argparse

from dashboards.commands.lists import table
from dashboards.commands.terminal import Terminal
from dashboards.texts import Texts, texts
from model.disk import cache as kept


def cache(options: argparse.Namespace) -> int:
    """Print what the cache holds, or clear it."""
    console, t = Terminal(), texts(options.language)
    place = kept.folder()
    if place is None:
        console.print(t("cache.nowhere", variable=kept.VARIABLE))
        return 0
    if options.clear is not None:
        freed = kept.clear(options.clear or kept.KINDS)
        console.print(t("cache.freed", size=_size(freed, t)))
        return 0
    made = table("Cache", *(t(f"cache.column.{one}") for one in ("kind", "what", "n", "size")))
    entries = kept.entries()
    for kind in kept.KINDS:
        sizes = [entry.size for entry in entries if entry.kind == kind]
        size = _size(sum(sizes), t)
        made.add_row(kind, t(f"cache.kind.{kind}"), t.number(len(sizes)), size)
    console.print(made)
    total = sum(entry.size for entry in entries)
    most = _size(kept.LIMIT, t)
    console.print(t("cache.whole", size=_size(total, t), most=most, place=str(place)))
    return 0


def _size(n: int, t: Texts) -> str:
    """Return a number of bytes as people write it."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if n >= size:
            return f"{t.number(n / size, 1)} {unit}"
    return f"{t.number(n)} bytes"

"""A bar that shows how far a run is, in a terminal or a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from model.outcomes.observers import Progress


@contextmanager
def shown(progress: Progress | bool | None) -> Iterator[Progress | None]:
    """Give who hears of months: a bar for True, nobody for False or None, else who was given."""
    if not isinstance(progress, bool):
        yield progress
        return
    if not progress:
        yield None
        return
    from tqdm.auto import tqdm  # noqa: PLC0415 - only who wants a bar needs it

    with tqdm(unit=" months", leave=False) as bar:

        def report(done: int, months: int) -> None:
            bar.total = months
            bar.update(done - bar.n)

        yield report

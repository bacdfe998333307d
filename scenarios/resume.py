"""Going on with a run folder: is it the same ensemble, and what in it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from model.errors import StorageError
from scenarios.parts import Part, card_of, check_part, read_card
from scenarios.whole import reason

_SAME = ("made_by", "code_digest", "scenarios", "parameters")
"""What has to be equal for runs to belong together, beside all settings but the replicates."""


def check_same(folder: Path, before: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Raise StorageError, saying what differs, when a folder holds another ensemble."""
    told = ""
    for name, value in asked["settings"].items():
        there = before["settings"].get(name)
        if not told and name != "replicates" and there != value:
            told = f"{name} {there} there, {value} asked"
    ids = [[one["id"] for one in about["scenarios"]] for about in (before, asked)]
    if not told and ids[0] != ids[1]:
        told = f"scenarios {', '.join(ids[0])} there, {', '.join(ids[1])} asked"
    for name in _SAME:
        if not told and before[name] != asked[name]:
            told = f"{name.replace('_', ' ')} not the same"
    if told:
        message = (
            f"{folder} holds another ensemble ({told}). Choose another folder with --out, or ask"
            " for the same again to go on with it."
        )
        raise StorageError(message)


def joined(before: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest of what is there with the replicates that are asked added.

    It says finished only when it did and nothing is added.
    """
    there, wanted = (set(about["settings"]["replicates"]) for about in (before, asked))
    replicates = sorted(there | wanted)
    return {
        **before,
        "finished": before["finished"] and wanted <= there,
        "settings": {**before["settings"], "replicates": replicates},
        "seeds": {**before["seeds"], **asked["seeds"]},
    }


def in_order(table: Path) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of a folder that are whole, and messages on those that were set aside.

    What nobody finished writing is removed. To be called by the only writer of the folder.
    Raises StorageError when the folder cannot be written.
    """
    parts, repaired = [], []
    try:
        for left in table.glob(".*.partial"):
            left.unlink()
        for path in sorted(table.glob("part-*.parquet")):
            try:
                part = read_card(path)
                if part is not None:
                    check_part(part)
            except StorageError:
                _set_aside(path)
                repaired.append(f"{path} was damaged and has been set aside; it is made again.")
                continue
            if part is None:
                path.unlink()
            else:
                parts.append(part)
        for card in table.glob("part-*.json"):
            if not card.with_suffix(".parquet").exists():
                card.unlink()
    except OSError as error:
        raise StorageError(reason(table, error, "write")) from None
    return parts, tuple(repaired)


def _set_aside(path: Path) -> None:
    path.replace(path.with_name(path.name + ".damaged"))
    with suppress(FileNotFoundError):
        card_of(path).unlink()

"""Going on with a run folder: is it the same ensemble, and what in it is whole and its own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from model.disk.whole import reason
from model.errors import StorageError
from scenarios.format.damage import DamagedError
from scenarios.format.manifest import About, expected, layout_of
from scenarios.format.parts import (
    Key,
    Part,
    card_of,
    check_part,
    keys_of,
    number_of,
    parquet_files,
    read_card,
)


def check_same(folder: Path, before: About, asked: About) -> None:
    """Raise StorageError, saying what differs, when a folder holds another ensemble."""
    if before["ensemble"] == asked["ensemble"]:
        return
    raise StorageError(
        f"{folder} holds another ensemble ({_difference(before, asked)}). Choose another folder"
        " with --out, or ask for the same again to go on with it."
    )


def _difference(before: About, asked: About) -> str:
    there: dict[str, object] = {**before["settings"]}
    for name, value in asked["settings"].items():
        if name != "replicates" and there.get(name) != value:
            return f"{name} {there.get(name)} there, {value} asked"
    ids = [[str(one["id"]) for one in about["scenarios"]] for about in (before, asked)]
    if ids[0] != ids[1]:
        return f"scenarios {', '.join(ids[0])} there, {', '.join(ids[1])} asked"
    if before["made_by"] != asked["made_by"]:
        return f"made by {before['made_by']} there, {asked['made_by']} here"
    if before["scenarios"] != asked["scenarios"]:
        return "scenarios of the same names, with other contents"
    return "levers, parameters or outcomes not the same"


def joined(before: About, asked: About) -> About:
    """Return the manifest of what is there with the replicates that are asked added.

    It says finished only when it did and nothing is added.
    """
    there, wanted = (set(about["settings"]["replicates"]) for about in (before, asked))
    return {
        **before,
        "finished": before["finished"] and wanted <= there,
        "settings": {**before["settings"], "replicates": sorted(there | wanted)},
        "seeds": {**before["seeds"], **asked["seeds"]},
    }


def in_order(table: Path, about: About) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of a folder that are whole and belong there, and what was set aside.

    A part is set aside when it is damaged, has the name of a copy, is of another ensemble, or holds
    a run that another part holds already. What nobody finished writing is removed. To be called by
    the only writer of the folder. Raises StorageError when the folder cannot be written.
    """
    parts: list[Part] = []
    repaired: list[str] = []
    try:
        for left in table.glob(".*.partial"):
            left.unlink()
        for path in parquet_files(table):
            part, fault = _judged(path, about, parts)
            if part is not None:
                parts.append(part)
            elif fault is not None:
                _set_aside(path, fault)
                repaired.append(f"{path} {fault.what}; it has been set aside.")
            else:
                path.unlink()
        for card in table.glob("part-*.json"):
            if not card.with_suffix(".parquet").exists():
                card.unlink()
    except OSError as error:
        raise StorageError(reason(table, error, "write")) from None
    return parts, tuple(repaired)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a part does not belong in a folder, and what its name gets at the end."""

    what: str
    ending: str = "foreign"


def _judged(path: Path, about: About, before: list[Part]) -> tuple[Part | None, _Fault | None]:
    """Return a part when it belongs there, else why not; neither when it was never finished."""
    if number_of(path) is None:
        return None, _Fault("has no name of a part (a copy?)")
    try:
        part = read_card(path)
        if part is None:
            return None, None
        if part.ensemble != about["ensemble"]:
            return None, _Fault("belongs to another ensemble")
        check_part(part, layout_of(about))
        _check_named(part, about)
    except StorageError:
        return None, _Fault("was damaged, and its runs are made again", "damaged")
    runs, known = keys_of(part), set[Key]().union(*map(keys_of, before))
    if known & runs or len(runs) < len(part.runs):
        return None, _Fault("holds runs that are there already")
    if not runs <= expected(about):
        return None, _Fault("holds runs that were not asked for")
    return part, None


def _check_named(part: Part, about: About) -> None:
    """Raise StorageError when run.json names another content for a part."""
    if about.get("parts", {}).get(part.path.name, part.sha256) != part.sha256:
        raise DamagedError(part.path, "it is not the part that run.json names")


def _set_aside(path: Path, fault: _Fault) -> None:
    """Give a part, and its card, a name that no part has, and that nothing else has."""
    for one in (path, card_of(path)):
        free = one.with_name(f"{one.name}.{fault.ending}")
        number = 1
        while free.exists():
            number += 1
            free = one.with_name(f"{one.name}.{fault.ending}-{number}")
        with suppress(FileNotFoundError):
            one.replace(free)

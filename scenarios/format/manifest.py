"""`run.json`: all that is needed to make a run again, and to read it without asking today's code.

It carries what was observed (name, layer, unit, moment), the levers and parameters of then, the
scenarios and the settings. `ensemble` is a digest over all that decides which runs belong together,
and stands in every part too; `seal` is a digest over the whole record.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

import numpy as np

from model.aliases import current
from model.calendar import school_years
from model.disk.whole import write_whole
from model.errors import StorageError
from model.policy.record import to_record
from model.policy.scenario import Scenario
from model.registry import BY_PARAMETER, LEVERS
from scenarios.format import format_2
from scenarios.format.damage import AGAIN, DamagedError
from scenarios.format.layout import Composition, Layout, Series, observed_now
from scenarios.format.parts import NAME, Key
from scenarios.format.records import draw_of, made_by
from scenarios.format.sealed import checked, digest_of, is_sealed, read_record, sealed

MANIFEST = "run.json"
FORMAT = 3
"""Changes when what is written can no longer be read by the program of before."""

PACKAGES = ("mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "veerkracht")


class Settings(TypedDict):
    """What an ensemble was asked for; `families` is None for the full size."""

    families: int | None
    years: int
    seed: int
    draws: Literal["none", "prior", "posterior"]
    draws_from: str
    replicates: list[int]


class Number(TypedDict):
    """A lever or parameter as it was: its name, unit, and value where no scenario says otherwise.

    Of a lever that is its value in 2023.
    """

    name: str
    unit: str
    value: float


class About(TypedDict):
    """What run.json says. From `ended` on it is there when the run is finished."""

    program: str
    format: int
    finished: bool
    started: str
    scenarios: list[dict[str, Any]]
    settings: Settings
    seeds: dict[str, int]
    school_years: list[str]
    levers: list[Number]
    parameters: list[Number]
    series: list[Series]
    populations: list[str]
    groups: list[list[str]]
    composition: NotRequired[Composition | None]
    made_by: str
    code_digest: str
    versions: dict[str, str]
    python: str
    ensemble: str
    seal: NotRequired[str]
    draws_sha256: NotRequired[str]
    ended: NotRequired[str]
    parts: NotRequired[dict[str, str]]
    data_digest: NotRequired[str]


_ON, _EXP = " on ", ", exponential of "

_ENSEMBLE = (
    "format", "scenarios", "school_years", "levers", "parameters", "series", "populations",
    "groups", "made_by", "code_digest",
)  # fmt: skip
"""What decides, beside the settings, which runs belong together."""


def manifest(scenarios: Sequence[Scenario], settings: Settings, seeds: Mapping[int, int]) -> About:
    """Return all that is needed to run again, apart from values of parameter draws.

    `seeds` are those of the replicates.
    """
    from model.kernel.compile import code_digest

    layout = observed_now()
    about: About = {
        "program": "veerkracht",
        "format": FORMAT,
        "finished": False,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "scenarios": [to_record(scenario) for scenario in scenarios],
        "settings": settings,
        "seeds": {str(replicate): seed for replicate, seed in seeds.items()},
        "school_years": list(school_years(settings["years"])),
        "levers": [
            {"name": one.name, "unit": one.unit, "value": float(one.base)} for one in LEVERS
        ],
        "parameters": [
            {"name": name, "unit": row.unit, "value": row.value}
            for name, row in BY_PARAMETER.items()
        ],
        "series": list(layout.series),
        "populations": list(layout.populations),
        "groups": [list(group) for group in layout.groups],
        "composition": layout.composition,
        "made_by": made_by(),
        "code_digest": code_digest(),
        "versions": {name: metadata.version(name) for name in PACKAGES},
        "python": python_here(),
        "ensemble": "",
    }
    plain: About = json.loads(json.dumps(about))
    plain["ensemble"] = ensemble_id(plain)
    return plain


def python_here() -> str:
    """Return by which Python numbers are made here, and on which platform.

    It is system and processor, and for which processors the code is that NumPy takes for an
    exponential: people are laid down with it, and its last digit is another one in each.
    """
    found = np.lib.introspect.opt_func_info(func_name="^exp$", signature="float64")
    of_numpy = found.get("exp", {}).get("dd", {}).get("current", "")
    told = f"{_EXP}{of_numpy}" if of_numpy else ""
    return f"{platform.python_version()}{_ON}{sys.platform} {platform.machine()}{told}"


def platforms(then: str, here: str) -> tuple[str, str]:
    """Return the platforms then and here, of what `python_here` told; empty where they are one.

    A run of before told of no exponential, which then counts for nothing.
    """
    ends = [one.partition(_ON)[2] for one in (then, here)]
    if any(_EXP not in one for one in ends):
        ends = [one.partition(_EXP)[0] for one in ends]
    return ("", "") if ends[0] == ends[1] else (ends[0], ends[1])


def ensemble_id(about: Mapping[str, Any]) -> str:
    """Return the digest over what decides which runs belong together.

    More replicates of the same are the same ensemble; other scenarios, another order of them (the
    first is the base) or other settings are another.
    """
    settings = {name: one for name, one in about["settings"].items() if name != "replicates"}
    return digest_of({**{name: about[name] for name in _ENSEMBLE}, "settings": settings})


def layout_of(about: About) -> Layout:
    """Return what the rows and columns of a run's parts mean, by what the run itself says.

    Outcomes that were renamed since have their names of today.
    """
    groups = tuple((dimension, group) for dimension, group in about["groups"])
    series = tuple(map(_named_now, about["series"]))
    return Layout(series, tuple(about["populations"]), groups, about.get("composition"))


def _named_now(series: Series) -> Series:
    sized_as = series["sized_as"]
    return {
        **series,
        "outcome": current("outcome", series["outcome"]),
        "sized_as": None if sized_as is None else current("outcome", sized_as),
    }


def expected(about: About) -> set[Key]:
    """Return the runs that a finished folder has."""
    settings = about["settings"]
    pairs = [(0, replicate) for replicate in settings["replicates"]]
    if settings["draws"] != "none":
        pairs += [(draw_of(replicate), replicate) for replicate in settings["replicates"]]
    return {(one["id"], draw, replicate) for one in about["scenarios"] for draw, replicate in pairs}


def write_about(folder: Path, about: About) -> About:
    """Write run.json, sealed, and return what stands in it. Raises StorageError."""
    written = sealed(about)
    text = json.dumps(written, indent=1, ensure_ascii=False)
    write_whole(folder / MANIFEST, (text + "\n").encode())
    return written


def read_about(folder: Path) -> About:
    """Return what run.json says. Raises StorageError when it is missing, damaged or not ours."""
    path = folder / MANIFEST
    if not path.exists():
        raise StorageError(_no_run(folder))
    record = read_record(path)
    number = record.get("format")
    if record.get("program") != "veerkracht" or not isinstance(number, int):
        raise DamagedError(path, "it does not say that veerkracht wrote it", AGAIN)
    if number == format_2.FORMAT:
        about = checked(About, format_2.translated(record, folder), path)
    elif number == FORMAT:
        about = checked(About, record, path)
    else:
        message = (
            f"{path} has format {number}; this version of veerkracht reads formats"
            f" {format_2.FORMAT} and {FORMAT}. Read it with the version that wrote it."
        )
        raise StorageError(message)
    _check_facts(about, path)
    if number == FORMAT:
        _check_seal(record, path)
    return about


def _no_run(folder: Path) -> str:
    remedy = "Give one in which a run was saved with --out."
    if folder.is_file():
        return f"{folder} is a file and not the folder of a run. {remedy}"
    if folder.exists():
        return f"{folder} is not the folder of a run: it has no {MANIFEST}. {remedy}"
    return f"there is no folder {folder}. {remedy}"


def _check_seal(record: Mapping[str, Any], path: Path) -> None:
    if record["ensemble"] != ensemble_id(record):
        what = "its scenarios, settings or parameters are not those that were run"
        raise DamagedError(path, what, AGAIN)
    if not is_sealed(record):
        raise DamagedError(path, "it was changed after it was written", AGAIN)


def _check_facts(about: About, path: Path) -> None:
    """Raise StorageError when fields of a manifest contradict each other."""
    settings, finished = about["settings"], about["finished"]
    replicates = settings["replicates"]
    ids = [one.get("id") for one in about["scenarios"]]
    columns = [name for one in about["series"] for name in (one["total"], one["of"])]
    composition = about.get("composition")
    columns += [] if composition is None else [composition["column"]]
    faults = {
        "scenarios has none, one without an id, or one twice": not ids
        or not all(isinstance(one, str) and one for one in ids)
        or len(set(ids)) < len(ids),
        "settings.replicates are not different whole numbers from 0 on": not replicates
        or min(replicates) < 0
        or len(set(replicates)) < len(replicates),
        "seeds are not those of its replicates": set(about["seeds"]) != set(map(str, replicates)),
        "settings.years is less than 1": settings["years"] < 1,
        "series names a column twice": len(set(columns)) < len(columns),
        "groups are not pairs of dimension and group": bool({*map(len, about["groups"])} - {2}),
        "ended, parts or data_digest is missing": finished
        and not {"ended", "parts", "data_digest"} <= set(about),
        "draws_sha256 is missing": finished
        and settings["draws"] != "none"
        and "draws_sha256" not in about,
        "parts has a name that no part has": not all(map(NAME.fullmatch, about.get("parts", {}))),
    }
    for what, is_so in faults.items():
        if is_so:
            raise DamagedError(path, what, AGAIN)

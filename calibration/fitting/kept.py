"""What fits and studies keep on the disk: their plan, the places of runs, and each run as it ends.

A run is a small file of its own, written whole. Whatever is killed, the same command goes on with
what is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration.fitting.plan import Recorded, differences
from model.disk.whole import write_whole
from model.errors import InputError, StorageError
from scenarios.store.lock import writing

PLAN, RESULT = "plan.json", "result.json"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What one run showed: a number for each target by id, or in `failed` why it ended early."""

    wave: int
    number: int
    values: Mapping[str, float | None]
    failed: str
    made_by: str


class Folder:
    """The folder of a calibration or a study; only `opened` gives one to write in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def places(self, wave: int) -> np.ndarray | None:
        """Return where a wave's runs lie (runs, numbers); None before they were chosen."""
        path = self.path / f"wave-{wave}.json"
        return np.array(_read(path)["z"]) if path.exists() else None

    def keep_places(self, wave: int, z: np.ndarray) -> None:
        """Write where a wave's runs lie."""
        write_whole(self.path / f"wave-{wave}.json", _text({"wave": wave, "z": z.tolist()}))

    def runs(self, wave: int) -> dict[int, Shown]:
        """Return the runs of a wave that have ended, by number."""
        found = (Shown(**_read(path)) for path in sorted(self.path.glob(f"runs/{wave}-*.json")))
        return {one.number: one for one in found}

    def keep_run(self, run: Shown) -> None:
        """Write a run that has ended."""
        path = self.path / "runs" / f"{run.wave}-{run.number:05d}.json"
        write_whole(path, _text(asdict(run)), is_lasting=False)

    def keep(self, name: str, record: Mapping[str, Any]) -> None:
        """Write a record under a name."""
        write_whole(self.path / name, _text(record))


@contextmanager
def opened(path: Path, plan: Recorded) -> Iterator[Folder]:
    """Open the folder of a plan, new or of the same plan, as its only writer.

    Raises InputError with the differences where another plan lies there, and StorageError.
    """
    if path.exists() and not (path / PLAN).exists() and any(path.iterdir()):
        raise InputError(f"{path} holds other things. Choose a new folder with --out.")
    try:
        (path / "runs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{path} cannot be made: {error.strerror}.") from None
    with writing(path):
        if (path / PLAN).exists():
            told = differences(_read(path / PLAN), json.loads(_text(plan.record)))
            if told:
                raise InputError(
                    f"{path} holds another plan. {'; '.join(told)}. Ask the same again, or"
                    " choose a new folder with --out."
                )
        else:
            write_whole(path / PLAN, _text(plan.record))
        yield Folder(path)


def matrix(runs: Mapping[int, Shown], n: int, names: Sequence[str]) -> np.ndarray:
    """Return what runs 0 to n - 1 showed (runs, names); NaN for what failed or was not seen."""
    found = np.full((n, len(names)), np.nan)
    for number, run in runs.items():
        for k, name in enumerate(names):
            value = run.values.get(name)
            if value is not None:
                found[number, k] = value
    return found


def _text(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, indent=1, allow_nan=False) + "\n").encode()


def _read(path: Path) -> Any:  # noqa: ANN401 - what stands in a file
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise StorageError(
            f"{path} cannot be read: {error}. Remove it and run the same again."
        ) from None

"""Run folders: `run.json`, which has all that is needed to run again, and parts of the table.

A folder says that it is finished only after everything in it has been written. Until then it can be
gone on with: what it holds is kept, what is missing is lived.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from model.compiled import code_digest
from model.errors import StorageError
from model.parameters import BY_PARAMETER
from model.scenario import Scenario
from scenarios.living import Run, made_by
from scenarios.locks import LOCK, writing
from scenarios.parts import Part, read_card, write_part
from scenarios.record import to_record
from scenarios.resume import check_same, in_order, joined
from scenarios.whole import reason, write_whole

if TYPE_CHECKING:
    import pandas as pd

MANIFEST, TABLE, DRAWS = "run.json", "outcomes", "draws.parquet"
FORMAT = 2
"""Changes when folders of before can no longer be read."""

PACKAGES = ("mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "veerkracht")

RUNS_PER_PART = 32
"""Runs that a part holds at most; about 4 MB."""

FLUSH_SECONDS = 10.0
SHARE_AT_RISK = 0.05
"""What is not yet written is at most this share of what has been lived, or ten seconds of it; so
a long ensemble does not leave thousands of small parts."""

Key = tuple[str, int, int]
"""A run: scenario, draw and replicate."""


def manifest(
    scenarios: Sequence[Scenario], settings: Mapping[str, Any], seeds: Mapping[int, int]
) -> dict[str, Any]:
    """Return all that is needed to run again, apart from values of parameter draws.

    `settings` holds families, years, seed, draws and replicates; `seeds` those of the replicates.
    """
    about = {
        "program": "veerkracht",
        "format": FORMAT,
        "finished": False,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "scenarios": [to_record(scenario) for scenario in scenarios],
        "settings": dict(settings),
        "seeds": {str(replicate): seed for replicate, seed in seeds.items()},
        "parameters": {name: row.value for name, row in BY_PARAMETER.items()},
        "made_by": made_by(),
        "code_digest": code_digest(),
        "versions": {name: metadata.version(name) for name in PACKAGES},
        "python": f"{platform.python_version()} on {sys.platform} {platform.machine()}",
    }
    plain: dict[str, Any] = json.loads(json.dumps(about))
    return plain


class Writer:
    """Writes runs into a folder that is locked for it. Made by `open_folder`."""

    def __init__(self, folder: Path, about: dict[str, Any], parts: list[Part]) -> None:
        self.folder, self.about, self.parts = folder, about, parts
        self.repaired: tuple[str, ...] = ()
        self._waiting: list[Run] = []
        self._began = self._written = time.monotonic()

    @property
    def held(self) -> set[Key]:
        """The runs that are safe on the disk."""
        return {key for part in self.parts for key in _keys(part)}

    def add(self, runs: Iterable[Run]) -> None:
        """Take runs, and write a part when there are enough or it is time. Raises StorageError."""
        self._waiting.extend(runs)
        now = time.monotonic()
        patience = max(FLUSH_SECONDS, SHARE_AT_RISK * (now - self._began))
        if len(self._waiting) >= RUNS_PER_PART or now - self._written > patience:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting. Raises StorageError; what was waiting is then lost."""
        waiting, self._waiting = self._waiting, []
        while waiting:
            now, waiting = waiting[:RUNS_PER_PART], waiting[RUNS_PER_PART:]
            self.parts.append(write_part(self._next_path(), now))
        self._written = time.monotonic()

    def keep_draws(self, draws: Mapping[int, Mapping[str, float]]) -> None:
        """Write the parameters of draws, by number. Raises StorageError."""
        table = pa.Table.from_pylist([{"draw": k, **draws[k]} for k in sorted(draws)])
        buffer = pa.BufferOutputStream()
        pq.write_table(table, buffer, compression="zstd")
        content = memoryview(buffer.getvalue())
        write_whole(self.folder / DRAWS, content)
        self.about["draws_sha256"] = hashlib.sha256(content).hexdigest()

    def finish(self) -> dict[str, Any]:
        """Write what is waiting, and say in run.json that the folder is finished; return that."""
        self.flush()
        self.about |= {
            "finished": True,
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "parts": {part.path.name: part.sha256 for part in self.parts},
            "data_digest": data_digest(self.parts),
        }
        write_about(self.folder, self.about)
        return self.about

    def _next_path(self) -> Path:
        last = max((int(part.path.stem.split("-")[1]) for part in self.parts), default=-1)
        return self.folder / TABLE / f"part-{last + 1:05d}.parquet"


@contextmanager
def open_folder(folder: Path, about: dict[str, Any]) -> Iterator[Writer]:
    """Open a folder to write the runs of `about`: a new one, or one that holds a part of them.

    Parts that are damaged are set aside (`….damaged`) and named in `repaired`. Whatever ends the
    writing, the runs that came are written before the lock is given back, if the disk lets us.

    Raises StorageError when another process writes there, when the folder holds something else,
    and when it cannot be written.
    """
    _prepare(folder)
    with writing(folder):
        writer = _resumed(folder, about)
        try:
            yield writer
        except StorageError:
            raise
        except BaseException:
            with suppress(StorageError):
                writer.flush()
            raise


def read_about(folder: Path) -> dict[str, Any]:
    """Return what run.json says. Raises StorageError when it is missing, damaged or not ours."""
    path = folder / MANIFEST
    try:
        about = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        message = f"{folder} is not the folder of a run: it has no {MANIFEST}."
        raise StorageError(message) from None
    except OSError as error:
        raise StorageError(reason(path, error, "read")) from None
    except ValueError:
        message = f"{path} is damaged. Its numbers are not used; run it again into another folder."
        raise StorageError(message) from None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        message = f"{path} was not written by this version of veerkracht, and cannot be read by it."
        raise StorageError(message)
    return about


def write_about(folder: Path, about: Mapping[str, Any]) -> None:
    """Write run.json. Raises StorageError."""
    text = json.dumps(about, indent=1, ensure_ascii=False)
    write_whole(folder / MANIFEST, (text + "\n").encode())


def read_parts(folder: Path) -> list[Part]:
    """Return the finished parts of a folder, in order. Raises StorageError when one is damaged."""
    found = (read_card(path) for path in sorted((folder / TABLE).glob("part-*.parquet")))
    return [part for part in found if part is not None]


def finished_parts(folder: Path, about: Mapping[str, Any]) -> list[Part]:
    """Return the parts of a run that says it is finished.

    Raises StorageError when it does not, or when a part is not the one that was written.
    """
    if not about["finished"]:
        message = f"{folder} is not finished. Run the same again with --out {folder} to go on."
        raise StorageError(message)
    parts = read_parts(folder)
    if {part.path.name: part.sha256 for part in parts} != about["parts"]:
        message = (
            f"{folder}: the parts are not those that run.json names. Its numbers are not used. Run"
            " the same again with the same --out to mend it."
        )
        raise StorageError(message)
    return parts


def read_draws(folder: Path) -> pd.DataFrame:
    """Return the parameters of the draws of a run: columns `draw` and dotted names.

    Without draws it has no rows. Raises StorageError when the file is not what was written.
    """
    import pandas as pd

    written = read_about(folder).get("draws_sha256")
    if written is None:
        return pd.DataFrame({"draw": pd.Series(dtype="int64")})
    try:
        content = (folder / DRAWS).read_bytes()
    except OSError as error:
        raise StorageError(reason(folder / DRAWS, error, "read")) from None
    if hashlib.sha256(content).hexdigest() != written:
        message = f"{folder / DRAWS} is damaged. Run the same again with the same --out to mend it."
        raise StorageError(message)
    return pd.read_parquet(io.BytesIO(content))


def data_digest(parts: Iterable[Part]) -> str:
    """Return the SHA-256 (hex) over the digests of all runs, in order of draw, replicate, scenario.

    It does not depend on how runs are spread over parts.
    """
    lines = sorted(
        (one.draw, one.replicate, one.scenario, one.digest) for part in parts for one in part.runs
    )
    return hashlib.sha256(
        "\n".join(" ".join(map(str, line)) for line in lines).encode()
    ).hexdigest()


def _keys(part: Part) -> list[Key]:
    return [(one.scenario, one.draw, one.replicate) for one in part.runs]


def _resumed(folder: Path, about: dict[str, Any]) -> Writer:
    """Return a writer over what a folder holds already, put in order."""
    is_new = not (folder / MANIFEST).exists()
    if not is_new:
        before = read_about(folder)
        check_same(folder, before, about)
        about = joined(before, about)
    parts, repaired = in_order(folder / TABLE)
    if is_new or repaired or not about["finished"]:
        about |= {"finished": False}
        write_about(folder, about)
    writer = Writer(folder, about, parts)
    writer.repaired = repaired
    return writer


def _prepare(folder: Path) -> None:
    """Make a folder for a run, or see that it is one. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        inside = {path.name for path in folder.iterdir()} - {LOCK, TABLE}
        if inside and MANIFEST not in inside:
            message = f"{folder} has other things in it. Choose an empty or new folder with --out."
            raise StorageError(message)
        (folder / TABLE).mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError(reason(folder, error, "write")) from None

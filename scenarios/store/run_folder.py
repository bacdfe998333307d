"""Run folders: `run.json`, which has all that is needed to run again, and parts of the numbers.

A folder says that it is finished only after everything in it has been written. Until then it can be
gone on with: what it holds is kept, what is missing is lived.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from model.disk.whole import reason, write_whole
from model.errors import StorageError
from scenarios.format.damage import DamagedError
from scenarios.format.manifest import MANIFEST, About, expected, layout_of, read_about, write_about
from scenarios.format.parts import (
    Key,
    Part,
    keys_of,
    number_of,
    parquet_files,
    read_card,
    write_part,
)
from scenarios.format.records import Run
from scenarios.store.lock import LOCK, NOTE, writing
from scenarios.store.resume import check_same, in_order, joined

if TYPE_CHECKING:
    import pandas as pd

TABLE, DRAWS = "outcomes", "draws.parquet"

RUNS_PER_PART = 32
"""Runs that a part holds at most; about 4 MB."""

FLUSH_SECONDS = 10.0
SHARE_AT_RISK = 0.05
"""What is not yet written is at most this share of what has been lived, or ten seconds of it; so
a long ensemble does not leave thousands of small parts."""


class Writer:
    """Writes runs into a folder that is locked for it. Made by `open_folder`."""

    def __init__(
        self, folder: Path, about: About, parts: list[Part], repaired: tuple[str, ...] = ()
    ) -> None:
        self.folder, self.about, self.parts, self.repaired = folder, about, parts, repaired
        self._waiting: list[Run] = []
        self._began = self._written = time.monotonic()

    @property
    def held(self) -> set[Key]:
        """The runs that are safe on the disk."""
        return held(self.parts)

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
        ensemble, layout = self.about["ensemble"], layout_of(self.about)
        while waiting:
            now, waiting = waiting[:RUNS_PER_PART], waiting[RUNS_PER_PART:]
            self.parts.append(write_part(self._next_path(), now, ensemble, layout))
        self._written = time.monotonic()

    def keep_draws(self, draws: Mapping[int, Mapping[str, float]]) -> None:
        """Write the parameters of draws, by number. Raises StorageError."""
        table = pa.Table.from_pylist([{"draw": k, **draws[k]} for k in sorted(draws)])
        buffer = pa.BufferOutputStream()
        pq.write_table(table, buffer, compression="zstd")
        content = memoryview(buffer.getvalue())
        write_whole(self.folder / DRAWS, content)
        self.about["draws_sha256"] = hashlib.sha256(content).hexdigest()

    def finish(self) -> About:
        """Write what is waiting, and say in run.json that the folder is finished; return that."""
        self.flush()
        self.about["finished"] = True
        self.about["ended"] = datetime.now(UTC).isoformat(timespec="seconds")
        self.about["parts"] = {part.path.name: part.sha256 for part in self.parts}
        self.about["data_digest"] = data_digest(self.parts)
        self.about = write_about(self.folder, self.about)
        return self.about

    def _next_path(self) -> Path:
        last = max((number_of(part.path) or 0 for part in self.parts), default=-1)
        return self.folder / TABLE / f"part-{last + 1:05d}.parquet"


@contextmanager
def open_folder(folder: Path, about: About) -> Iterator[Writer]:
    """Open a folder to write the runs of `about`: a new one, or one that holds a part of them.

    Parts that are damaged, of another ensemble, or there twice are set aside and named in
    `repaired`. Whatever ends the writing, the runs that came are written before the lock is given
    back, if the disk lets us.

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


def read_parts(folder: Path) -> list[Part]:
    """Return the finished parts of a folder, in order. Raises StorageError when one is damaged."""
    paths = [path for path in parquet_files(folder / TABLE) if number_of(path) is not None]
    found = (read_card(path) for path in paths)
    return [part for part in found if part is not None]


def finished_parts(folder: Path, about: About) -> list[Part]:
    """Return the parts of a run that says it is finished.

    Raises StorageError when it does not, or when the parts, by their cards, are not those that were
    written: all of this ensemble, each run once, none missing, none more.
    """
    if not about["finished"]:
        message = f"{folder} is not finished. Run the same again with --out {folder} to go on."
        raise StorageError(message)
    named = about["parts"]
    for path in parquet_files(folder / TABLE):
        if path.name not in named:
            raise DamagedError(path, "run.json does not name it as a part of this run")
    parts = read_parts(folder)
    missing = [name for name in named if name not in {part.path.name for part in parts}]
    if missing:
        raise DamagedError(folder / TABLE / missing[0], "it is missing, or its card is")
    for part in parts:
        if part.ensemble != about["ensemble"]:
            raise DamagedError(part.path, "it belongs to another ensemble")
        if part.sha256 != named[part.path.name]:
            raise DamagedError(part.path, "it is not the part that run.json names")
    n, whole = sum(len(part.runs) for part in parts), expected(about)
    if held(parts) != whole or n != len(whole):
        raise DamagedError(folder / TABLE, f"{n} runs are there, not each of {len(whole)} once")
    if data_digest(parts) != about["data_digest"]:
        what = "its data_digest is not that of the numbers of its parts"
        raise DamagedError(folder / MANIFEST, what)
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
        raise DamagedError(folder / DRAWS, "its checksum is another than run.json says")
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


def held(parts: Iterable[Part]) -> set[Key]:
    """Return the runs that parts hold."""
    return set[Key]().union(*map(keys_of, parts))


def _resumed(folder: Path, about: About) -> Writer:
    """Return a writer over what a folder holds already, put in order."""
    is_new = not (folder / MANIFEST).exists()
    if not is_new:
        before = read_about(folder)
        check_same(folder, before, about)
        about = joined(before, about)
    parts, repaired = in_order(folder / TABLE, about)
    if about["finished"] and held(parts) == expected(about):
        if data_digest(parts) == about["data_digest"]:
            return Writer(folder, about, parts, repaired)
        repaired += (f"{folder / MANIFEST} had another data_digest than its numbers; mended.",)
    about["finished"] = False
    about.pop("ended", None)
    about.pop("parts", None)
    about.pop("data_digest", None)
    return Writer(folder, write_about(folder, about), parts, repaired)


def _prepare(folder: Path) -> None:
    """Make a folder for a run, or see that it is one. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        inside = {path.name for path in folder.iterdir()} - {LOCK, NOTE, TABLE}
        if inside and MANIFEST not in inside:
            message = f"{folder} has other things in it. Choose an empty or new folder with --out."
            raise StorageError(message)
        (folder / TABLE).mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError(reason(folder, error, "write")) from None

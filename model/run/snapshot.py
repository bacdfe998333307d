"""Snapshots: a run as it was at a moment, to go on from more than once, also from a file.

    model = FamilyModel(load("s01_reference"), families=2000, rng=1)
    model.run_for(24)
    model.snapshot().write("two_years.npz")
    FamilyModel.from_snapshot("two_years.npz", scenario=load("s05_flex_law")).run()

A file holds arrays and JSON, no pickle: `numpy.load(file, allow_pickle=False)` reads it, its member
"about" says what is in it. It goes on only with the code and the ledger that made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Self

import numpy as np

from model.calendar import MONTHS_PER_YEAR, START_NUMBER, month_text
from model.disk.packing import packed, unpacked
from model.disk.whole import reason, write_whole
from model.errors import InputError, StorageError
from model.kernel.compile import code_digest, made_with
from model.policy.record import from_record, to_record
from model.policy.scenario import Scenario
from model.registry import BY_PARAMETER
from model.run.settings import checked_families, checked_months, checked_seed
from model.state import ARRAYS, Moment, State

TITLE, FORMAT = "Veerkracht snapshot", 1
_TALLIES = Moment._fields[2:]
_COLLECTED = "collected."


def made_by() -> dict[str, str]:
    """Return by what a run is lived here: digests of code and ledger, versions of packages."""
    ledger = [(row.name, row.value, row.low, row.high) for row in BY_PARAMETER.values()]
    return {
        "code of the model": code_digest()[:16],
        "ledger of parameters": hashlib.sha256(json.dumps(ledger).encode()).hexdigest()[:16],
        **made_with(),
    }


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A run at a moment: what it was asked, where it is, and what has been added up.

    `off` are channels that are switched off. `families` is None for the full size, `months` what
    was laid down, `lived` (n,) which families have lived the open month, None when it is not open.
    `sums` are those of the school years seen, `weights` what standardised ones are weighted by,
    `collected` what a data collector noted, by name (months,).
    """

    scenario: Scenario
    reference: Scenario
    parameters: Mapping[str, float]
    off: tuple[str, ...]
    families: int | None
    months: int
    seed: int
    state: State
    moment: Moment
    lived: np.ndarray | None
    sums: Mapping[str, np.ndarray]
    weights: np.ndarray
    collected: Mapping[str, np.ndarray] = field(default_factory=dict)
    made_by: Mapping[str, str] = field(default_factory=made_by)

    def write(self, path: Path | str) -> None:
        """Write the snapshot as a file, whole or not at all.

        Raises StorageError when it cannot, or when another kind of file lies there.
        """
        place = Path(path).resolve()
        if place.exists() and not _is_snapshot(place):
            message = f"{path} is there and is no snapshot. Choose another name, or move it away."
            raise StorageError(message)
        about = {
            "title": TITLE,
            "format": FORMAT,
            "made_by": dict(self.made_by),
            "scenario": to_record(self.scenario),
            "reference": to_record(self.reference),
            "parameters": {name: float(value) for name, value in self.parameters.items()},
            "off": list(self.off),
            "families": self.families,
            "months": self.months,
            "seed": self.seed,
            "month": self.moment.month,
            "month_text": month_text(START_NUMBER + self.moment.month),
            "is_open": self.moment.is_open,
            "school_years": list(self.sums),
        }
        arrays = self._arrays()
        write_whole(place, packed({**about, "digest": _digest(about, arrays)}, arrays))

    def _arrays(self) -> dict[str, np.ndarray]:
        arrays = {name: getattr(self.state, name) for name in ARRAYS}
        arrays |= {name: getattr(self.moment, name) for name in _TALLIES}
        arrays["weights"] = self.weights
        if self.lived is not None:
            arrays["lived"] = self.lived
        if self.sums:
            arrays["sums"] = np.stack(list(self.sums.values()))
        return arrays | {_COLLECTED + name: rows for name, rows in self.collected.items()}

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Return the snapshot of a file.

        Raises StorageError when it cannot be read, is damaged, or is none, and InputError when
        another version of the model made it.
        """
        about, arrays = _opened(Path(path))
        try:
            check_made_by(about["made_by"], str(path))
            return cls(
                scenario=from_record(about["scenario"]),
                reference=from_record(about["reference"]),
                parameters=dict(about["parameters"]),
                off=tuple(about["off"]),
                families=checked_families(about["families"]),
                months=checked_months(about["months"] // MONTHS_PER_YEAR),
                seed=checked_seed(about["seed"]),
                state=State(*(arrays[name] for name in ARRAYS)),
                moment=_moment(about, arrays),
                lived=arrays.get("lived"),
                sums=dict(zip(about["school_years"], arrays.get("sums", ()), strict=True)),
                weights=arrays["weights"],
                collected={
                    name.removeprefix(_COLLECTED): rows
                    for name, rows in arrays.items()
                    if name.startswith(_COLLECTED)
                },
                made_by=about["made_by"],
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            _refuse(path)


def _moment(about: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Moment:
    """Return where a run was. Raises ValueError for a month outside what was laid down."""
    month, is_open = about["month"], about["is_open"]
    if month not in range(about["months"] + (not is_open)):
        message = f"month {month} was not laid down"
        raise ValueError(message)
    return Moment(month, is_open, *(arrays[name] for name in _TALLIES))


def check_made_by(there: Mapping[str, str], what: str) -> None:
    """Raise InputError, saying what differs, when a run was lived by something else than this."""
    here = made_by()
    apart = [
        f"{name} {there.get(name, 'unknown')} there, {here[name]} here"
        for name in here
        if there.get(name) != here[name]
    ]
    if apart:
        message = (
            f"{what} was made by another version ({'; '.join(apart)}). A snapshot goes on only with"
            " what made it: install that version, or live the months again."
        )
        raise InputError(message)


def _is_snapshot(path: Path) -> bool:
    try:
        return unpacked(path.read_bytes())[0].get("title") == TITLE
    except (OSError, ValueError):
        return False


def _opened(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return what a file says of itself, and its arrays, if it is what was written."""
    try:
        about, arrays = unpacked(path.read_bytes())
    except OSError as error:
        raise StorageError(reason(path, error, "read")) from None
    except ValueError:
        _refuse(path)
    if about.get("title") != TITLE:
        message = f"{path} is no snapshot of Veerkracht."
        raise StorageError(message)
    if about.get("format") != FORMAT:
        message = (
            f"{path} is a snapshot of format {about.get('format')}; this version reads format"
            f" {FORMAT}. Read it with the version that made it."
        )
        raise StorageError(message)
    if about.pop("digest", None) != _digest(about, arrays):
        _refuse(path)
    return about, arrays


def _digest(about: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> str:
    """Return the SHA-256 (hex) of what is said and of all arrays, by name."""
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    for name in sorted(arrays):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def _refuse(path: Path | str) -> NoReturn:
    message = f"{path} is damaged, or is no snapshot: it is not what was written. Make it again."
    raise StorageError(message)

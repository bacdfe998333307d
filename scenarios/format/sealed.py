"""Digests of plain values, so that what was changed after it was written is seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from model.disk.whole import reason
from model.errors import StorageError
from scenarios.format.damage import AGAIN, DamagedError

SEAL = "seal"


def digest_of(value: object) -> str:
    """Return the SHA-256 (hex) of plain values; the order of names in a mapping does not count."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sealed[M: Mapping[str, Any]](about: M) -> M:
    """Return a record with a digest of all that stands in it."""
    open_record = {name: value for name, value in about.items() if name != SEAL}
    return {**open_record, SEAL: digest_of(open_record)}  # type: ignore[return-value]


def is_sealed(about: Mapping[str, Any]) -> bool:
    """Whether a record is what was sealed."""
    return bool(about.get(SEAL) == sealed(about)[SEAL])


def read_record(path: Path, remedy: str = AGAIN) -> dict[str, Any]:
    """Return the record in a JSON file. Raises StorageError when there is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(reason(path, error, "read")) from None
    try:
        found = from_json(content)
    except ValueError as error:
        raise DamagedError(path, f"it is no JSON ({error})", remedy) from None
    if not isinstance(found, dict):
        raise DamagedError(path, "it is no record", remedy)
    return found


def checked[T](kind: type[T], record: Mapping[str, Any], path: Path, remedy: str = AGAIN) -> T:
    """Return a record as the kind that it has to be.

    Raises StorageError that names the first fields that are missing or of another kind.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(record, strict=True)
    except ValidationError as error:
        told = "; ".join(_told(one) for one in error.errors(include_url=False)[:SHOWN])
        raise DamagedError(path, told, remedy) from None


SHOWN = 3
"""Faults of a record that are named."""

LONGEST = 40
"""Characters of a wrong value that are shown."""


def _told(fault: Any) -> str:  # noqa: ANN401 - pydantic's
    where = ".".join(map(str, fault["loc"]))
    if fault["type"] == "missing":
        return f"{where} is missing"
    found = repr(fault["input"])
    short = found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
    return f"{where} is {short}; {fault['msg'][0].lower()}{fault['msg'][1:]}"

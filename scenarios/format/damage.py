"""What is stored and is not what was written."""

from __future__ import annotations

from pathlib import Path

from model.errors import StorageError

MEND = "Run the same again with the same --out: what is damaged is set aside and made again."
AGAIN = "Its numbers are not used. Run it again into another folder."


class DamagedError(StorageError):
    """A file of a run is not what was written; its numbers are not used."""

    def __init__(self, path: Path, what: str, remedy: str = MEND) -> None:
        super().__init__(f"damaged: {path}: {what}. {remedy}")

"""A file that people have, read by what is in it: `read(path, Asked())`."""

from __future__ import annotations

from pathlib import Path

from calibration.cbs import snapshot
from calibration.cbs.forms import odata, sheets, text_files
from calibration.cbs.table import LARGEST, Asked, Table
from model.disk.whole import reason
from model.errors import InputError, StorageError

_ZIP, _SAV, _OLD_EXCEL = b"PK\x03\x04", (b"$FL2", b"$FL3"), b"\xd0\xcf\x11\xe0"


FILE = "file"
"""Protocol of a table that was read from a file."""


def keep(path: Path, folder: Path, asked: Asked, *, name: str | None = None) -> Table:
    """Read a file and write its table to a folder, as a fetched one; return it.

    `name` is the number or name of the table; else it is that of the file. Raises as `read` does.
    """
    snapshot.check_free(folder)
    table = read(path, asked)
    content = content_of(path)
    origin = snapshot.Origin(
        table=name or path.stem,
        protocol=FILE,
        address=path.name,
        bytes=len(content),
        sha256=snapshot.digest(content),
    )
    snapshot.write(table, origin, folder)
    return table


def read(path: Path, asked: Asked) -> Table:
    """Return the table in a file: CSV, TSV, JSON, Excel or SAV; or one that was fetched.

    Raises InputError for what cannot be read rightly, StorageError when it cannot be opened.
    """
    if path.is_dir() and snapshot.is_snapshot(path):
        return snapshot.load(path)
    content = content_of(path)
    name = path.name
    if content.startswith(_SAV):
        return sheets.spss(path, asked, name)
    if content.startswith(_ZIP):
        return sheets.excel(content, asked, name)
    if content.startswith(_OLD_EXCEL):
        raise InputError(f"{name} is an Excel file of before 2007. Save it as .xlsx or CSV.")
    if asked.sheet is not None:
        raise InputError(f"{name} is no Excel file and has no sheets. Leave out --sheet.")
    text = text_files.decoded(content, name)
    begins = text.lstrip()[:100].lower()
    if begins.startswith("{"):
        return odata.json_file(path, content)
    if begins.startswith(("<!doctype", "<html", "<?xml")):
        raise InputError(f"{name} is a page for people (HTML or XML), no file of figures.")
    if text_files.is_eurostat(text):
        return text_files.eurostat(text, asked, name)
    return text_files.separated(text, asked, name)


def content_of(path: Path) -> bytes:
    """Return the bytes of a file of at most LARGEST bytes. Raises StorageError or InputError."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                f"{path.name} has {size / 1e6:.0f} MB; at most {LARGEST / 1e6:.0f} MB are read."
                " Keep the rows and columns that you need."
            )
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(reason(path, error, "read")) from None
    if not content.strip():
        raise InputError(f"{path.name} is empty.")
    return content

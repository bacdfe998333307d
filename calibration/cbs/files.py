"""A file that people have, read by what is in it: `read(path, Asked())`."""

from __future__ import annotations

from pathlib import Path

from calibration.cbs import odata, sheets, text_files
from calibration.cbs.table import LARGEST, Asked, Table
from model.disk.whole import reason
from model.errors import InputError, StorageError

_ZIP, _SAV, _OLD_EXCEL = b"PK\x03\x04", (b"$FL2", b"$FL3"), b"\xd0\xcf\x11\xe0"


def read(path: Path, asked: Asked) -> Table:
    """Return the table in a file: CSV, TSV, JSON, Excel or SAV.

    Raises InputError for what cannot be read rightly, StorageError when it cannot be opened.
    """
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

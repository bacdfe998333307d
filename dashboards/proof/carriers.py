"""How each kind of file carries its proof, and how it is read again.

SVG has it in an element `metadata`, HTML in a script that does nothing, PNG in a text chunk, Excel
in a sheet, and CSV and Parquet in the `….about.json` beside it.
"""

from __future__ import annotations

import hashlib
import html
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.proof.record import NoProofError, Proof, Rows, read, rows_of, text_of
from model.disk.whole import reason
from model.errors import StorageError
from scenarios.destinations import ABOUT

if TYPE_CHECKING:
    from openpyxl import Workbook

SVG = ('<metadata id="veerkracht-proof">', "</metadata>")
HTML = ('<script type="application/vnd.veerkracht+json" id="veerkracht-proof">', "</script>")
SHEET = "proof"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PARQUET = b"PAR1"
"""What a Parquet file begins and ends with."""

KEYWORD = b"veerkracht-proof"
"""What the text chunk of a PNG begins with."""

CELL = 30_000
"""Characters of a proof in a cell; Excel takes 32,767."""


def in_svg(svg: str, proof: Proof) -> str:
    """Return an SVG with its proof, as the first thing in it."""
    begin = svg.index(">", svg.index("<svg")) + 1
    element = SVG[0] + html.escape(text_of(proof, _digest(svg)), quote=False) + SVG[1]
    return svg[:begin] + element + svg[begin:]


def in_html(page: str, proof: Proof) -> str:
    """Return a page with its proof, at the end of its head."""
    # A closing tag inside a script would end it.
    text = text_of(proof, _digest(page)).replace("</", "<\\/")
    return page.replace("</head>", HTML[0] + text + HTML[1] + "</head>", 1)


def in_png(png: bytes, proof: Proof) -> bytes:
    """Return a PNG with its proof, in a text chunk before its end."""
    text = zlib.compress(text_of(proof, _digest_of_chunks(png)).encode(), 9)
    body = b"iTXt" + KEYWORD + b"\0\1\0\0\0" + text
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = png.rindex(b"IEND") - 4
    return png[:end] + chunk + png[end:]


def in_sheet(book: Workbook, proof: Proof, sheets: dict[str, Rows]) -> None:
    """Add a sheet with the proof of a workbook; `sheets` holds what its other sheets say."""
    sheet = book.create_sheet(SHEET)
    text = text_of(proof, _digest_of_rows(sheets))
    for begin in range(0, len(text), CELL):
        sheet.append([text[begin : begin + CELL]])


def beside_table(content: bytes, proof: Proof) -> dict[str, object]:
    """Return the proof of a CSV or a Parquet file as a part of its `….about.json`."""
    found: dict[str, object] = json.loads(text_of(proof, hashlib.sha256(content).hexdigest()))
    return found


def proof_in(path: Path) -> tuple[Proof, dict[str, Rows]]:
    """Return the proof that a file carries, and its numbers by title.

    Raises NoProofError when there is none, or when file or proof are not as they were written;
    StorageError when the file cannot be read.
    """
    try:
        content = path.read_bytes()
        beside = path.with_name(path.name + ABOUT)
        about = beside.read_bytes() if beside.is_file() else b""
    except OSError as error:
        raise StorageError(reason(path, error, "read")) from None
    if content.startswith(PNG_SIGNATURE):
        return _of_png(content)
    if zipfile.is_zipfile(BytesIO(content)):
        return _of_workbook(content)
    if content.startswith(b"PK"):
        raise NoProofError("cut")
    if about:
        return _of_table(content, about)
    text = content.decode("utf-8", "replace")
    for marks, end in ((SVG, "</svg>"), (HTML, "</html>")):
        if marks[0] in text:
            return _of_text(text, marks, end)
    raise NoProofError("none")


def rows_in_workbook(content: bytes) -> dict[str, Rows]:
    """Return what the sheets of a workbook say, by their names; without that of the proof.

    Empty cells at the end of a row are left out: who saves a workbook may keep them or not.
    """
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True)
    return {
        sheet.title: [_filled(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
        if sheet.title != SHEET
    }


def _filled(row: tuple[object, ...]) -> list[str]:
    cells = ["" if value is None else str(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _of_text(text: str, marks: tuple[str, str], end: str) -> tuple[Proof, dict[str, Rows]]:
    before, rest = text.split(marks[0], 1)
    inside, mark, after = rest.partition(marks[1])
    if not mark or not text.rstrip().endswith(end):
        raise NoProofError("cut")
    proof = read(html.unescape(inside) if marks is SVG else inside)
    return _held(proof, _digest(before + after))


def _of_png(content: bytes) -> tuple[Proof, dict[str, Rows]]:
    chunks = list(_chunks(content))
    if not chunks or chunks[-1][0] != b"IEND":
        raise NoProofError("cut")
    mine = [body for kind, body in chunks if _is_proof(kind, body)]
    if not mine:
        raise NoProofError("none")
    try:
        text = zlib.decompress(mine[0][len(KEYWORD) + 5 :]).decode()
    except (zlib.error, UnicodeDecodeError):
        raise NoProofError("edited") from None
    return _held(read(text), _digest_of_chunks(content))


def _of_workbook(content: bytes) -> tuple[Proof, dict[str, Rows]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), read_only=True)
        if SHEET not in book.sheetnames:
            raise NoProofError("none")
        cells = [row[0] for row in book[SHEET].iter_rows(values_only=True)]
        sheets = rows_in_workbook(content)
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error):
        raise NoProofError("cut") from None
    proof, _ = _held(read("".join(map(str, cells))), _digest_of_rows(sheets))
    return proof, {title: rows for title, rows in sheets.items() if title != "about"}


def _of_table(content: bytes, about: bytes) -> tuple[Proof, dict[str, Rows]]:
    try:
        told = json.loads(about)
    except ValueError:
        raise NoProofError("cut") from None
    inside = told.get("proof") if isinstance(told, dict) else None
    if inside is None:
        raise NoProofError("none")
    is_parquet = content.startswith(PARQUET)
    if not content.endswith(PARQUET if is_parquet else b"\n"):
        raise NoProofError("cut")
    proof, _ = _held(read(json.dumps(inside)), hashlib.sha256(content).hexdigest())
    return proof, {"": rows_in_parquet(content) if is_parquet else rows_in_csv(content)}


def rows_in_parquet(content: bytes) -> Rows:
    """Return the rows of a Parquet file as text, its heading first."""
    import pandas as pd

    return rows_of(pd.read_parquet(BytesIO(content)).to_csv(index=False))


def rows_in_csv(content: bytes) -> Rows:
    """Return the rows of a CSV, with commas or semicolons, its heading first."""
    import csv

    text = content.decode("utf-8-sig")
    heading = text.split("\n", 1)[0]
    mark = ";" if heading.count(";") > heading.count(",") else ","
    return list(csv.reader(text.splitlines(), delimiter=mark))


def _held(proof: Proof, content: str) -> tuple[Proof, dict[str, Rows]]:
    """Return a proof and the numbers in it, when the rest of its file is what it was."""
    if proof.get("content") != content:
        raise NoProofError("edited")
    return proof, proof["numbers"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _digest_of_rows(sheets: dict[str, Rows]) -> str:
    return _digest(json.dumps(sheets, ensure_ascii=False))


def _digest_of_chunks(png: bytes) -> str:
    """Return the digest of all chunks of a PNG but that of the proof."""
    digest = hashlib.sha256()
    for kind, body in _chunks(png):
        if not _is_proof(kind, body):
            digest.update(kind + body)
    return digest.hexdigest()


def _is_proof(kind: bytes, body: bytes) -> bool:
    return kind == b"iTXt" and body.startswith(KEYWORD + b"\0")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of the chunks of a PNG that are whole."""
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if at + 12 + size > len(png):
            return
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size

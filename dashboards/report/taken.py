"""A comparison as a file to take along; what the plans change goes with every one of them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from dashboards.exports.about import Differs
from dashboards.exports.asked import Asked
from dashboards.exports.tables import excel_content, write_csv, write_csv_nl
from dashboards.report.report import report
from dashboards.texts import Texts, texts
from model.disk.scratch import Scratch
from scenarios.runs.run import Ensemble

_ZIP = "application/zip"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DATE = (2023, 8, 1, 0, 0, 0)
"""The date of files in an archive: that of the first month, so that the same numbers are the same
file."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file: its name, its kind for a browser, and what is in it."""

    name: str
    kind: str
    content: bytes


def taken(
    run: Ensemble, kind: str, language: str, *, outcomes: Sequence[str], differs: Sequence[Differs]
) -> Taken:
    """Return a run as a file of one of `dashboards.exports.about.KINDS`, and what plans change.

    Tables come in an archive with what made them; the numbers are those of `veerkracht results`.
    """
    t = texts(language)
    if kind == "report":
        content = report(run, language, reach_families=0).encode()
        return Taken(name="veerkracht.html", kind="text/html; charset=utf-8", content=content)
    asked = Asked(outcome=tuple(outcomes))
    table = asked.table(run)
    if kind == "excel":
        content = excel_content(table, run, t, asked=asked, more=_rows(differs, t))
        return Taken(name="veerkracht.xlsx", kind=_EXCEL, content=content)
    with Scratch() as scratch:
        path = scratch.path / "numbers.csv"
        (write_csv_nl if kind == "csv_nl" else write_csv)(path, table, run, asked=asked)
        if kind == "parquet":
            path.unlink()
            table.to_parquet(path.with_suffix(".parquet"), index=False)
        (scratch.path / "plans.txt").write_text(_text(differs, t), "utf-8")
        content = _archive(sorted(scratch.path.iterdir()))
    return Taken(name=f"veerkracht-{kind.replace('_', '-')}.zip", kind=_ZIP, content=content)


def _archive(paths: Sequence[Path]) -> bytes:
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            about = zipfile.ZipInfo(path.name, _DATE)
            archive.writestr(about, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return found.getvalue()


def _text(differs: Sequence[Differs], t: Texts) -> str:
    parts = [t("compare.differs.title"), ""]
    for title, settings in differs:
        parts += [title, *(f"- {one}" for one in settings or [t("page.summary.none")]), ""]
    return "\n".join(parts)


def _rows(differs: Sequence[Differs], t: Texts) -> list[list[str]]:
    found = [[title, one] for title, settings in differs for one in settings]
    return [[], [t("compare.differs.plan"), t("compare.differs.title")], *found]

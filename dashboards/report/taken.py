"""A comparison as a file to take along; what the plans change goes with every one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboards.exports import dutch
from dashboards.exports.about import Differs, about
from dashboards.exports.asked import Asked
from dashboards.exports.beside import about_content, archive, parquet_content
from dashboards.exports.tables import csv_content, excel_content
from dashboards.proof.record import proof_of
from dashboards.report.report import report
from dashboards.texts import Texts, texts
from scenarios.destinations import ABOUT
from scenarios.runs.run import Ensemble
from scenarios.statistics.overview import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["csv", "csv_nl", "parquet", "excel", "report"]
_ZIP = "application/zip"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file: its name, its kind for a browser, and what is in it."""

    name: str
    kind: str
    content: bytes


def taken(
    run: Ensemble, kind: Kind, language: str, *, outcomes: Sequence[str], differs: Sequence[Differs]
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
    name, columns, content = _content(table, run, kind)
    proof = proof_of(run, kind, asked.record())
    files = {
        name: content,
        name + ABOUT: about_content(content, columns, proof, about(run)),
        "plans.txt": _text(differs, t).encode(),
    }
    return Taken(name=f"veerkracht-{kind.replace('_', '-')}.zip", kind=_ZIP, content=archive(files))


def _content(
    table: pd.DataFrame, run: Ensemble, kind: Literal["csv", "csv_nl", "parquet"]
) -> tuple[str, Sequence[str], bytes]:
    """Return a table as a file of a kind: its name, its columns, and its bytes."""
    if kind == "parquet":
        return "numbers.parquet", COLUMNS, parquet_content(table)
    if kind == "csv_nl":
        return "numbers.csv", dutch.columns(), dutch.content(table, run)
    return "numbers.csv", COLUMNS, csv_content(table)


def _text(differs: Sequence[Differs], t: Texts) -> str:
    parts = [t("compare.differs.title"), ""]
    for title, settings in differs:
        parts += [title, *(f"- {one}" for one in settings or [t("page.summary.none")]), ""]
    return "\n".join(parts)


def _rows(differs: Sequence[Differs], t: Texts) -> list[list[str]]:
    found = [[title, one] for title, settings in differs for one in settings]
    return [[], [t("compare.differs.plan"), t("compare.differs.title")], *found]

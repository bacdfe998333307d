"""A file of numbers or a figure held against its run, which is lived once more.

What a file carries (`dashboards.proof`) names the run; that is lived in a temporary folder, the
file is made of it once more, and the tables of both are compared, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from dashboards.commands.proving.lives import LIVES, attribute_again
from dashboards.exports import dutch
from dashboards.exports.asked import asked_in
from dashboards.exports.beside import parquet_content
from dashboards.exports.tables import csv_content, excel_content
from dashboards.proof.carriers import (
    proof_in,
    rows_in_csv,
    rows_in_parquet,
    rows_in_workbook,
)
from dashboards.proof.lived import TABLE
from dashboards.proof.record import NoProofError, Proof, Rows
from dashboards.report.pictures import Picture, picture_numbers
from dashboards.report.report import report_numbers
from dashboards.texts import texts
from model.kernel.compile import code_digest
from model.outcomes.observers import Progress
from model.policy.record import scenarios_in
from scenarios.format.records import made_by
from scenarios.runs import parameter_samples
from scenarios.runs.run import Ensemble, run_pairs

NONE: list[str] = []
"""A row that is not there."""

SHOWN = 3
"""Places of a difference that are named."""

Outcome = Literal["same", "different", "none", "cut", "edited", "version", "draws"]
"""What came of it; from `none` on nothing was lived, and nobody can tell."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell that is different: in which table, row and column, what it was and is now."""

    table: str
    row: str
    column: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What holding a file against its run gave: how many numbers were compared, and where not so.

    `made_then` and `made_here` say by what the numbers were made, when that is not the same.
    """

    outcome: Outcome
    compared: int = 0
    n_different: int = 0
    where: tuple[Cell, ...] = ()
    made_then: str = ""
    made_here: str = ""


def proved(
    path: Path,
    *,
    live_again: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Found:
    """Hold a file against its run, lived once more.

    With `live_again` also when another version of the model made it. Raises StorageError when the
    file cannot be read, InputError when this version can no longer live its scenarios.
    """
    try:
        proof, numbers = proof_in(path)
    except NoProofError as error:
        return Found(outcome=error.why)
    here = made_by()
    then = proof["made_by"]
    made_here, made_then = ("", "") if here == then else (here, then)
    if proof["code_digest"] != code_digest() and not live_again:
        return Found(outcome="version", made_here=made_here, made_then=made_then)
    draws = proof["settings"].get("draws", "none")
    if draws == "posterior" and not _has_draws(proof):
        return Found(outcome="draws", made_here=made_here, made_then=made_then)
    now = _again(proof, str(path), workers=workers, cluster=cluster, progress=progress)
    cells = list(_different(numbers, now))
    return Found(
        outcome="different" if cells else "same",
        compared=sum(len(row) for rows in numbers.values() for row in rows[1:]),
        n_different=len(cells),
        where=tuple(cells[:SHOWN]),
        made_here=made_here,
        made_then=made_then,
    )


def _has_draws(proof: Proof) -> bool:
    """Whether the draws of parameters that a proof names are those that come with the program."""
    shipped = parameter_samples.POSTERIOR
    told = proof["settings"]["draws_from"]
    return shipped.is_file() and parameter_samples.source("posterior") == told


def _again(
    proof: Proof,
    name: str,
    *,
    workers: int | None,
    cluster: str | None,
    progress: Progress | None,
) -> dict[str, Rows]:
    settings, scenarios = proof["settings"], scenarios_in(proof["scenarios"], name)
    if (live := LIVES.get(proof["kind"])) is not None:
        found = live(scenarios, settings, proof["asked"], progress)
        one = proof["asked"].get(TABLE)
        return found if one is None else {"": found[one]}
    run = run_pairs(
        scenarios,
        families=settings["families"],
        years=settings["years"],
        seed=settings["seed"],
        replicates=settings["replicates"],
        draws=settings["draws"],
        workers=workers,
        cluster=cluster,
        progress=progress,
    )
    if attributions := proof["asked"].get("attributions"):
        attribute_again(run, scenarios, attributions, workers=workers)
    return _tables(proof, run)


def _tables(proof: Proof, run: Ensemble) -> dict[str, Rows]:
    """Return the numbers of a file that is made of a run once more."""
    asked, kind = proof["asked"], proof["kind"]
    if kind == "report":
        return report_numbers(run, asked["language"], reach_families=asked["reach_families"])
    if kind == "figure":
        return picture_numbers(run, Picture(**asked))
    choices = {name: value for name, value in asked.items() if name != "language"}
    wanted = asked_in(choices)
    found = wanted.table(run)
    if kind == "csv":
        return {"": rows_in_csv(csv_content(found))}
    if kind == "csv_nl":
        return {"": rows_in_csv(dutch.content(found, run))}
    if kind == "parquet":
        return {"": rows_in_parquet(parquet_content(found))}
    sheets = rows_in_workbook(excel_content(found, run, texts(asked["language"]), asked=wanted))
    return {title: rows for title, rows in sheets.items() if title != "about"}


def _different(before: Mapping[str, Rows], now: Mapping[str, Rows]) -> Iterator[Cell]:
    for title in dict.fromkeys((*before, *now)):
        there, here = before.get(title, []), now.get(title, [])
        heading = (there or here or [[]])[0]
        pairs = zip_longest(there, here, fillvalue=NONE)
        for k, (one, other) in enumerate(pairs):
            for column, (old, new) in enumerate(zip_longest(one, other, fillvalue="")):
                if old != new:
                    yield Cell(
                        table=title,
                        row=f"{k + 1}",
                        column=heading[column] if column < len(heading) else str(column + 1),
                        before=old,
                        now=new,
                    )

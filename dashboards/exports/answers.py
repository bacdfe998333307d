"""The numbers behind an answer of a page, as a table to take along: full digits, stored units."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.exports.beside import about_content
from dashboards.proof.carriers import rows_in_csv
from dashboards.proof.lived import TABLE, proof_of_lives
from model.kernel.compile import code_digest
from model.outcomes.registry import BY_OUTCOME, POPULATIONS
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question
from scenarios.destinations import ABOUT

CODE_LENGTH = 12

COLUMNS = (
    "outcome",
    "unit",
    "school_years",
    "base",
    "alternative",
    "comparable_base",
    "comparable_alternative",
    "difference",
    "low",
    "high",
    "replicates",
    "families",
    "years",
    "seed",
    "base_scenario",
    "alternative_scenario",
    "code",
)
"""`base` and `alternative` are levels of EU-11 families, `low` to `high` hold 95% of what chance
leaves possible of their difference; empty where nobody, or too few, were seen."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """How an answer was made: what is needed to make it again."""

    families: int | None
    years: int
    seed: int
    code: str

    @classmethod
    def of(cls, question: Question) -> Made:
        """Return how the answer to a question is made by this version of the model."""
        code = code_digest()[:CODE_LENGTH]
        return cls(families=question.families, years=question.years, seed=question.seed, code=code)


def proved(sums: PairedSums, outcome: str, question: Question) -> dict[str, bytes]:
    """Return the table of an outcome as a file that proves itself, with what goes beside it.

    `sums` are of the first replicates of the question.
    """
    content = table(sums, outcome, Made.of(question)).encode()
    settings = {
        "families": question.families,
        "years": question.years,
        "rng": question.seed,
        "replicates": sums.n,
    }
    asked = {"outcome": outcome, TABLE: outcome}
    numbers = {outcome: rows_in_csv(content)}
    proof = proof_of_lives("answer", question.scenarios, settings, asked, numbers)
    name = f"veerkracht-{outcome}-{question.key}.csv"
    return {name: content, name + ABOUT: about_content(content, COLUMNS, proof)}


def table(sums: PairedSums, outcome: str, made: Made) -> str:
    """Return the table of an outcome as CSV: a row per school year, and one of those of the answer.

    It begins with the mark by which spreadsheets know that a text is UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    head = (outcome, BY_OUTCOME[outcome].unit)
    families = "all" if made.families is None else made.families
    lived = (sums.n, families, made.years, made.seed, sums.base, sums.alternative, made.code)
    counted = f"{sums.counted[0]} - {sums.counted[-1]}"
    for years, numbers in (*_each_year(sums, outcome), (counted, _together(sums, outcome))):
        writer.writerow((*head, years, *map(_written, numbers), *lived))
    return f"\N{ZERO WIDTH NO-BREAK SPACE}{text.getvalue()}"


def _each_year(sums: PairedSums, outcome: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    found = sums.by_year(outcome)
    changes = (found.difference, found.low, found.high)
    for k, year in enumerate(sums.school_years):
        yield year, (*found.levels[:, :, k].ravel(), *(one[k] for one in changes))


def _together(sums: PairedSums, outcome: str) -> tuple[float, ...]:
    answers = [sums.look(outcome, people).answer for people in POPULATIONS]
    levels = [
        math.nan if one.is_small else level
        for one in answers
        for level in (one.level_base, one.level)
    ]
    ours = answers[0]
    return (*levels, *((math.nan,) * 3 if ours.is_small else (ours.value, ours.low, ours.high)))


def _written(value: float) -> str:
    return "" if math.isnan(value) else repr(float(value))

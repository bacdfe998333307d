"""The numbers behind a page: those of the answer, to the last digit, and nothing of too few."""

import csv
import io

import numpy as np
import pytest

from dashboards.exports.answers import COLUMNS, Made, table
from model.calendar import school_years
from model.outcomes.registry import INDEX
from scenarios.asking.paired_sums import PairedSums, paired_sums
from tests.dashboards.conftest import made_up_sums

MADE = Made(families=500, years=6, seed=1, code="c0de")


def sums() -> PairedSums:
    lived = [
        np.stack([made_up_sums(by, 6).numbers[:, 0, :, :, 0] for by in (1.0, 0.9 + k / 100)])
        for k in range(4)
    ]
    return paired_sums(lived, school_years(6), "base", "alternative")


def rows(found: PairedSums, outcome: str) -> list[dict[str, str]]:
    text = table(found, outcome, MADE)
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}outcome,unit")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_there_is_a_row_for_every_school_year_and_one_for_the_answer() -> None:
    found, taken = sums(), rows(sums(), "forced_moves")
    answer = found.look("forced_moves").answer

    assert list(taken[0]) == list(COLUMNS)
    assert [row["school_years"] for row in taken[:-1]] == list(found.school_years)
    assert float(taken[-1]["difference"]) == answer.value
    assert (float(taken[-1]["low"]), float(taken[-1]["high"])) == (answer.low, answer.high)
    assert float(taken[-1]["base"]) == answer.level_base
    assert {row["replicates"] for row in taken} == {"4"}


def test_what_is_needed_to_make_it_again_stands_in_every_row() -> None:
    for row in rows(sums(), "language_at_12"):
        kept = [row[name] for name in ("families", "years", "seed", "base_scenario", "code")]
        assert kept == ["500", "6", "1", "base", "c0de"]


@pytest.mark.parametrize("column", ["base", "alternative", "difference", "low", "high"])
def test_numbers_of_too_few_are_left_out(column: str) -> None:
    few = sums()
    few.denominators[INDEX["forced_moves"], 0, :, 2] = 5.0

    taken = rows(few, "forced_moves")
    assert taken[2][column] == ""
    assert taken[-1][column] == ""
    assert taken[1][column] != ""

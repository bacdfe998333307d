"""Bounds of the numbers of the world, in a table and for SALib, each with a sentence."""

from __future__ import annotations

import re

import pytest

from calibration import bounds, problem
from calibration.priors.meanings import MEANINGS, meanings
from model.errors import InputError
from model.registry import BY_PARAMETER


def test_every_number_has_a_sentence_of_its_own_in_plain_words() -> None:
    written = {line.split(",", 1)[0] for line in MEANINGS.read_text("utf-8").splitlines()}

    assert set(BY_PARAMETER) - written == set()
    for name, sentence in meanings().items():
        assert re.fullmatch(r"[A-Z][^\n{}]{10,118}\.", sentence), name


def test_bounds_are_those_of_the_prior_or_the_hard_limits() -> None:
    table, wide = bounds("school"), bounds("school", of="limits")

    assert list(table.index) == [
        name for name, row in BY_PARAMETER.items() if name.startswith("school.") and row.is_free
    ]
    assert (wide["low"] <= table["low"]).all()
    assert (table["high"] <= wide["high"]).all()
    assert (table["low"] < table["high"]).all()
    row = BY_PARAMETER["school.fade_rate"]
    assert tuple(table.loc["school.fade_rate", ["low", "high"]]) == row.likely
    assert table.loc["school.fade_rate", "meaning"] == meanings()["school.fade_rate"]


def test_a_problem_for_salib_has_the_same_names_and_ends() -> None:
    table, made = bounds("work.p_hire", "school"), problem("work.p_hire", "school")

    assert made["num_vars"] == len(table) == len(made["bounds"])
    assert made["names"] == list(table.index)
    assert made["bounds"][0] == list(table.loc["work.p_hire", ["low", "high"]])
    assert len(problem()["names"]) == sum(row.is_free for row in BY_PARAMETER.values())


def test_a_name_that_is_not_there_or_fixed_is_refused_in_words() -> None:
    with pytest.raises(InputError, match=r"no parameter 'work.p_hyre'. Did you mean 'work.p_hire'"):
        bounds("work.p_hyre")
    with pytest.raises(InputError, match="is fixed at 120"):
        bounds("language.repay_months")
    with pytest.raises(InputError, match="choose 'prior' or 'limits'"):
        problem(of="posterior")  # type: ignore[arg-type]

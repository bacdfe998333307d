"""The pages of the calibration say what is shipped, and what is shipped is of one piece."""

import numpy as np

from calibration.posterior.__main__ import CLOSE, FITTED, off_middle
from calibration.posterior.shipped import fitted_numbers, load_shipped
from dashboards.documents.calibrated import IN_DUTCH, PAGE, WRONG, far, in_dutch, page
from model.registry import BY_PARAMETER
from scenarios.format.draws_file import read_draws
from scenarios.runs.parameter_samples import POSTERIOR


def test_the_pages_are_those_that_are_made() -> None:
    assert page() == PAGE.read_text("utf-8"), "run python -m dashboards.documents"
    assert in_dutch() == IN_DUTCH.read_text("utf-8"), "run python -m dashboards.documents"


def test_what_the_words_call_wrong_is_what_lies_farthest() -> None:
    result = load_shipped().result
    figures = (*result.checks, *result.found.figures)
    seen = [one for one in figures if one.distance is not None]
    farthest = sorted(seen, key=lambda one: -abs(one.distance or 0.0))

    assert {one.target for one in farthest[: len(WRONG)]} == set(WRONG)
    assert {one.target for one in far(figures)} <= set(WRONG)


def test_the_ledger_has_the_middle_of_the_shipped_posterior() -> None:
    numbers = {one.name: one for one in load_shipped().result.found.numbers}
    draws = read_draws(POSTERIOR)

    assert set(fitted_numbers()) == set(numbers)
    for name, one in numbers.items():
        row = BY_PARAMETER[name]
        assert off_middle(one) <= CLOSE, name
        assert row.fitted == FITTED, name
        assert one.low < np.median(draws[name]) < one.high, name
    marked = {row.name for row in BY_PARAMETER.values() if row.fitted == FITTED}
    assert marked == set(numbers)


def test_effects_were_lived_with_every_policy() -> None:
    shipped = load_shipped()

    assert {one.scenario for one in shipped.effects} >= {"s05_flex_law", "s21_all"}
    for one in shipped.effects:
        assert one.low < one.value < one.high
        assert one.posterior_low < one.posterior_high
        assert 0.0 <= one.posterior_agree <= 1.0

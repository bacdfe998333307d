"""When the answers of the pages are settled."""

from __future__ import annotations

import numpy as np
import pytest

from dashboards.service.runner import is_settled
from model.calendar import school_years
from scenarios.asking.paired_sums import PairedSums, paired_sums
from tests.dashboards.conftest import made_up_sums


def sums(spread: float) -> PairedSums:
    """Return replicates in which EU-11 numbers are a tenth lower, more or less."""
    factors = [0.9 + spread * (k % 5 - 2) for k in range(20)]
    lived = [
        np.stack([made_up_sums(by, 6).numbers[:, 0, :, :, 0] for by in (1.0, factor)])
        for factor in factors
    ]
    return paired_sums(lived, school_years(6), "base", "alternative")


@pytest.mark.parametrize(("spread", "settled"), [(0.0001, True), (0.4, False)])
def test_an_answer_is_settled_when_no_word_about_a_headline_would_change(
    spread: float, settled: bool
) -> None:
    assert is_settled(sums(spread)) is settled

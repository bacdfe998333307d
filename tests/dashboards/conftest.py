"""A stand-in for the model, for tests of what surrounds it: made-up numbers in the model's form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboards.figures.registry import SHEETS
from dashboards.figures.scales import OUTCOMES
from dashboards.figures.series import DRAWN, Pair
from dashboards.service import answering as service
from dashboards.service.answering import Answering
from dashboards.service.catalogue import catalogue
from dashboards.texts import Texts, texts
from model.calendar import school_years
from model.outcomes.observe import no_weights
from model.outcomes.registry import INDEX, LAYERS, N_OUTCOMES, POPULATIONS
from model.outcomes.sums import Sums
from model.policy.scenario import Scenario
from scenarios.asking import replicates

COLUMNS = (
    "scenario",
    "replicate",
    "school_year",
    "population",
    "dimension",
    "group",
    "outcome",
    "layer",
    "value",
    "numerator",
    "denominator",
)
LEVELS = {
    "vsv_vo_expected": 0.012,
    "vsv_mbo_expected": 0.13,
    "forced_moves": 0.09,
    "voluntary_moves": 0.07,
    "language_at_4": -0.4,
    "language_at_12": -0.25,
    "contract_zero_hours": 0.25,
    "contract_permanent": 0.75,
}
COUNTED = 1000.0
"""Everybody who could be counted in a year, in every row."""


def made_up(scenario: str, years: int, factor: float) -> pd.DataFrame:
    """Return a tidy table: every level times `factor` for EU-11, half the level for the Dutch."""
    rows = []
    for population, share in (("eu11", factor), ("comparable", 0.5)):
        for year in range(years):
            school_year = f"{2023 + year}/{(24 + year) % 100:02d}"
            for outcome in (name for sheet in SHEETS for name in sheet.outcomes):
                if outcome.startswith("vsv") and year == years - 1:
                    continue
                value = LEVELS.get(outcome, 0.0) * share
                head = (scenario, 0, school_year, population, "all", "all", outcome, "actual")
                rows.append((*head, value, value * COUNTED, COUNTED))
    return pd.DataFrame(rows, columns=COLUMNS)


def made_up_sums(factor: float, years: int) -> Sums:
    """Return sums: every level times `factor` for EU-11, half the level for the Dutch."""
    shape = (years, len(LAYERS), N_OUTCOMES, len(POPULATIONS))
    numbers = np.zeros((*shape, 1, 2))
    for outcome in dict.fromkeys((*DRAWN, *OUTCOMES)):
        for people, share in enumerate((factor, 0.5)):
            level = LEVELS.get(outcome, 0.0) * share
            numbers[:, 0, INDEX[outcome], people, 0] = level * COUNTED, COUNTED
    return Sums(numbers, school_years(years), no_weights(), groups=("all",))


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    """Give what answers questions, with made-up replicates that differ a little by their seed."""

    def lived(scenario: Scenario, *, years: int, seed: int, **_: object) -> Sums:
        total = sum(change.value for change in scenario.levers)
        factor = 1 + total / 10_000
        return made_up_sums(factor * (1 + seed % 7 * total / 1_000_000), years)

    monkeypatch.setattr(replicates, "lived", lived)
    monkeypatch.setattr(service, "unreached", lambda *_, **__: frozenset({"course_hours"}))
    found = Answering(lambda _: True, workers=1, clock=lambda: 0.0, quiet=0.0)
    yield found
    found.close()


@pytest.fixture(params=["nl", "en"])
def t(request: pytest.FixtureRequest) -> Texts:
    """Give the texts of each language in turn."""
    return texts(str(request.param))


@pytest.fixture
def scenarios() -> dict[str, Scenario]:
    """Give the shipped scenarios."""
    return catalogue()


@pytest.fixture
def make_pair() -> Callable[..., Pair]:
    """Give a maker of pairs; `factor` is the alternative's EU-11 numbers over the base's."""

    def make(factor: float = 0.9, years: int = 6, **changes: object) -> Pair:
        pair = Pair(
            base=made_up("s01_reference", years, 1.0),
            alternative=made_up("s02_bandwidth", years, factor),
            base_title="Ingezet beleid",
            alternative_title="Bandbreedtecontract",
            base_id="s01_reference",
            alternative_id="s02_bandwidth",
            changes="",
            families="500",
            years=years,
            seed=1,
            key="k",
            code="c",
        )
        return replace(pair, **changes)  # type: ignore[arg-type]

    return make

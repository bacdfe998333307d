"""The pairing audit: it holds for the model, and finds pairings that are broken on purpose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.clock import START_NUMBER
from model.engine import Engine
from model.enums import Status
from model.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios import audit as module
from scenarios import load
from scenarios.audit import AIM, Audit, audit, null_check
from scenarios.files import names
from scenarios.worlds import ALTERNATIVE, BASE, Worlds

SIZE: dict[str, Any] = {"families": 200, "years": 6, "rng": 5}
START = 18
LATER = Scenario(
    id="later",
    levers=(
        LeverChange(lever="care_access_level", value=0.9, start=START_NUMBER + START),
        LeverChange(lever="housing_decoupled", value=1.0, start=START_NUMBER + START),
    ),
)


@pytest.fixture(scope="module")
def found() -> Audit:
    return audit(LATER, **SIZE, replicates=6, workers=1)


def test_the_pairing_of_the_model_holds(found: Audit) -> None:
    assert [check.name for check in found.checks] == ["null", "before", "contact", "marks"]
    assert {check.name: check.detail for check in found.checks if not check.holds} == {}
    assert found.holds


@pytest.mark.parametrize("name", names())
def test_the_pairing_of_every_scenario_holds(name: str) -> None:
    found = audit(load(name), families=200, years=9, rng=5, replicates=0)

    assert {check.name: check.detail for check in found.checks if not check.holds} == {}


def test_every_family_is_coherent_until_the_policy_starts(found: Audit) -> None:
    share = found.coherent.pivot_table(
        index="school_year", columns="population", values="share_identical"
    )

    assert (share.loc["2023/24"] == 1).all()
    assert (share["eu11"].diff().dropna() <= 0.02).all()
    assert share["eu11"].iloc[-1] < 1


def test_pairing_saves_more_runs_than_aimed_at(found: Audit) -> None:
    rows: list[dict[str, Any]] = found.variance.to_dict("records")  # type: ignore[assignment]
    saved = {row["outcome"]: row for row in rows}

    for outcome in ("vsv_vo_expected", "vsv_mbo_expected"):
        assert saved[outcome]["ratio"] > AIM
        assert saved[outcome]["correlation"] > 0.9
        assert saved[outcome]["low"] < saved[outcome]["ratio"] < saved[outcome]["high"]


def test_a_scenario_without_change_is_identical_to_the_bit_whatever_its_groups() -> None:
    check = null_check(FROZEN_2023, load("s21_all"), SIZE)

    assert check.holds, check.detail


def test_another_luck_in_one_world_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unpaired(Worlds):
        """Two worlds of which the second has a seed of its own."""

        def __init__(self, *scenarios: Scenario, **settings: Any) -> None:  # noqa: ANN401
            super().__init__(*scenarios, **settings)
            other = Engine(self.states[ALTERNATIVE], self.plans[ALTERNATIVE], self.seed + 1)
            self.engines = (self.engines[BASE], other)

    monkeypatch.setattr(module, "Worlds", Unpaired)
    broken = audit(LATER, **SIZE | {"years": 2}, replicates=0)

    assert {check.name: check.holds for check in broken.checks}["before"] is False
    assert not broken.holds


def test_a_family_that_changes_without_a_cause_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Haunted(Worlds):
        """Two worlds in the second of which one family's trust drops for no reason."""

        def live(self) -> None:
            super().live()
            if self.month == START - 2:
                families = self.states[ALTERNATIVE].families
                same = ~self.differing() & (families["status"] == Status.IN_NL)
                families["trust"][np.flatnonzero(same)[0]] *= 0.5

    monkeypatch.setattr(module, "Worlds", Haunted)
    broken = audit(LATER, **SIZE | {"years": 2}, replicates=0)

    assert {check.name: check.holds for check in broken.checks}["contact"] is False


def test_without_replicates_no_variance_is_claimed() -> None:
    assert audit(LATER, **SIZE | {"years": 2, "families": 40}, replicates=2).variance.empty

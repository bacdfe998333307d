"""The pairing audit: it holds for the model, and finds pairings that are broken on purpose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.calendar import START_NUMBER
from model.enums import Status
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population
from model.run.simulation import Simulation
from scenarios import load
from scenarios.files.load import names
from scenarios.pairs.pairing_audit import AIM, Audit, audit, null_check

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
    return audit(LATER, **SIZE, replicates=16, workers=1)


def test_the_pairing_of_the_model_holds(found: Audit) -> None:
    assert [check.name for check in found.checks] == ["null", "before", "contact", "marks"]
    assert {check.name: check.against for check in found.checks if not check.holds} == {}
    assert found.holds


@pytest.mark.parametrize("name", names())
def test_the_pairing_of_every_scenario_holds(name: str) -> None:
    found = audit(load(name), families=120, years=9, rng=5, replicates=0)

    assert {check.name: check.against for check in found.checks if not check.holds} == {}


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
    check = null_check(FROZEN_2023, load("s21_all"), families=200, years=6, seed=5)

    assert check.against == ()


def test_another_luck_in_one_run_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unpaired(Simulation):
        """A run whose luck is another when the policy is there."""

        def __init__(self, scenario: Scenario, *, seed: int, **settings: Any) -> None:  # noqa: ANN401
            same = build_population(build(scenario, 24), seed, settings["families"])
            luck = seed + 1 if scenario is LATER else seed
            super().__init__(scenario, seed=luck, **settings | {"population": same})

    monkeypatch.setattr("scenarios.pairs.pair.Simulation", Unpaired)
    broken = audit(LATER, **SIZE | {"years": 2}, replicates=0)

    assert {check.name: check.holds for check in broken.checks}["before"] is False
    assert not broken.holds


def test_a_family_that_changes_without_a_cause_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Haunted(Simulation):
        """A run in which one family's trust drops for no reason when the policy is there."""

        def live(self) -> None:
            super().live()
            if self.policy is LATER and self.month == START - 2:
                families = self.state.families
                families["trust"][np.flatnonzero(families["status"] == Status.IN_NL)[0]] *= 0.5

    monkeypatch.setattr("scenarios.pairs.pair.Simulation", Haunted)
    broken = audit(LATER, **SIZE | {"years": 2}, replicates=0)

    assert {check.name: check.holds for check in broken.checks}["contact"] is False


def test_without_replicates_no_variance_is_claimed() -> None:
    assert audit(LATER, **SIZE | {"years": 2, "families": 40}, replicates=2).variance.empty

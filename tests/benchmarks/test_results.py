"""Every measure has its line: met, not met, or not measured, which is not met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import pairs
from benchmarks.results import AIM_PAIRS, AtWork, Results, Size
from model.calendar import START_NUMBER
from model.enums import Municipality
from model.policy.scenario import LeverChange, Scenario, Target
from scenarios import load

MACHINE = {"load at the start": "0.1", "cores": "2", "date": "2026-01-01"}
SIZE = Size(1000, 25_000, 440.0, 0.01, ns=200.0, rows_ns=190.0, floor_ns=60.0)
MEASURED = Results(
    machine=MACHINE,
    plan={"years": 15},
    sizes=[SIZE],
    by_agents=SIZE,
    mesa_ns=500.0,
    at_work=AtWork(1000, 25_000, 100.0, 25_000.0, MACHINE),
    draws={},
    full_families=64_000,
    full_family_months=1,
    full_build_seconds=0.5,
    full_one_seconds=3.0,
    full_two_seconds=1.7,
    starts={
        "second_start_seconds": 1.6,
        "asked_seconds": 0.9,
        "import_seconds": 0.3,
        "imports": {"command run": 0.41, "command cache": 0.1, "tasks": 0.24, "pages": 0.8},
    },
    philox_ns=4.0,
    pairs=dict.fromkeys(AIM_PAIRS, 0.1),
)


def test_each_measure_of_pairs_has_a_line_by_the_name_under_which_it_is_measured() -> None:
    lines = {aim.about: aim for aim in MEASURED.aims()}

    assert lines[pairs.PAIR].is_met
    assert set(AIM_PAIRS) <= set(lines)


def test_what_was_not_measured_is_said_and_not_met() -> None:
    found = replace(MEASURED, pairs={}, starts=MEASURED.starts | {"imports": {}}).aims()
    lines = {aim.about: aim for aim in found}

    for about in (*AIM_PAIRS, "import of the pages, processor time"):
        assert not lines[about].is_met
        assert lines[about].measured == "not measured"


def test_the_start_that_is_asked_for_counts_beside_the_face_for_mesa() -> None:
    lines = {aim.about: aim for aim in MEASURED.aims()}

    assert lines["second start to the first result (evaluate), processor time"].is_met
    assert not lines["the same with Mesa's face and its table"].is_met


def test_the_slowest_command_counts() -> None:
    lines = {aim.about: aim for aim in MEASURED.aims()}

    slowest = lines["import of the slowest command (run), processor time"]
    assert (slowest.measured, slowest.is_met) == ("0.41 s", False)
    assert not lines["import of the pages, processor time"].is_met
    assert lines["import of what a worker's task needs, processor time"].is_met


def test_what_is_measured_goes_by_the_names_of_the_aims(monkeypatch) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    monkeypatch.setattr(pairs, "fastest", lambda ways, rounds: [1.8, 1.0, 1.0])  # noqa: ARG005
    monkeypatch.setattr(pairs, "_live", lambda *scenarios: None)  # noqa: ARG005
    monkeypatch.setattr(pairs, "_asked", lambda *asked: 0.2)  # noqa: ARG005
    monkeypatch.setattr(pairs, "peak_mb", lambda: 900.0)

    class Lived:
        def live(self) -> None:
            """Live nothing."""

    found = pairs.pairs(1, few=False) | pairs.answers(1) | pairs.full(Lived())  # type: ignore[arg-type]

    assert set(AIM_PAIRS) <= set(found)


def test_family_months_that_are_shared_or_the_same_are_told_from_those_that_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pairs, "FAMILIES", 60)
    monkeypatch.setattr(pairs, "YEARS", 3)
    base = load(pairs.BASE)

    def moved(start: int, *who: Municipality) -> Scenario:
        change = LeverChange(
            lever="info_point_coverage",
            value=1.0,
            start=START_NUMBER + start,
            target=Target(municipalities=who) if who else None,
        )
        return replace(base, levers=(*base.levers, change))

    months, *same = pairs._family_months(base)
    all_, late, differ = pairs._family_months(moved(24))
    *_, differ_there = pairs._family_months(moved(24, Municipality.ROTTERDAM))

    assert months > 60
    assert same == [0, 0]
    assert 0.25 * all_ < late < 0.4 * all_
    assert 0 < differ_there < differ <= late

"""The Mesa peer of the benchmark lives the model's month at work: same rows, luck and values."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.peer import Family, WorkModel
from model import FamilyModel
from model.enums import Contract
from model.kernel.keys import adult_key
from model.kernel.random_numbers import Block, draw4
from model.measuring.counting import is_active
from model.measuring.work import work
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.run.build import build_population
from model.state import ADULT, ADULTS, FAMILY, State
from scenarios import load

SEED = 1
AT_WORK = ("lost_job", "income_eur_month", "hours_cv", "roster_predictability", "is_poor")
"""What the month at work writes of a family and nothing later in the month does."""


def luck(family: int, adult: int, block: str, month: int) -> tuple[float, float, float, float]:
    """Draw as the model does."""
    return draw4(np.uint64(SEED), adult_key(np.uint64(family), adult), Block[block], month)


def differences(peer: WorkModel, state: State, fields: tuple[str, ...]) -> Counter[str]:
    """Count by field where objects differ from rows; rows keep fractions to seven figures."""
    found: Counter[str] = Counter()

    def compare(thing: object, row: np.void, names: tuple[str, ...]) -> None:
        for name in names:
            ours, theirs = getattr(thing, name), row[name]
            is_fraction = np.issubdtype(row.dtype[name], np.floating)
            if not (
                np.isclose(ours, theirs, rtol=1e-5, atol=1e-5) if is_fraction else ours == theirs
            ):
                found[name] += 1

    for agent in peer.agents:
        assert isinstance(agent, Family)
        compare(agent, state.families[agent.row], fields)
        for which, adult in enumerate(agent.adults):
            compare(adult, state.adults[ADULTS * agent.row + which], ADULT.names or ())
    return found


@pytest.mark.parametrize("name", ["s00_frozen_2023", "s05_flex_law", "s06_flex_adverse"])
def test_objects_work_as_the_rows_of_a_run_do(name: str) -> None:
    model = FamilyModel(load(name), families=300, rng=SEED, years=6, collect=False)
    contracts: set[int] = set()
    events: Counter[str] = Counter()
    while model.month < model.horizon:
        before, month = model.state.copy(), model.month
        model.step()
        if month % 9 > 1:
            continue
        # In August a family without young people leaves the count before it works.
        lives = is_active(before.families)
        if month % 12 == 0:
            lives &= is_active(model.state.families)
        peer = WorkModel(before, model.timetable, np.flatnonzero(lives), month, luck)
        peer.step()

        assert differences(peer, model.state, AT_WORK) == {}, f"month {month}"
        adults = [adult for family in peer.agents for adult in family.adults if adult.is_seeking]
        contracts |= {int(adult.contract) for adult in adults}
        events["begun"] += sum(adult.start_month == month for adult in adults)
        events["lost"] += sum(bool(family.lost_job) for family in peer.agents)
        events["repaid"] += sum(family.loan_debt_eur > 0.0 for family in peer.agents)

    assert contracts >= set(Contract) - {Contract.ZERO_HOURS, Contract.BANDWIDTH}
    assert min(events[key] for key in ("begun", "lost", "repaid")) > 0


def test_the_slice_that_is_timed_is_what_the_peer_lives() -> None:
    timetable = build(FROZEN_2023, 12)
    start = build_population(timetable, SEED, 400)
    list(work(start, timetable, SEED, 0))  # settles what levers say of families at the start
    rows = start.copy()
    peer = WorkModel(start, timetable, range(start.entries[0]), 0, luck)

    list(work(rows, timetable, SEED, 1))
    peer.step()

    written = tuple(name for name in FAMILY.names or () if name != "touched")
    assert differences(peer, rows, written) == {}

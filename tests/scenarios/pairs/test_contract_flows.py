"""Flows of contracts: the same families at the start, each counted once, and none by accident."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from model.enums import Contract, Population, Status
from model.errors import Cancelled, InputError
from model.policy.scenario import FROZEN_2023
from scenarios import load
from scenarios.disclosure.rules import MARK
from scenarios.pairs import contract_flows as flows
from scenarios.pairs.contract_flows import (
    ENDS,
    FLOW_COLUMNS,
    GONE,
    STARTS,
    ContractFlows,
    contract_flows,
)
from scenarios.pairs.pair import Pair

FAMILIES, YEARS = 1200, 8


@pytest.fixture(scope="module")
def found() -> ContractFlows:
    pair = load("s01_reference"), load("s05_flex_law")
    return contract_flows(*pair, families=FAMILIES, years=YEARS, replicates=2)


def by_hand(scenario: str, seed: int) -> dict[tuple[str, str], int]:
    """Return flows of EU-11 families of one run of a scenario, family by family."""
    pair = Pair.of(load("s01_reference"), load(scenario), families=FAMILIES, years=YEARS, seed=seed)
    names = [one.name.lower() for one in Contract]
    first = pair.states[1]
    families = [
        i
        for i in range(first.families.size)
        if first.families["population"][i] == Population.EU11
        and first.families["status"][i] in (Status.IN_NL, Status.ABROAD_TEMP)
    ]
    began = {i: names[first.adults["contract"][2 * i]] for i in families}
    ended: dict[int, str] = {}

    def watch(pair: Pair) -> None:
        state = pair.states[1]
        for i in families:
            is_gone = state.families["status"][i] not in (Status.IN_NL, Status.ABROAD_TEMP)
            ended[i] = GONE if is_gone else names[state.adults["contract"][2 * i]]

    pair.run(watch)
    counted: dict[tuple[str, str], int] = {}
    for i in families:
        key = began[i], ended[i]
        counted[key] = counted.get(key, 0) + 1
    return counted


def eu11(found: ContractFlows) -> pd.DataFrame:
    table = found.table
    return table[table["population"] == "eu11"].set_index(["start", "end"])


def test_each_family_is_counted_once_where_it_ended() -> None:
    pair = load("s01_reference"), load("s05_flex_law")
    one = eu11(contract_flows(*pair, families=FAMILIES, years=YEARS, rng=3))
    counted = by_hand("s05_flex_law", seed=3)

    shown = one[one["mark"] != MARK]["families"]
    assert len(shown) > 5
    assert {key: counted.get(key, 0) for key in shown.index} == shown.to_dict()
    hidden = set(one[one["mark"] == MARK].index)
    assert hidden
    assert all(counted.get(key, 0) < 10 for key in hidden)
    assert set(counted) <= set(one.index)


def test_both_runs_start_with_the_same_families_in_the_same_contracts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flows, "MINIMUM_CELL", 0)
    pair = load("s01_reference"), load("s05_flex_law")
    table = contract_flows(*pair, families=FAMILIES, years=YEARS).table
    began = table.groupby(["population", "start"])[["families_base", "families"]].sum()

    assert began["families_base"].to_dict() == began["families"].to_dict()
    whole = table.groupby("population")[["share_base", "share"]].sum()
    assert whole.to_numpy() == pytest.approx(1.0)
    assert table.groupby("population")["difference"].sum().to_numpy() == pytest.approx(0.0)


def test_a_plan_that_moves_nothing_moves_no_flow() -> None:
    table = contract_flows(FROZEN_2023, FROZEN_2023, families=400, years=3, replicates=2).table
    shown = table[table["mark"] != MARK]

    assert len(shown) > 3
    assert (shown["difference"] == 0.0).all()
    assert (shown["share"] == shown["share_base"]).all()


def test_the_flex_law_moves_families_out_of_work_on_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "MINIMUM_CELL", 0)
    pair = load("s01_reference"), load("s05_flex_law")
    table = eu11(contract_flows(*pair, families=FAMILIES, years=YEARS, replicates=2))
    to_call = table[table.index.get_level_values("end") == "zero_hours"]

    assert to_call["difference"].sum() < 0.0
    assert to_call["share"].sum() < to_call["share_base"].sum()


def test_a_flow_of_few_shows_no_number(found: ContractFlows) -> None:
    table = found.table
    hidden = table[table["mark"] == MARK]

    assert tuple(table.columns) == FLOW_COLUMNS
    assert len(hidden) > 0
    assert hidden[list(flows._NUMBERS)].isna().all(axis=None)
    assert set(table["start"]) <= set(STARTS)
    assert set(table["end"]) <= set(ENDS)


def test_chance_is_told_from_two_replicates_on() -> None:
    counts = np.zeros((2, len(Population), len(STARTS), len(ENDS), 3))
    counts[:, 0, 0, 0] = 60.0
    counts[:, 0, 0, 5] = 40.0
    counts[1, 0, 0, 0] -= (10.0, 12.0, 14.0)
    counts[1, 0, 0, 5] += (10.0, 12.0, 14.0)
    several, one = flows._table(counts), flows._table(counts[..., :1])

    row = several.set_index("end").loc["permanent"]
    assert row["difference"] == pytest.approx(0.12)
    assert row["low"] < 0.12 < row["high"]
    assert row["high"] - row["low"] == pytest.approx(2 * 4.303 * 0.02 / 3**0.5, rel=0.001)
    assert one["low"].isna().all()


def test_what_cannot_be_asked_is_refused_and_a_run_can_be_stopped() -> None:
    with pytest.raises(InputError, match="at least 1"):
        contract_flows(FROZEN_2023, FROZEN_2023, replicates=0)
    with pytest.raises(Cancelled):
        contract_flows(FROZEN_2023, FROZEN_2023, families=50, years=2, stop=lambda: True)


def test_months_are_told_over_all_replicates() -> None:
    told: list[tuple[int, int]] = []
    contract_flows(
        FROZEN_2023,
        FROZEN_2023,
        families=20,
        years=1,
        replicates=2,
        progress=lambda month, horizon: told.append((month, horizon)),
    )

    assert told[-1] == (24, 24)

"""The proof of two lives: the scenarios, the family, and all that happened in both."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.proof.record import FORMAT, Proof, Rows, rows_of
from model.kernel.compile import code_digest
from model.policy.record import to_record
from model.policy.scenario import Scenario
from model.registry import BY_PARAMETER
from scenarios.destinations import PROGRAM
from scenarios.format.records import made_by
from scenarios.format.sealed import digest_of
from scenarios.pairs.twin_lives import Twins


def proof_of_twins(pair: Twins, scenarios: Sequence[Scenario]) -> Proof:
    """Return the proof of the lives of a family under two scenarios."""
    numbers = tables(pair)
    return {
        "program": PROGRAM,
        "proof": FORMAT,
        "kind": "twins",
        "asked": {"family": pair.family, "child": pair.child},
        "scenarios": [to_record(one) for one in scenarios],
        "settings": dict(pair.settings),
        "seeds": {"0": pair.settings["rng"]},
        "parameters": {name: row.value for name, row in BY_PARAMETER.items()},
        "code_digest": code_digest(),
        "data_digest": digest_of(numbers),
        "made_by": made_by(),
        "numbers": numbers,
    }


def tables(pair: Twins) -> dict[str, Rows]:
    """Return what happened in both lives, and how they went, as text."""
    return {name: rows_of(getattr(pair, name).to_csv(index=False)) for name in ("events", "series")}

"""The proof of what was worked out from lives that nobody stored: two scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashboards.proof.record import FORMAT, OfLives, Proof, Rows, rows_of
from model.kernel.compile import code_digest
from model.policy.record import to_record
from model.policy.scenario import Scenario
from model.registry import BY_PARAMETER
from scenarios.destinations import PROGRAM
from scenarios.format.records import made_by
from scenarios.format.sealed import digest_of
from scenarios.pairs.twin_lives import Twins
from scenarios.runs.parameter_samples import replicate_seed

if TYPE_CHECKING:
    import pandas as pd

TABLE = "table"
"""What was asked for, when a file is one table of several: its name."""

IN_A_FIGURE = ("events", "series")
"""The tables behind the picture of two lives."""

ALL_OF_TWINS = (*IN_A_FIGURE, "chain", "acquaintances")


def proof_of_lives(
    kind: OfLives,
    scenarios: Sequence[Scenario],
    settings: Mapping[str, Any],
    asked: Mapping[str, Any],
    numbers: Mapping[str, Rows],
) -> Proof:
    """Return the proof of what two scenarios led to.

    `settings` are `families`, `years`, `rng`, and `replicates` unless there is one. `numbers` are
    the tables; the proof of a file that is one of them (`asked` names a TABLE) does not repeat it.
    """
    seeds = [replicate_seed(settings["rng"], r) for r in range(settings.get("replicates", 1))]
    return {
        "program": PROGRAM,
        "proof": FORMAT,
        "kind": kind,
        "asked": dict(asked),
        "scenarios": [to_record(one) for one in scenarios],
        "settings": dict(settings),
        "seeds": {str(r): seed for r, seed in enumerate(seeds)},
        "parameters": {name: row.value for name, row in BY_PARAMETER.items()},
        "code_digest": code_digest(),
        "data_digest": digest_of(dict(numbers)),
        "made_by": made_by(),
        "numbers": {} if TABLE in asked else dict(numbers),
    }


def proof_of_twins(pair: Twins, scenarios: Sequence[Scenario]) -> Proof:
    """Return the proof of a picture of the lives of a family under two scenarios."""
    return proof_of_lives(
        "twins", scenarios, pair.settings, asked_of(pair), tables(pair, IN_A_FIGURE)
    )


def asked_of(pair: Twins) -> dict[str, Any]:
    """Return whose lives were asked for."""
    return {"family": pair.family, "child": pair.child}


def tables(found: object, names: Sequence[str]) -> dict[str, Rows]:
    """Return the tables that something holds under these names, as text."""
    return {name: rows_in(getattr(found, name)) for name in names}


def rows_in(table: pd.DataFrame) -> Rows:
    """Return a table as text, its heading first."""
    return rows_of(table.to_csv(index=False))

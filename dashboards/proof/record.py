"""The proof of a file: all that is needed to make its numbers again, sealed.

It names the scenarios with all that they set, the settings, the seeds, the parameters of then, the
digests of code and numbers, and what was asked of the run. `content` is a digest of the rest of the
file: a file that was edited, or whose proof was, is seen to be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from model.policy.record import scenarios_in, to_record
from scenarios.destinations import PROGRAM
from scenarios.format.sealed import is_sealed, sealed

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble

FORMAT = 1

OfRun = Literal["csv", "csv_nl", "excel", "parquet", "report", "figure"]
OfLives = Literal["twins", "cohorts", "flows", "reach", "answer"]
Kind = OfRun | OfLives
"""What a file is, and so what makes it again: of a stored run, or of lives that nobody stored."""

Rows = list[list[str]]
"""A table as text, its heading first."""


class Proof(TypedDict):
    """What a file carries of how it was made.

    `numbers` holds the tables behind a picture by their titles; a file of numbers has them itself.
    """

    program: str
    proof: int
    kind: Kind
    asked: dict[str, Any]
    scenarios: list[dict[str, Any]]
    settings: dict[str, Any]
    seeds: dict[str, int]
    parameters: dict[str, float]
    code_digest: str
    data_digest: str
    made_by: str
    numbers: dict[str, Rows]
    content: NotRequired[str]
    seal: NotRequired[str]


class NoProofError(Exception):
    """A file proves nothing: it has no proof, or lost a part of itself, or was edited since."""

    def __init__(self, why: Literal["none", "cut", "edited"]) -> None:
        super().__init__(why)
        self.why = why


def proof_of(
    run: Ensemble,
    kind: Kind,
    asked: Mapping[str, Any],
    numbers: Mapping[str, Rows] | None = None,
) -> Proof:
    """Return the proof of what is made of a run; `asked` is what makes it once more."""
    about = run.about
    return {
        "program": PROGRAM,
        "proof": FORMAT,
        "kind": kind,
        "asked": dict(asked),
        "scenarios": [to_record(one) for one in scenarios_in(about["scenarios"], run.folder.name)],
        "settings": dict(about["settings"]),
        "seeds": about["seeds"],
        "parameters": run.parameters,
        "code_digest": about["code_digest"],
        "data_digest": run.digest,
        "made_by": about["made_by"],
        "numbers": dict(numbers or {}),
    }


def text_of(proof: Proof, content: str) -> str:
    """Return a proof as text, sealed, with the digest of the rest of its file."""
    return json.dumps(sealed({**proof, "content": content}), ensure_ascii=False, allow_nan=False)


def read(text: str) -> Proof:
    """Return the proof that a text is.

    Raises NoProofError when it was cut or edited, or another version wrote it in another form.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        found = json.loads(text)
    except ValueError:
        raise NoProofError("cut") from None
    try:
        proof = TypeAdapter(Proof).validate_python(found)
    except ValidationError:
        raise NoProofError("edited") from None
    if not is_sealed(found):
        raise NoProofError("edited")
    return proof


def rows_of(csv_text: str) -> Rows:
    """Return a table of comma-separated text, its heading first."""
    import csv
    import io

    return list(csv.reader(io.StringIO(csv_text)))

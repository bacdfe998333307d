"""The digest: which discrepancies, which split and which priors a result was made under.

`digest.json` holds what it was when the targets were last made; `reader.current_digest` works it
out from what is here now. Every result that holds the model against targets carries it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from calibration.targets.figures import FOLDER
from calibration.targets.target import Target
from model.evidence.ledger import digest
from model.registry import BY_PARAMETER

DIGEST = FOLDER / "digest.json"
LENGTH = 12
"""Signs of a digest that are kept; enough that no two are alike by chance."""


def digest_of(targets: Iterable[Target]) -> dict[str, str]:
    """Return the digests of the targets (figures, discrepancies, split), the priors, and both."""
    parts = {
        "targets": _signs([_record(one) for one in sorted(targets, key=lambda one: one.id)]),
        "priors": digest(BY_PARAMETER.values())[:LENGTH],
    }
    return {**parts, "whole": _signs(parts)}


def _record(target: Target) -> dict[str, Any]:
    """Return a target as its digest sees it: what it does not have does not count."""
    record = asdict(target)
    if record["quantity"]["regression"] is None:
        del record["quantity"]["regression"]
    return record


def digest_text(targets: Iterable[Target]) -> str:
    """Return what `digest.json` holds for these targets."""
    return json.dumps(digest_of(targets), indent=2) + "\n"


def _signs(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:LENGTH]

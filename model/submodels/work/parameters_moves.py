"""Work parameters: between jobs, in and out of the labour force, and law that changes."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import assumed, logit_normal


@dataclass(frozen=True, kw_only=True)
class WorkMoves:
    """Moves between jobs, in and out of the labour force; what running contracts keep."""

    share_limits_kept: float = assumed(
        0.9,
        "share of running contracts that keep the limit they began under when a bill changes it",
        (0, 1),
        logit_normal(0.5, 0.98),
    )

"""Unpaid wages, unlawful eviction, and claims."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Rights:
    """Unpaid wages, unlawful eviction, and claims."""

    p_malafide: float = number(
        0.12, unit="share of flexible jobs", low=0.03, high=0.25, source="assumption", grade="D"
    )
    malafide_secure_ratio: float = number(
        0.25,
        unit="ratio, fixed and permanent jobs against flexible ones",
        low=0.1,
        high=0.6,
        source="assumption",
        grade="D",
    )
    inspection_elasticity: float = number(
        0.6, unit="log share per log intensity", low=0, high=1.2, source="assumption", grade="D"
    )
    p_unpaid_month: float = number(
        0.05,
        unit="probability per month under a malafide employer",
        low=0.01,
        high=0.12,
        source="assumption",
        grade="D",
    )
    unpaid_share: float = number(
        0.3, unit="share of the month's pay", low=0.1, high=0.6, source="assumption", grade="D"
    )
    p_claim_unaided: float = number(
        0.1,
        unit="probability that a claim succeeds without help",
        low=0,
        high=0.3,
        source="assumption",
        grade="D",
    )
    p_claim_helped: float = number(
        0.7,
        unit="probability that a claim succeeds with help",
        low=0.4,
        high=0.9,
        source="assumption",
        grade="D",
    )
    claim_knowledge: float = number(
        0.6,
        unit="share of claims that depends on knowledge",
        low=0.2,
        high=0.9,
        source="assumption",
        grade="D",
    )
    p_unlawful_eviction: float = number(
        0.01,
        unit="probability per month, tied home and malafide employer",
        low=0.002,
        high=0.03,
        source="assumption",
        grade="D",
    )
    trust_loss_event: float = number(
        0.05, unit="index points", low=0.02, high=0.15, source="assumption", grade="D"
    )
    trust_gain_claim: float = number(
        0.02, unit="index points", low=0, high=0.08, source="assumption", grade="D"
    )

"""Unpaid wages, unlawful eviction, and claims."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import assumed, logit_normal, lognormal, normal


@dataclass(frozen=True, kw_only=True)
class Rights:
    """Unpaid wages, unlawful eviction, and claims."""

    p_malafide: float = assumed(
        0.12, "share of flexible jobs", (0.005, 0.55), logit_normal(0.04, 0.25)
    )
    malafide_secure_ratio: float = assumed(
        0.25,
        "ratio, fixed and permanent jobs against flexible ones",
        (0, 1),
        logit_normal(0.08, 0.58),
    )
    inspection_elasticity: float = assumed(
        0.6, "log share per log intensity", (0, 2), normal(0.1, 1.1)
    )
    p_unpaid_month: float = assumed(
        0.05,
        "probability per month under a malafide employer",
        (0.001, 0.3),
        lognormal(0.015, 0.12),
    )
    unpaid_share: float = assumed(
        0.3, "share of the month's pay", (0.02, 1), logit_normal(0.12, 0.6)
    )
    p_claim_unaided: float = assumed(
        0.1, "probability that a claim succeeds without help", (0, 0.6), logit_normal(0.03, 0.28)
    )
    claim_help: float = assumed(
        0.6, "probability that full help adds to a claim", (0, 0.9), normal(0.3, 0.8)
    )
    claim_knowledge: float = assumed(
        0.6, "share of claims that depends on knowledge", (0, 1), normal(0.25, 0.92)
    )
    p_unlawful_eviction: float = assumed(
        0.01,
        "probability per month, tied home and malafide employer",
        (0, 0.08),
        lognormal(0.003, 0.031),
    )
    trust_loss_event: float = assumed(0.05, "index points", (0, 0.35), lognormal(0.02, 0.145))
    trust_gain_claim: float = assumed(0.02, "index points", (0, 0.19), lognormal(0.005, 0.072))

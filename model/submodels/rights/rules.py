"""Rights: unpaid wages, unlawful eviction, and claims (letter, lines 183-186, 260-276)."""

from __future__ import annotations

import math

from model.kernel.compile import rule
from model.submodels.work.rules import WEEKS_PER_MONTH


@rule
def share_malafide(
    p_base: float,
    inspection_intensity: float,
    elasticity: float,
    secure_ratio: float,
    is_secure: bool,
) -> float:
    """Return the share of jobs with an employer that breaks rules; inspection lowers it.

    Equation: share_malafide = {share · secure_ratio if is_secure; share otherwise}, where share =
    p_base · exp(−elasticity · ln(inspection_intensity))
    """
    share = p_base * math.exp(-elasticity * math.log(inspection_intensity))
    return share * secure_ratio if is_secure else share


@rule
def unpaid_eur_month(pay_eur_week: float, share_unpaid: float, share_net: float) -> float:
    """Return the wage that is withheld in a month, EUR net.

    Equation: unpaid_eur_month = share_unpaid · pay_eur_week · share_net · WEEKS_PER_MONTH
    """
    return share_unpaid * pay_eur_week * share_net * WEEKS_PER_MONTH


@rule
def trust_after_wrong(trust: float, loss: float) -> float:
    """Return the trust of a family whose wage is withheld, or that is put out of its home (e55).

    Equation: trust_after_wrong = max(0, trust − loss)
    """
    return max(0.0, trust - loss)


@rule
def p_claim_succeeds(
    p_unaided: float, p_by_help: float, legal_help: float, knowledge: float, share_knowledge: float
) -> float:
    """Return the probability that a family gets its right, by access to help and knowing of it.

    `p_by_help` is what full help adds to the probability without it.

    Equation: p_claim_succeeds = min(1, p_unaided + p_by_help · legal_help · (1 − share_knowledge +
    share_knowledge · knowledge))
    """
    reach = legal_help * (1.0 - share_knowledge + share_knowledge * knowledge)
    return min(1.0, p_unaided + p_by_help * reach)

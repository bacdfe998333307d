"""Information, key persons, peers, registration and care."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, lognormal, normal, number


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Information, key persons, peers, registration and care."""

    knowledge_slow: float = assumed(
        0.015,
        "share per month forgotten of what lies above the own level",
        (0, 0.06),
        lognormal(0.008, 0.03),
    )
    knowledge_digital: float = assumed(
        0.006, "index per month at full reach", (0, 0.05), lognormal(0.0015, 0.02)
    )
    knowledge_info_point: float = assumed(0.1, "index per contact", (0, 0.6), lognormal(0.03, 0.25))
    knowledge_key_person: float = assumed(0.03, "index per month", (0, 0.2), lognormal(0.007, 0.08))
    knowledge_school: float = assumed(0.02, "index per month", (0, 0.13), lognormal(0.005, 0.052))
    knowledge_pharos: float = assumed(
        0.002, "index per month at full reach", (0, 0.024), lognormal(0.0005, 0.009)
    )
    peer_gain: float = number(
        0.1,
        "probability of take-up per informed peer",
        (0, 0.4),
        normal(0.05, 0.15),
        source="S83",
        grade="B",
    )
    peer_cap: float = number(
        0.3, "probability", (0, 0.8), normal(0.15, 0.45), source="S83", grade="D"
    )
    peer_speed: float = assumed(
        0.05, "share of the difference per month", (0, 0.28), lognormal(0.014, 0.112)
    )
    peers_know: float = assumed(
        0.7, "index, knowledge of those who pass it on", (0.3, 1), normal(0.58, 0.82)
    )
    informed_from: float = assumed(0.55, "index", (0.1, 0.95), normal(0.4, 0.7))
    info_match_other: float = number(
        0.6,
        "share of contacts in a language not served first",
        (0, 1),
        normal(0.3, 0.88),
        source="S22",
        grade="D",
    )
    info_trust_base: float = assumed(
        0.5, "share of contacts that do not depend on trust", (0, 1), normal(0.25, 0.78)
    )
    trust_slow: float = assumed(
        0.015,
        "share per month of what lies above or below the own level",
        (0, 0.08),
        lognormal(0.006, 0.035),
    )
    trust_neighbours: float = assumed(
        0.02, "share of the difference per month", (0, 0.13), lognormal(0.006, 0.052)
    )
    trust_contact: float = assumed(0.03, "index per contact", (0, 0.2), lognormal(0.008, 0.08))
    trust_key_person: float = assumed(0.01, "index per month", (0, 0.08), lognormal(0.003, 0.031))
    trust_culture: float = assumed(
        0.6, "share of the gain that depends on culture-sensitive staff", (0, 1), normal(0.25, 0.92)
    )
    trust_codesign: float = assumed(
        0.5, "share of the gain that depends on involving families", (0, 1), normal(0.2, 0.82)
    )
    key_person_recent_ratio: float = assumed(
        2, "ratio of reach, recent against settled, when targeted", (1, 7), lognormal(1.2, 3.4)
    )
    p_register: float = assumed(
        0.025,
        "probability per month",
        (0, 0.2),
        lognormal(0.016, 0.085),
        fitted="by hand: brp.fam_y3 stock-account",
    )
    register_knowledge: float = assumed(
        0.5, "share that depends on knowledge", (0, 1), normal(0.2, 0.8)
    )
    register_practice: float = assumed(
        0.3, "share that depends on municipal practice", (0, 1), normal(0.05, 0.6)
    )
    register_info: float = assumed(
        0.1, "probability per contact with an information point", (0, 0.8), lognormal(0.025, 0.31)
    )
    care_speed: float = assumed(
        0.1, "share of the difference per month", (0.005, 0.8), lognormal(0.03, 0.3)
    )
    care_knowledge: float = assumed(0.3, "index", (0, 1), normal(0.1, 0.5))
    care_registered: float = assumed(0.2, "index", (0, 0.9), normal(0.04, 0.36))
    care_level: float = assumed(0.4, "index at full access", (0, 1), normal(0.2, 0.6))
    care_pharos: float = assumed(0.1, "index at full reach", (0, 0.5), normal(0.01, 0.19))
    care_border: float = assumed(0.3, "index lost across the border", (0, 1), normal(0.1, 0.5))
    p_school_contact: float = assumed(
        0.1,
        "probability per month of a talk with the contact person",
        (0, 0.8),
        lognormal(0.027, 0.31),
    )
    practice_contact_ratio: float = assumed(
        0.5, "share of contacts that depends on municipal practice", (0, 1), normal(0.2, 0.8)
    )
    practice_drift: float = assumed(
        0.02, "index per year without help", (0, 0.13), lognormal(0.005, 0.051)
    )
    municipalities_nl: float = number(
        342, "municipalities", (300, 400), FIXED, source="cbs-municipalities", grade="C"
    )
    practice_vng: float = assumed(
        0.2, "index per visit of the support team", (0, 1), lognormal(0.07, 0.45)
    )

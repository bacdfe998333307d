"""Information, key persons, peers, registration and care."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Information, key persons, peers, registration and care."""

    knowledge_slow: float = number(
        0.006, unit="index per month", low=0.002, high=0.012, source="assumption", grade="D"
    )
    knowledge_digital: float = number(
        0.006,
        unit="index per month at full reach",
        low=0,
        high=0.02,
        source="assumption",
        grade="D",
    )
    knowledge_info_point: float = number(
        0.1, unit="index per contact", low=0.03, high=0.25, source="assumption", grade="D"
    )
    knowledge_key_person: float = number(
        0.03, unit="index per month", low=0.005, high=0.08, source="assumption", grade="D"
    )
    knowledge_school: float = number(
        0.02, unit="index per month", low=0, high=0.05, source="assumption", grade="D"
    )
    knowledge_pharos: float = number(
        0.002,
        unit="index per month at full reach",
        low=0,
        high=0.01,
        source="assumption",
        grade="D",
    )
    peer_gain: float = number(
        0.1,
        unit="probability of take-up per informed peer",
        low=0.05,
        high=0.15,
        source="S83",
        grade="B",
    )
    peer_cap: float = number(0.3, unit="probability", low=0.2, high=0.4, source="S83", grade="D")
    peer_speed: float = number(
        0.05,
        unit="index per month at full probability",
        low=0.01,
        high=0.1,
        source="assumption",
        grade="D",
    )
    informed_from: float = number(
        0.55, unit="index", low=0.4, high=0.7, source="assumption", grade="D"
    )
    info_match_other: float = number(
        0.6,
        unit="share of contacts in a language not served first",
        low=0.3,
        high=0.9,
        source="S22",
        grade="D",
    )
    info_trust_base: float = number(
        0.5,
        unit="share of contacts that do not depend on trust",
        low=0.3,
        high=0.8,
        source="assumption",
        grade="D",
    )
    trust_slow: float = number(
        0.002, unit="index per month", low=0, high=0.005, source="assumption", grade="D"
    )
    trust_neighbours: float = number(
        0.02,
        unit="share of the difference per month",
        low=0,
        high=0.05,
        source="assumption",
        grade="D",
    )
    trust_contact: float = number(
        0.03, unit="index per contact", low=0, high=0.08, source="assumption", grade="D"
    )
    trust_key_person: float = number(
        0.01, unit="index per month", low=0, high=0.03, source="assumption", grade="D"
    )
    trust_culture: float = number(
        0.6,
        unit="share of the gain that depends on culture-sensitive staff",
        low=0.2,
        high=0.9,
        source="assumption",
        grade="D",
    )
    trust_codesign: float = number(
        0.5,
        unit="share of the gain that depends on involving families",
        low=0.2,
        high=0.9,
        source="assumption",
        grade="D",
    )
    key_person_recent_ratio: float = number(
        2,
        unit="ratio of reach, recent against settled, when targeted",
        low=1,
        high=3,
        source="assumption",
        grade="D",
    )
    p_register: float = number(
        0.045, unit="probability per month", low=0.01, high=0.08, source="assumption", grade="D"
    )
    register_knowledge: float = number(
        0.5,
        unit="share that depends on knowledge",
        low=0.2,
        high=0.8,
        source="assumption",
        grade="D",
    )
    register_practice: float = number(
        0.3,
        unit="share that depends on municipal practice",
        low=0,
        high=0.6,
        source="assumption",
        grade="D",
    )
    register_info: float = number(
        0.1,
        unit="probability per contact with an information point",
        low=0,
        high=0.3,
        source="assumption",
        grade="D",
    )
    care_speed: float = number(
        0.1,
        unit="share of the difference per month",
        low=0.03,
        high=0.3,
        source="assumption",
        grade="D",
    )
    care_knowledge: float = number(
        0.3, unit="index", low=0.1, high=0.5, source="assumption", grade="D"
    )
    care_registered: float = number(
        0.2, unit="index", low=0.05, high=0.4, source="assumption", grade="D"
    )
    care_level: float = number(
        0.4, unit="index at full access", low=0.2, high=0.6, source="assumption", grade="D"
    )
    care_pharos: float = number(
        0.1, unit="index at full reach", low=0, high=0.2, source="assumption", grade="D"
    )
    care_border: float = number(
        0.3, unit="index lost across the border", low=0.1, high=0.5, source="assumption", grade="D"
    )
    p_school_contact: float = number(
        0.1,
        unit="probability per month of a talk with the contact person",
        low=0.02,
        high=0.3,
        source="assumption",
        grade="D",
    )
    practice_contact_ratio: float = number(
        0.5,
        unit="share of contacts that depends on municipal practice",
        low=0.2,
        high=0.8,
        source="assumption",
        grade="D",
    )
    practice_drift: float = number(
        0.02, unit="index per year without help", low=0, high=0.05, source="assumption", grade="D"
    )
    municipalities_nl: float = number(
        342, unit="municipalities", low=342, high=342, source="cbs-municipalities", grade="C"
    )
    practice_vng: float = number(
        0.2,
        unit="index per visit of the support team",
        low=0.05,
        high=0.4,
        source="assumption",
        grade="D",
    )

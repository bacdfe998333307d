"""Network parameters: ties, key persons, schools, municipalities. See docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import number


@dataclass(frozen=True, kw_only=True)
class Network:
    """Who is tied to whom, and the schools and municipalities around the families."""

    n_ties_language: float = number(
        4,
        unit="ties per family in its municipality and home language",
        low=2,
        high=8,
        source="assumption",
        grade="D",
    )
    p_rewire: float = number(
        0.1,
        unit="share of ties to somebody further away",
        low=0.02,
        high=0.4,
        source="watts-strogatz-1998",
        grade="D",
    )
    share_ties_older: float = number(
        0.3,
        unit="share of a new family's ties that are to families who came earlier",
        low=0.1,
        high=0.6,
        source="assumption",
        grade="D",
    )
    n_ties_work: float = number(
        4,
        unit="ties per family with flexible work, to others with flexible work",
        low=0,
        high=10,
        source="assumption",
        grade="D",
    )
    n_families_per_key_person: float = number(
        40, unit="families", low=20, high=80, source="assumption", grade="D"
    )
    n_families_per_po_school: float = number(
        25,
        unit="EU-11 families in the municipality per primary school",
        low=10,
        high=60,
        source="assumption",
        grade="D",
    )
    n_families_per_vo_school: float = number(
        80,
        unit="EU-11 families in the municipality per secondary school",
        low=40,
        high=200,
        source="assumption",
        grade="D",
    )
    background_newcomers_po: float = number(
        3,
        unit="newcomer pupils per primary school, mean",
        low=1,
        high=8,
        source="seo-2022",
        grade="D",
    )
    background_newcomers_vo: float = number(
        12,
        unit="newcomer pupils per secondary school, mean",
        low=4,
        high=40,
        source="seo-2022",
        grade="D",
    )
    share_focus_five: float = number(
        0.35,
        unit="share of families in focus areas, Den Haag, Rotterdam, Amsterdam, Eindhoven, Tilburg",
        low=0.15,
        high=0.6,
        source="nplv-list",
        grade="D",
    )
    share_focus_other: float = number(
        0.08,
        unit="share of families in focus areas, rest of the country",
        low=0.02,
        high=0.2,
        source="nplv-list",
        grade="D",
    )
    practice_early: float = number(
        0.55, unit="index, Den Haag and Rotterdam", low=0.3, high=0.8, source="S20", grade="D"
    )
    practice_study: float = number(
        0.45,
        unit="index, the other five municipalities of the study",
        low=0.2,
        high=0.7,
        source="assumption",
        grade="D",
    )
    practice_other: float = number(
        0.3, unit="index, rest of the country", low=0.1, high=0.5, source="assumption", grade="D"
    )
    practice_border: float = number(
        0.2, unit="index, across the border", low=0.05, high=0.4, source="assumption", grade="D"
    )
    province_learning_ratio: float = number(
        2,
        unit="weight of a municipality in the same province against others",
        low=1,
        high=5,
        source="assumption",
        grade="D",
    )

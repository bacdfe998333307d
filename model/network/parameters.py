"""Network parameters: ties, key persons, schools, municipalities. See docs/evidence.md."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Network:
    """Who is tied to whom, and the schools and municipalities around the families."""

    n_ties_language: float = assumed(
        4, "ties per family in its municipality and home language", (2, 14), uniform(2, 8)
    )
    p_rewire: float = number(
        0.1,
        "share of ties to somebody further away",
        (0, 1),
        lognormal(0.035, 0.42),
        source="watts-strogatz-1998",
        grade="D",
    )
    share_ties_older: float = assumed(
        0.3,
        "share of a new family's ties that are to families who came earlier",
        (0, 1),
        logit_normal(0.1, 0.6),
    )
    n_ties_work: float = assumed(
        4,
        "ties per family with flexible work, to others with flexible work",
        (0, 20),
        uniform(0.5, 9.5),
    )
    n_families_per_key_person: float = assumed(40, "families", (8, 180), lognormal(20, 80))
    n_families_per_po_school: float = assumed(
        25, "EU-11 families in the municipality per primary school", (4, 150), lognormal(10, 60)
    )
    n_families_per_vo_school: float = assumed(
        80, "EU-11 families in the municipality per secondary school", (15, 450), lognormal(40, 200)
    )
    background_newcomers_po: float = number(
        3,
        "newcomer pupils per primary school, mean",
        (0, 20),
        lognormal(1, 8),
        source="seo-2022",
        grade="D",
    )
    background_newcomers_vo: float = number(
        12,
        "newcomer pupils per secondary school, mean",
        (0, 90),
        lognormal(4, 36),
        source="seo-2022",
        grade="D",
    )
    share_focus_five: float = number(
        0.35,
        "share of families in focus areas, Den Haag, Rotterdam, Amsterdam, Eindhoven, Tilburg",
        (0.02, 0.95),
        logit_normal(0.15, 0.6),
        source="nplv-list",
        grade="D",
    )
    share_focus_other: float = number(
        0.08,
        "share of families in focus areas, rest of the country",
        (0, 0.5),
        logit_normal(0.025, 0.22),
        source="nplv-list",
        grade="D",
    )
    practice_early: float = number(
        0.55, "index, Den Haag and Rotterdam", (0, 1), normal(0.32, 0.78), source="S20", grade="D"
    )
    practice_study: float = assumed(
        0.45, "index, the other five municipalities of the study", (0, 1), normal(0.22, 0.68)
    )
    practice_other: float = assumed(0.3, "index, rest of the country", (0, 1), normal(0.1, 0.5))
    practice_border: float = assumed(
        0.2, "index, across the border", (0, 1), logit_normal(0.06, 0.45)
    )
    province_learning_ratio: float = assumed(
        2,
        "weight of a municipality in the same province against others",
        (1, 10),
        lognormal(1.1, 4.5),
    )

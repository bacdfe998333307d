"""Forms that the world may have, off as shipped; a study of sensitivity switches them on."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, number


@dataclass(frozen=True, kw_only=True)
class Structure:
    """Forms that the world may have, off as shipped; a study of sensitivity switches them on.

    Each is the size of a term, with 0 for off. None is drawn from a prior: they are other models,
    not other numbers of this one. A direct effect of contracts is `school.direct_contract`.
    """

    moves_and_leaving: float = number(
        0,
        "log-odds of leaving: up in the first three years after a move by choice, down in the next"
        " three, up after; off (the published size is not read, .1 is the option)",
        (-0.2, 0.5),
        FIXED,
        source="S53",
        grade="D",
    )
    fixed_norm: float = assumed(
        0,
        "share of what comparable children meet that holds learning back all the same; off, so that"
        " learning is against peers (1 is a norm without absence, changes, crowding or any gap)",
        (-0.05, 1),
        FIXED,
    )
    fade_floor: float = assumed(
        0,
        "share of what fades of a gain that stays for good; off, so that a gain fades to nothing",
        (-0.05, 0.8),
        FIXED,
    )
    peers_in_class: float = number(
        0,
        "SD of Dutch a year at a school of newcomers only, for who has another language at home;"
        " off (.1 is the option)",
        (-0.05, 0.5),
        FIXED,
        source="S92",
        grade="D",
    )
    pupils_of_a_school: float = assumed(
        250, "pupils, among whom newcomers are counted for `peers_in_class`", (50, 1500), FIXED
    )

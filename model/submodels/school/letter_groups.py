"""Which of the three groups of the letter a child belongs to.

The letter counts children in vulnerable families, not all of a kind: its groups are parts of the
stock. A family has one number of its own, between 0 and 1; its children are in the group of their
kind when it is below the group's part of the stock. So siblings agree, nobody comes and goes but by
growing older, and a group grows and shrinks with the stock.
"""

from __future__ import annotations

from model import calendar
from model.enums import BirthCountry, LetterGroup
from model.errors import InputError
from model.evidence.stock_2023 import AGED_0_4, BORN_HERE_5_17, MINORS
from model.kernel.compile import rule, step
from model.registry import ParameterRow
from model.state import ChildRow, FamilyRow

STAY_LATE_YEARS = 5
"""A late arrival is less than this long here (letter, lines 108-110; S2)."""


@rule
def letter_group(
    age_months: int,
    is_born_here: bool,
    years_in_nl: float,
    is_late: bool,
    rank: float,
    share_0_4: float,
    share_late: float,
    share_born_here: float,
) -> int:
    """Return the letter's group of a child (lines 105-114; S2) at its present age and stay.

    Group 1 is aged 0-4; group 3 was born here; group 2 is 13 or older and less than five years
    here. Who arrived at twelve or older (`is_late`) stays in group 2, and who was born here in
    group 3, when past 17: the letter counts minors, early school leaving runs to 23. A child is in
    the group of its kind when its family's `rank` (0 to 1) is below that group's share of the
    stock. All others are OTHER.

    Equation: letter_group = {{LetterGroup.AGED_0_4 if rank < share_0_4; LetterGroup.OTHER
    otherwise} if age_months < calendar.FIVE; {LetterGroup.BORN_HERE if rank < share_born_here;
    LetterGroup.OTHER otherwise} if is_born_here; LetterGroup.LATE_ARRIVAL if age_months ≥
    calendar.THIRTEEN and {is_late if age_months ≥ calendar.EIGHTEEN; years_in_nl < STAY_LATE_YEARS
    otherwise} and rank < share_late; LetterGroup.OTHER otherwise}
    """
    if age_months < calendar.FIVE:
        return LetterGroup.AGED_0_4 if rank < share_0_4 else LetterGroup.OTHER
    if is_born_here:
        return LetterGroup.BORN_HERE if rank < share_born_here else LetterGroup.OTHER
    is_short = years_in_nl < STAY_LATE_YEARS
    if age_months >= calendar.EIGHTEEN:
        is_short = is_late
    if age_months >= calendar.THIRTEEN and is_short and rank < share_late:
        return LetterGroup.LATE_ARRIVAL
    return LetterGroup.OTHER


@rule
def stock_of_kind(in_table: float, n_children: float, all_in_table: float) -> float:
    """Return the children of a kind when there are `n_children` and not those of the table.

    Equation: stock_of_kind = in_table · n_children / all_in_table
    """
    return in_table * n_children / all_in_table


@step
def group_of(family: FamilyRow, child: ChildRow, age: int, month: int, p: ParameterRow) -> int:
    """Return the letter's group of a child in a month."""
    return letter_group(
        age_months=age,
        is_born_here=child.birth_country == BirthCountry.NETHERLANDS,
        years_in_nl=(month - family.entry_month) / 12.0,
        is_late=child.late_arrival != 0,
        rank=family.letter_rank,
        share_0_4=p.letter_share_0_4,
        share_late=p.letter_share_late,
        share_born_here=p.letter_share_born_here,
    )


def letter_shares(p: ParameterRow) -> dict[str, float]:
    """Return which part of the stock's children of its kind each group is, by its derived name.

    The letter's number over the stock's. Raises InputError for a group that is larger than the
    stock has children of its kind.
    """
    first, third = (
        stock_of_kind(in_table=n, n_children=float(p.n_children_0_17), all_in_table=MINORS)
        for n in (AGED_0_4, BORN_HERE_5_17)
    )
    groups = {
        "letter_share_0_4": ("aged_0_4", float(p.n_children_aged_0_4), first),
        "letter_share_late": (
            "late_arrival",
            float(p.n_children_late_arrival),
            float(p.n_children_late_stock),
        ),
        "letter_share_born_here": (
            "born_here",
            float(p.n_children_born_here),
            third,
        ),
    }
    return {share: _part(*group) for share, group in groups.items()}


def _part(name: str, letter: float, stock: float) -> float:
    if letter <= stock:
        return letter / stock
    message = (
        f"population.n_children_{name} = {letter:,.0f}: a group of the letter is a part of the"
        f" stock, and the stock has {stock:,.0f} children of that kind. Choose a smaller"
        " group or a larger stock (population.n_children_0_17, population.n_children_late_stock)."
    )
    raise InputError(message)

"""What a child's home gave it before the run, by what its parents spoke in those years."""

from __future__ import annotations

from model import calendar
from model.kernel.compile import step
from model.registry import ParameterRow
from model.state import ChildRow, FamilyRow
from model.submodels.early_years import rules
from model.submodels.language.rules import dutch_years_ago


@step
def dutch_before_school(
    family: FamilyRow, child: ChildRow, age: int, arrived_at: int, month: int, p: ParameterRow
) -> float:
    """Return Dutch at an age up to the start of school, from the child's own spread on.

    The delay of the home builds up month by month, by what its parents spoke then.
    """
    if arrived_at >= calendar.FOUR:
        return rules.dutch_of_newcomer(child.language_z, p.language_gap_newcomer)
    dutch = float(child.language_z)
    for month_of_life in range(calendar.ONE, min(age, calendar.FOUR)):
        dutch += rules.home_dutch_change_month(
            parent_dutch=parent_dutch_then(family, child, month_of_life, month, p),
            gap_at_4=p.language_gap_at_4,
            dutch_from=p.home_dutch_from,
        )
    return dutch


@step
def parent_dutch_then(
    family: FamilyRow, child: ChildRow, age: int, month: int, p: ParameterRow
) -> float:
    """Return the Dutch of the parents when the child was of an age (months)."""
    return dutch_years_ago(
        parent_dutch=family.parent_dutch,
        ceiling=family.dutch_ceiling,
        usual_ceiling=p.dutch_ceiling,
        on_arrival=p.dutch_on_arrival,
        rate_year=p.dutch_rate_year,
        years_now=(month - family.arrival_month) / 12.0,
        years_then=(child.birth_month + age - family.arrival_month) / 12.0,
    )

"""What a contract alone says of its hours, and schooling of what may become of it."""

from __future__ import annotations

from model.kernel.compile import step
from model.registry import LeverRow, ParameterRow
from model.state import FamilyRow
from model.submodels.work import rules, rules_moves

LONGEST_SPELL = 60000
"""Months up to which spells are counted, all that their columns can hold."""


@step
def cv_of_hours(contract: int, lv: LeverRow, p: ParameterRow) -> float:
    """Return the coefficient of variation of the hours of a contract (e01)."""
    return rules.by_contract(
        contract=contract,
        zero_hours=p.cv_zero_hours,
        bandwidth=rules_moves.cv_bandwidth(lv.bandwidth_extra_max),
        agency_a=p.cv_agency_a,
        agency_b=p.cv_agency_b,
        fixed=p.cv_fixed,
        permanent=p.cv_permanent,
        self_employed=p.cv_self_employed,
    )


@step
def permanent_share(family: FamilyRow, p_middle: float, p: ParameterRow) -> float:
    """Return the chance of a permanent contract, by the schooling of a family's parents."""
    return rules_moves.p_by_schooling(
        p_middle=p_middle, education=family.parent_education, log_odds=p.schooling_permanent
    )

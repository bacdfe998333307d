"""Who minds a child while its parents work: childcare, kin, others, or nobody."""

from __future__ import annotations

from model.enums import Contract
from model.kernel.compile import step
from model.kernel.rows import World, adult_row, family_row
from model.registry import LeverRow, ParameterRow
from model.state import ADULTS
from model.submodels.care import rules


@step
def care_month(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> tuple[float, float]:
    """Return hours a week in which nobody minds the children, and `outside`.

    That is how far the main carer, the second adult or the lone parent, works outside the hours of
    childcare (0 to 1).
    """
    family = family_row(w, i)
    start, end, n_working = 0.0, 24.0, 0
    formal = rules.share_in_childcare(
        education_level=family.parent_education - 1.0,
        knowledge=family.knowledge,
        usual=p.care_formal,
        per_level=p.care_formal_education,
    )
    outside = 0.0
    for which in range(ADULTS):  # the row of an adult who is not there is empty
        adult = adult_row(w, ADULTS * i + which)
        works = adult.contract != Contract.NONE
        n_working += int(works)
        first, last = adult.shift_start / 2.0, adult.shift_end / 2.0
        start, end = max(start, first if works else 0.0), min(end, last if works else 24.0)
    carer = adult_row(w, ADULTS * i + family.n_adults - 1)
    if carer.contract != Contract.NONE:
        outside = rules.carer_outside_hours(
            start=carer.shift_start / 2.0,
            end=carer.shift_end / 2.0,
            opens=lv.childcare_open_hour,
            closes=lv.childcare_close_hour,
            usual_opens=p.care_usual_open_hour,
            usual_closes=p.care_usual_close_hour,
            share_formal=formal,
            share_early_late=p.care_early_late,
            hours_full=p.hours_outside_nil,
        )
    if n_working < family.n_adults or end <= start:
        return 0.0, outside
    kin = rules.kin_nearby(
        years_in_nl=(month - family.arrival_month) / 12.0,
        on_arrival=p.kin_on_arrival,
        per_year=p.kin_year,
        most=p.kin_most,
    )
    by_kin = rules.share_by_kin(kin, p.care_kin)
    until, since = (
        rules.before_school(end, p.school_start_hour),
        rules.after_school(start, p.school_end_hour),
    )
    before = _unminded(start, until, by_kin, formal, lv, p)
    after = _unminded(since, end, by_kin, formal, lv, p)
    return rules.hours_a_week(
        hours_before=before, hours_after=after, days=p.work_days_week
    ), outside


@step
def _unminded(
    start: float, end: float, by_kin: float, formal: float, lv: LeverRow, p: ParameterRow
) -> float:
    return rules.hours_unminded(
        start=start,
        end=end,
        opens=lv.childcare_open_hour,
        closes=lv.childcare_close_hour,
        usual_opens=p.care_usual_open_hour,
        usual_closes=p.care_usual_close_hour,
        share_kin=by_kin,
        share_other=p.care_use_base,
        share_other_outside=p.care_outside_hours,
        share_formal=formal,
        share_early_late=p.care_early_late,
    )

"""Who minds a child while all its parents work, and what of it is left (map e07, e35)."""

from __future__ import annotations

from model.kernel.compile import rule


@rule
def overlap(start: float, end: float, first: float, last: float) -> float:
    """Return how many hours of a time of day (start to end) lie between two clock hours.

    Equation: overlap = max(0, min(end, last) − max(start, first))
    """
    return max(0.0, min(end, last) - max(start, first))


@rule
def carer_outside_hours(
    start: float,
    end: float,
    opens: float,
    closes: float,
    usual_opens: float,
    usual_closes: float,
    share_formal: float,
    share_early_late: float,
    hours_full: float,
) -> float:
    """Return how far the main carer's working day lies outside childcare hours, 0 to 1 (e35).

    Of the hours outside the usual ones, a childcare that is open then takes the children of those
    who would use it; where it is closed in usual hours, its users go without. The evidence is of
    mothers (S45), so only the main carer counts: the second adult, or the lone parent.

    Equation: carer_outside_hours = min(1, max(0, end − start − usual − share_early_late ·
    (overlap(start: start, end: end, first: opens, last: closes) − both) + share_formal · (usual −
    both)) / hours_full), where usual = overlap(start: start, end: end, first: usual_opens, last:
    usual_closes); both = overlap(start: start, end: end, first: max(opens, usual_opens), last:
    min(closes, usual_closes))
    """
    usual = overlap(start=start, end=end, first=usual_opens, last=usual_closes)
    both = overlap(
        start=start, end=end, first=max(opens, usual_opens), last=min(closes, usual_closes)
    )
    opened = overlap(start=start, end=end, first=opens, last=closes) - both
    hours = end - start - usual - share_early_late * opened + share_formal * (usual - both)
    return min(1.0, max(0.0, hours) / hours_full)


@rule
def kin_nearby(years_in_nl: float, on_arrival: float, per_year: float, most: float) -> float:
    """Return how much of a family's kin lives near enough to mind children, more with stay (D).

    Whose parents have been here for decades has what families without migration have.

    Equation: kin_nearby = min(most, on_arrival + per_year · max(0, years_in_nl))
    """
    return min(most, on_arrival + per_year * max(0.0, years_in_nl))


@rule
def share_by_kin(kin: float, share_usual: float) -> float:
    """Return the share of the gaps that kin fills, by how much of it lives nearby.

    Equation: share_by_kin = kin · share_usual
    """
    return kin * share_usual


@rule
def share_in_childcare(
    education_level: float, knowledge: float, usual: float, per_level: float
) -> float:
    """Return the share of the gaps that paid childcare fills: by education, and what parents know.

    The published gradient by education stands for its price too.

    Equation: share_in_childcare = max(0, usual + per_level · education_level) · knowledge
    """
    return max(0.0, usual + per_level * education_level) * knowledge


@rule
def before_school(end: float, school_start: float) -> float:
    """Return the hour at which a gap before school ends: when it begins, or the parent is home.

    Equation: before_school = min(end, school_start)
    """
    return min(end, school_start)


@rule
def after_school(start: float, school_end: float) -> float:
    """Return the hour at which a gap after school begins.

    Equation: after_school = max(start, school_end)
    """
    return max(start, school_end)


@rule
def hours_unminded(
    start: float,
    end: float,
    opens: float,
    closes: float,
    usual_opens: float,
    usual_closes: float,
    share_kin: float,
    share_other: float,
    share_other_outside: float,
    share_formal: float,
    share_early_late: float,
) -> float:
    """Return the hours of a gap (all parents at work, no school) in which nobody minds a child.

    Kin and others fill a part, others less outside the usual hours of childcare; childcare fills a
    part of the hours in which it is open (e07).

    Equation: hours_unminded = max(0, whole − (share_kin · whole + share_other · usual +
    share_other_outside · (whole − usual) + share_formal · both + share_early_late · (overlap(start:
    start, end: end, first: opens, last: closes) − both))), where whole = max(0, end − start); usual
    = overlap(start: start, end: end, first: usual_opens, last: usual_closes); both = overlap(start:
    start, end: end, first: max(opens, usual_opens), last: min(closes, usual_closes))
    """
    whole = max(0.0, end - start)
    usual = overlap(start=start, end=end, first=usual_opens, last=usual_closes)
    both = overlap(
        start=start, end=end, first=max(opens, usual_opens), last=min(closes, usual_closes)
    )
    opened = overlap(start=start, end=end, first=opens, last=closes) - both
    filled = share_kin * whole + share_other * usual + share_other_outside * (whole - usual)
    filled += share_formal * both + share_early_late * opened
    return max(0.0, whole - filled)


@rule
def hours_a_week(hours_before: float, hours_after: float, days: float) -> float:
    """Return hours a week from those before and after school on a working day.

    Equation: hours_a_week = days · (hours_before + hours_after)
    """
    return days * (hours_before + hours_after)


@rule
def left_alone(age_months: int, from_years: float, until_years: float) -> float:
    """Return the share of the hours that nobody minds a child in which it is left alone.

    For the youngest somebody works less or finds a way; it is ever less so up to an age at which
    being alone is no matter any more (D).

    Equation: left_alone = {0 if years ≥ until_years; max(0, (years − from_years) / (until_years −
    from_years)) otherwise}, where years = age_months / 12
    """
    years = age_months / 12.0
    if years >= until_years:
        return 0.0
    return max(0.0, (years - from_years) / (until_years - from_years))


@rule
def alone_hours(hours_unminded: float, share_alone: float) -> float:
    """Return the hours a week that a child of its age is alone.

    Equation: alone_hours = hours_unminded · share_alone
    """
    return hours_unminded * share_alone

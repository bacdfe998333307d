"""The fixed moments of a school year: August, the counts, January to March, July."""

from __future__ import annotations

from model import calendar
from model.calendar import NEWCOMER_COUNTS, SchoolMonth
from model.enums import BirthCountry, Stage
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, child_row, family_row, newcomer_row, school_row
from model.registry import LeverRow, ParameterRow
from model.state import ChildRow
from model.submodels.leaving.steps import october
from model.submodels.school import rules_tracks
from model.submodels.school.scores import after_diploma, score, track_of


@step
def school_year(
    w: World, i: int, c: int, age: int, month: int, lv: LeverRow, p: ParameterRow
) -> None:
    """Do what belongs to this month of the school year for a child."""
    moment = month % 12
    if moment == SchoolMonth.AUGUST:
        _august(w, c, age, month, p)
    elif moment == SchoolMonth.OCTOBER:
        october(w, i, c, age, month, p)
    elif moment == SchoolMonth.JANUARY:
        _provisional_advice(w, c, month, p)
    elif moment == SchoolMonth.FEBRUARY:
        _transition_test(w, i, c, month, p)
    elif moment == SchoolMonth.JULY:
        _july(w, c, month, p)
    if moment in NEWCOMER_COUNTS:
        _count_newcomer(w, c, month)


@step
def _count_newcomer(w: World, c: int, month: int) -> None:
    """Schools count pupils in their first year at a Dutch school (S31, S32)."""
    child = child_row(w, c)
    if (
        child.is_enrolled != 0
        and child.school >= 0
        and child.birth_country != BirthCountry.NETHERLANDS
        and month - child.first_school_month < calendar.ONE
    ):
        newcomer_row(w, child.school).n += 1


@step
def _august(w: World, c: int, age: int, month: int, p: ParameterRow) -> None:
    """Start a school year: the next group, the next school, or the same year again."""
    child = child_row(w, c)
    child.school_changes_year = 0
    if child.is_enrolled == 0:
        return
    d = draw4(w.seed, child.key, Block.AUGUST, month)
    if Stage.PO1 <= child.stage < Stage.PO8:
        _promote_po(child, age, d[0], p)
    elif child.stage == Stage.PO8:
        _enter_vo(w, child, p)
    elif child.stage == Stage.ISK:
        _leave_isk(child, age, month, d[0], p)
    elif Stage.PRO <= child.stage <= Stage.MBO4:
        _promote_vo(child, d, p)


@step
def _promote_po(child: ChildRow, age: int, luck: float, p: ParameterRow) -> None:
    """Go to the next group; a child that turned four late in the year stays in group 1."""
    if child.stage == Stage.PO1 and age < calendar.FIRST_GROUP_UNTIL:
        return
    p_repeat = p.p_repeat_early if child.stage <= Stage.PO2 else p.p_repeat_po
    repeats = luck < rules_tracks.p_repeats(p=p_repeat, w_score=p.repeat_score, score=score(child))
    if repeats and child.has_repeated == 0:
        child.has_repeated = 1
        return
    child.stage += 1


@step
def _enter_vo(w: World, child: ChildRow, p: ParameterRow) -> None:
    advice = child.advice - 1
    if child.advice == 0:
        advice = track_of(score(child), p)
    child.stage = rules_tracks.stage_of_track(advice)
    child.stage_year = 1
    child.has_repeated = 0
    _to_secondary(w, child)


@step
def _to_secondary(w: World, child: ChildRow) -> None:
    """Go to a secondary school of the same municipality, by the child's own number."""
    if child.school < 0:
        return
    here = school_row(w, child.school)
    if here.is_secondary != 0:
        return
    n = int(here.n_secondary)
    if n > 0:
        child.school = here.first_secondary + int(draw4(w.seed, child.key, Block.ADVICE, 0)[3] * n)


@step
def _leave_isk(child: ChildRow, age: int, month: int, luck: float, p: ParameterRow) -> None:
    """Leave newcomer education after two or three years, to a track or, from sixteen, to entree."""
    if rules_tracks.stays_in_newcomer_class(
        months_at_school=month - child.first_school_month,
        age_months=age,
        usual_months=p.isk_max_months,
        p_longer=p.isk_longer,
        luck=luck,
    ):
        child.stage_year += 1
        return
    child.has_repeated = 0
    if age >= calendar.SIXTEEN:
        child.stage = Stage.MBO1
        child.stage_year = 1
        return
    value = rules_tracks.advice_value(
        score=rules_tracks.value_after_newcomer_class(score(child), p.isk_track_loss),
        language=child.language_z + child.gain_language,
        w_language=p.advice_language,
    )
    child.stage = rules_tracks.stage_of_track(track_of(value, p))
    child.stage_year = rules_tracks.year_after_newcomer_class(age)


@step
def _promote_vo(child: ChildRow, d: tuple[float, float, float, float], p: ParameterRow) -> None:
    """Go to the next year, repeat, step down a track, or start anew in another field."""
    if child.stage_year == 0:
        child.stage_year = 1
        child.has_repeated = 0
        child.has_switched = 0
        return
    if child.stage_year >= rules_tracks.years_of_stage(child.stage):
        return
    if child.stage >= Stage.MBO2 and child.stage_year == 1 and child.has_switched == 0:
        changes = rules_tracks.p_changes_field(
            p=p.p_switch_mbo, w_score=p.switch_score, score=score(child)
        )
        if d[2] < changes:
            child.has_switched = 1
            return
    base = p.p_repeat_mbo if child.stage >= Stage.MBO1 else p.p_repeat_vo
    repeats = d[0] < rules_tracks.p_repeats(p=base, w_score=p.repeat_score, score=score(child))
    if repeats and child.has_repeated <= 1:
        child.has_repeated += 1
        if Stage.VMBO_B < child.stage <= Stage.VWO and d[1] < p.p_down_track:
            child.stage -= 1
        return
    child.stage_year += 1


@step
def _july(w: World, c: int, month: int, p: ParameterRow) -> None:
    """Sit the exam in the last year: a diploma leads on, or qualifies (S96, S98, S101)."""
    child = child_row(w, c)
    if child.is_enrolled == 0 or not Stage.PRO <= child.stage <= Stage.MBO4:
        return
    if child.stage_year < rules_tracks.years_of_stage(child.stage):
        return
    d = draw4(w.seed, child.key, Block.AUGUST, month)
    if d[0] >= rules_tracks.shifted(p=p.p_exam, weight=p.exam_score, score=score(child)):
        return
    if rules_tracks.gives_startkwalificatie(child.stage):
        child.has_startkwalificatie = 1
    after = after_diploma(child.stage, d[1], p)
    is_from_vmbo_to_havo = after == Stage.HAVO
    is_from_havo_to_vwo = after == Stage.VWO
    child.stage = after
    child.stage_year = 0
    if is_from_vmbo_to_havo:
        child.stage_year = 3
    elif is_from_havo_to_vwo:
        child.stage_year = 4
    elif after >= Stage.QUALIFIED:
        child.is_enrolled = 0


@step
def _provisional_advice(w: World, c: int, month: int, p: ParameterRow) -> None:
    """January: the school's provisional advice (S81)."""
    child = child_row(w, c)
    if child.stage != Stage.PO8:
        return
    d = draw4(w.seed, child.key, Block.ADVICE, month)
    value = rules_tracks.advice_value(
        score=score(child),
        language=child.language_z + child.gain_language,
        w_language=p.advice_language,
    )
    value = rules_tracks.with_noise(value=value, sd=p.advice_noise, luck=d[0])
    child.provisional_advice = 1 + track_of(value, p)


@step
def _transition_test(w: World, i: int, c: int, month: int, p: ParameterRow) -> None:
    """February and March: the test may raise the advice; who is exempt keeps the old one."""
    family, child = family_row(w, i), child_row(w, c)
    if child.stage != Stage.PO8 or child.provisional_advice == 0:
        return
    d = draw4(w.seed, child.key, Block.ADVICE, month)
    language = child.language_z + child.gain_language
    years = (month - max(family.entry_month, child.birth_month)) / 12.0
    is_exempt = rules_tracks.is_test_exempt(
        years_in_nl=years,
        language_z=language,
        exempt_years=p.exempt_years,
        exempt_language=p.exempt_language,
    )
    value = rules_tracks.advice_value(
        score=score(child), language=language, w_language=p.advice_language
    )
    if is_exempt:
        under = 1 + track_of(rules_tracks.value_of_exempt(value, p.under_advice_exempt), p)
        child.provisional_advice = min(child.provisional_advice, under)
    tested = 1 + track_of(rules_tracks.with_noise(value=value, sd=p.test_noise, luck=d[1]), p)
    child.advice = rules_tracks.final_advice(
        provisional=child.provisional_advice, tested=tested, is_exempt=is_exempt
    )

"""The month at school: enrolment, school change, absence, language, learning, belonging."""

from __future__ import annotations

from model import calendar
from model.calendar import SchoolMonth
from model.enums import BirthCountry, Contract, Stage, Status
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, adult_row, child_row, family_row, months_row, school_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ChildRow, FamilyRow
from model.submodels.care import rules as care_rules
from model.submodels.contact import rules as contact_rules
from model.submodels.housing import rules as housing_rules
from model.submodels.school import rules_attendance, rules_learning, rules_tracks
from model.submodels.school.changing import change_school
from model.submodels.school.scores import score, track_of

_FORCED = 2


@step
def enrol(w: World, i: int, c: int, age: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Enter school, at four or after arrival; a late arrival enters newcomer education (e43)."""
    family, child = family_row(w, i), child_row(w, c)
    if family.is_border != 0:
        child.touched |= lv.active & BIT.cross_border_coordination
    chance = rules_attendance.p_enrols_month(
        age_months=age,
        is_registered=family.is_registered != 0,
        is_border=family.is_border != 0,
        p_compulsory=p.p_enrol,
        p_at_4=p.p_enrol_at_4,
        ratio_unregistered=p.enrol_unregistered,
        ratio_border=p.enrol_border,
        coordination=lv.cross_border_coordination,
    )
    if draw4(w.seed, child.key, Block.SCHOOL_MOVE, month)[0] >= chance:
        return
    child.is_enrolled = 1
    child.ve_wait = 0
    if child.stage > Stage.VE:
        # Back at school after a time out of sight, in the group or year of before.
        return
    if child.late_arrival != 0 and child.first_school_month == calendar.NEVER:
        child.belonging = p.belonging_late
    is_born_here = child.birth_country == BirthCountry.NETHERLANDS
    months_before_4 = max(0.0, calendar.FOUR - (family.entry_month - child.birth_month))
    if child.first_school_month < 0 or child.stage <= Stage.VE:
        child.first_school_month = month
    child.stage_year = 1
    if age >= calendar.TWELVE and is_born_here:
        _enter_track(child, age, p)
    elif age >= calendar.TWELVE:
        child.stage = Stage.ISK
        child.newcomer_months_left = int(
            rules_attendance.newcomer_months_at_entry(
                funded_months=lv.newcomer_months_vo,
                is_born_here=is_born_here,
                months_in_nl_before_4=0.0,
            )
        )
        if not is_born_here:
            child.touched |= lv.active & BIT.newcomer_months_vo
    else:
        child.stage = rules_tracks.group_of_age(age - month % 12)
        child.newcomer_months_left = int(
            rules_attendance.newcomer_months_at_entry(
                funded_months=lv.newcomer_months_po,
                is_born_here=is_born_here,
                months_in_nl_before_4=months_before_4,
            )
        )
        if not is_born_here:
            child.touched |= lv.active & BIT.newcomer_months_po


@step
def _enter_track(child: ChildRow, age: int, p: ParameterRow) -> None:
    """A pupil born here who enters the count at twelve or older is where its age and score put it.

    These are children of comparable families that enter with their match.
    """
    child.stage = rules_tracks.stage_of_track(track_of(score(child), p))
    child.stage_year = min(rules_tracks.years_of_stage(child.stage), rules_tracks.year_of_age(age))


@step
def school_month(
    w: World,
    i: int,
    c: int,
    age: int,
    month: int,
    hours: float,
    outside: float,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Live a month at school; `hours` a week that nobody minds a child, `outside`: `care_month`."""
    family, child = family_row(w, i), child_row(w, c)
    d = draw4(w.seed, child.key, Block.SCHOOL, month)
    has_changed = change_school(w, i, c, month, d[0], p)
    child.home_alone_hours = care_rules.alone_hours(
        hours,
        care_rules.left_alone(
            age_months=age, from_years=p.home_alone_from_years, until_years=p.home_alone_until_years
        ),
    )
    is_of_care_age = age < calendar.THIRTEEN
    if is_of_care_age and (hours > 0.0 or outside > 0.0):
        child.touched |= lv.active & (BIT.childcare_open_hour | BIT.childcare_close_hour)
    has_contact = child.school >= 0 and contact_rules.is_covered(
        school_row(w, child.school).contact_rank, lv.school_contact_share
    )
    is_holiday = month % 12 == SchoolMonth.AUGUST
    absent = 0.0
    if not is_holiday:
        absent = _absent(family, child, has_contact, d[1], lv, p)
    child.absent_days_12m += absent - child.absent_days_12m / 12.0
    normal = rules_attendance.absent_normal_month(p.absent_normal_year, is_holiday)
    # From thirteen on nobody asks who minds a child: what is usual, which costs nothing.
    carer = outside
    if not is_of_care_age:
        carer = rules_learning.usual_of_norm(p.shift_usual_share, p.fixed_norm)
    _learn(w, i, c, month, absent, normal, carer, has_changed, lv, p)
    _belong(child, has_changed, lv, p)


@step
def _absent(
    family: FamilyRow,
    child: ChildRow,
    has_contact: bool,
    luck: float,
    lv: LeverRow,
    p: ParameterRow,
) -> float:
    """Return the days absent this month."""
    if has_contact:
        child.touched |= lv.active & BIT.school_contact_share
    mean = rules_attendance.absent_days_month(
        base_days=p.absent_base_days,
        roster_predictability=family.roster_predictability,
        roster_days=p.absent_roster_days,
        alone_share=rules_attendance.alone_share(child.home_alone_hours, p.alone_reference_hours),
        w_alone=p.absent_alone,
        belonging=child.belonging,
        belonging_usual=p.belonging_usual,
        w_belonging=p.absent_belonging,
        care_access=family.care_access,
        w_care=p.absent_care,
        has_contact_person=has_contact,
        w_contact=p.absent_contact,
    )
    return rules_attendance.absent_days_drawn(
        mean_days=mean,
        luck=luck,
        has_moved_forced=family.moved == _FORCED,
        forced_days=p.absent_forced_days,
        is_abroad=family.status == Status.ABROAD_TEMP,
        abroad_days=p.absent_return_days,
    )


@step
def _learn(
    w: World,
    i: int,
    c: int,
    month: int,
    absent: float,
    normal: float,
    outside: float,
    has_changed: bool,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Update Dutch, learning, the gains of measures and the losses from changes and crowding."""
    family, child = family_row(w, i), child_row(w, c)
    support = _newcomer_support(w, child, lv, p)
    child.language_z += rules_learning.language_change_month(
        language_z=child.language_z,
        is_at_school=True,
        catch_up_year=p.catch_up_year,
        newcomer_year=support,
        absent_days=absent,
        w_absent=p.language_absent_day,
        absent_normal=normal,
    )
    if p.peers_in_class != 0.0 and child.school >= 0:
        child.language_z -= rules_learning.dutch_lost_to_classmates_month(
            newcomers=school_row(w, child.school).newcomers,
            pupils=p.pupils_of_a_school,
            parent_dutch=family.parent_dutch,
            dutch_from=p.home_dutch_from,
            loss_year=p.peers_in_class,
        )
    if has_changed:
        child.language_z = rules_learning.dutch_after_change(child.language_z, p.language_change)
        child.change_effect = rules_learning.effect_of_change(child.change_effect, p.change_level)
    child.change_effect = rules_learning.effect_against_peers(
        change_effect=rules_learning.faded(child.change_effect, p.change_kept_month),
        loss=p.change_level,
        changes_year=rules_learning.usual_of_norm(p.peers_school_changes, p.fixed_norm),
    )
    dutch_of_peers = months_row(w, month - child.birth_month).dutch_of_peers
    child.learning_z += rules_learning.learning_change_month(
        learning_z=child.learning_z,
        talent=child.talent,
        reversion_year=p.learning_own_year,
        dutch_of_peers=rules_learning.usual_of_norm(dutch_of_peers, p.fixed_norm),
        language_z=child.language_z + child.gain_language,
        w_language=p.learning_from_language_year,
        income_eur=family.income_12m_eur,
        income_reference_eur=p.income_reference_eur_month,
        income_floor_eur=p.income_floor_eur_month,
        w_income=p.learning_income_year,
        absent_days=absent,
        w_absent=p.learning_absent_day,
        absent_normal=rules_learning.usual_of_norm(normal, p.fixed_norm),
        outside_care=outside,
        outside_care_usual=rules_learning.usual_of_norm(p.shift_usual_share, p.fixed_norm),
        w_shift=p.learning_shift_year,
    )
    child.crowding_effect += rules_learning.crowding_change_month(
        crowding_effect=child.crowding_effect,
        is_crowded=housing_rules.is_crowded(family.crowding, p.crowded_from),
        loss_year=p.learning_crowding_year,
        floor=p.crowding_floor,
        kept_month=p.crowding_kept_month,
        usual_share=rules_learning.usual_of_norm(p.peers_crowded, p.fixed_norm),
    )
    _long_job_loss(w, i, child, p)
    _direct_contract(w, i, child, p)
    _extra_hours(w, i, child, month, lv, p)


@step
def fade(child: ChildRow, p: ParameterRow) -> None:
    """Let the gains of measures fade."""
    language = rules_learning.faded(child.gain_language, p.gain_kept_month)
    learning = rules_learning.faded(child.gain_learning, p.gain_kept_month)
    if p.fade_floor != 0.0:
        child.language_z += rules_learning.kept_of_faded(
            before=child.gain_language, after=language, kept_share=p.fade_floor
        )
        child.learning_z += rules_learning.kept_of_faded(
            before=child.gain_learning, after=learning, kept_share=p.fade_floor
        )
    child.gain_language, child.gain_learning = language, learning


@step
def _newcomer_support(w: World, child: ChildRow, lv: LeverRow, p: ParameterRow) -> float:
    """Return the yearly gain in Dutch of newcomer support this month, 0 without it (e38)."""
    child.has_newcomer_support = 0
    if child.newcomer_months_left == 0:
        return 0.0
    child.newcomer_months_left -= 1
    is_funded = child.stage >= Stage.ISK
    if not is_funded and child.school >= 0:
        child.touched |= lv.active & BIT.newcomer_threshold_pupils
        is_funded = rules_attendance.is_school_funded(
            school_row(w, child.school).newcomers, lv.newcomer_threshold_pupils
        )
    if not is_funded:
        return 0.0
    child.has_newcomer_support = 1
    return rules_learning.newcomer_gain_year(
        language_z=child.language_z,
        language_below=p.newcomer_below,
        gain_year=p.newcomer_gain_year,
    )


@step
def _long_job_loss(w: World, i: int, child: ChildRow, p: ParameterRow) -> None:
    """A long spell without work of a poor family's main earner lowers learning once (e34)."""
    adult = adult_row(w, 2 * i)
    if (
        family_row(w, i).is_poor != 0
        and adult.is_seeking != 0
        and adult.contract == Contract.NONE
        and rules_learning.is_spell_now_long(adult.months_without_work, p.long_spell_months)
    ):
        child.learning_z = rules_learning.learning_after_job_loss(
            child.learning_z, p.learning_job_loss
        )


@step
def _direct_contract(w: World, i: int, child: ChildRow, p: ParameterRow) -> None:
    """A direct effect of insecure contracts: off by default, for sensitivity only (map, 2b)."""
    if p.direct_contract == 0.0:
        return
    contract = adult_row(w, 2 * i).contract
    if Contract.ZERO_HOURS <= contract <= Contract.AGENCY_B:
        child.learning_z = rules_learning.learning_after_insecure_month(
            child.learning_z, p.direct_contract
        )


@step
def _extra_hours(
    w: World, i: int, child: ChildRow, month: int, lv: LeverRow, p: ParameterRow
) -> None:
    """Extra education hours add to the stock of gains (e37), as does the focus-area programme."""
    hours = 0.0
    if lv.extra_education_hours > 0.0 and rules_learning.gets_extra_hours(
        target=int(lv.extra_education_target),
        language_z=child.language_z,
        language_below=p.extra_hours_below,
        years_at_school=(month - child.first_school_month) / 12.0,
        newcomer_years=p.extra_newcomer_years,
        is_born_here=child.birth_country == BirthCountry.NETHERLANDS,
    ):
        child.touched |= lv.active & (BIT.extra_education_hours | BIT.extra_education_target)
        hours = lv.extra_education_hours
    if child.school >= 0 and school_row(w, child.school).is_focus_area != 0:
        child.touched |= lv.active & (BIT.spuk_focus_boost | BIT.spuk_end_year)
        if rules_learning.is_programme_running(lv.month, lv.spuk_end_year):
            hours += rules_learning.focus_area_hours(p.spuk_hours, lv.spuk_focus_boost)
    if hours > 0.0:
        gain = rules_learning.gain_of_extra_hour(
            parent_dutch=family_row(w, i).parent_dutch,
            dutch_from=p.home_dutch_from,
            first_language=p.extra_hour_gain,
            second_language=p.extra_hour_gain_second,
        )
        child.gain_learning += rules_learning.extra_hours_gain_month(hours, gain)


@step
def _belong(child: ChildRow, has_changed: bool, lv: LeverRow, p: ParameterRow) -> None:
    """Belonging drops with a school change and grows back, slower for late arrivals (e25, e26)."""
    child.touched |= lv.active & BIT.culture_sensitive_share
    child.belonging = rules_learning.belonging_next_month(
        belonging=child.belonging,
        usual=p.belonging_usual,
        for_culture=p.belonging_culture,
        culture_sensitive=lv.culture_sensitive_share,
        is_late_arrival=child.late_arrival != 0,
        months=p.belonging_months,
        months_late=p.belonging_late_months,
    )
    if has_changed:
        child.belonging = rules_learning.belonging_after_change(child.belonging, p.belonging_change)

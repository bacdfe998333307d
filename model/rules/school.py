"""School: enrolment, absence, learning, advice, tracks and leaving (mechanism map e20-e49, 3b)."""

from __future__ import annotations

import math

from model import ages
from model.compiled import rule
from model.enums import ExtraHoursTarget, Stage, Track

_LOWER_VMBO, _LOWER_HAVO_VWO = 2, 3
_PRIMARY_GROUPS = 8
_UNIFORM_SD = math.sqrt(12.0)

CARE_USUAL = 0.5
"""Access to care at which absence is what the other causes make it."""

SCHOOL_MONTHS = 11.0
"""Months of a year with school; August has none."""


@rule
def must_enrol(age_months: int) -> bool:
    """School is compulsory from the first day of the month after the fifth birthday (S94)."""
    return age_months >= ages.SCHOOL_COMPULSORY


@rule
def is_counted_for_vsv(stage: int, age_months: int) -> bool:
    """On 1 October: enrolled in vo or mbo, aged 12 to under 23 (S96, S97)."""
    return Stage.ISK <= stage <= Stage.MBO4 and ages.TWELVE <= age_months < ages.COUNT_UNTIL


@rule
def p_enrols_month(
    age_months: int,
    is_registered: bool,
    is_border: bool,
    p_compulsory: float,
    p_at_4: float,
    ratio_unregistered: float,
    ratio_border: float,
    coordination: float,
) -> float:
    """Return the monthly probability that a child from four on enters school (S94).

    None from eighteen, when the duty to qualify has ended (S95). Less without registration, and
    across the border as far as the countries do not work together.
    """
    if age_months >= ages.EIGHTEEN:
        return 0.0
    p = p_compulsory if must_enrol(age_months) else p_at_4
    if not is_registered:
        p *= ratio_unregistered
    if is_border:
        p *= ratio_border + (1.0 - ratio_border) * coordination
    return p


@rule
def group_of_age(age_in_august_months: int) -> int:
    """Return the group (enum Stage) of primary school: by the age on 1 August (D).

    A child that turns four after it starts in group 1.
    """
    group = (age_in_august_months - ages.FOUR) // 12
    return Stage.PO1 + min(_PRIMARY_GROUPS - 1, max(0, group))


@rule
def year_of_age(age_months: int) -> int:
    """Return the year of secondary school of a pupil who never repeated one."""
    return max(1, age_months // 12 - 11)


@rule
def year_after_newcomer_class(age_months: int) -> int:
    """Return the year of a track that a pupil of this age enters after newcomer education (D)."""
    return max(1, min(3, age_months // 12 - 12))


@rule
def newcomer_months_at_entry(
    funded_months: float, is_born_here: bool, months_in_nl_before_4: float
) -> float:
    """Return months of newcomer money for a school: none for a child born here (S31, S32).

    Months in the Netherlands before the fourth birthday are taken off.
    """
    if is_born_here:
        return 0.0
    return max(0.0, funded_months - months_in_nl_before_4)


@rule
def is_school_funded(n_newcomers: float, threshold_pupils: float) -> bool:
    """A primary school gets newcomer money from a number of such pupils on (four, S32)."""
    return n_newcomers >= threshold_pupils


@rule
def newcomer_gain_year(language_z: float, language_below: float, gain_year: float) -> float:
    """Return the yearly gain in Dutch (SD) of newcomer support: it helps who is behind (e38)."""
    return gain_year if language_z < language_below else 0.0


@rule
def is_outside_care_hours(
    shift_start: float, shift_end: float, opens: float, closes: float
) -> bool:
    """A caregiver works before childcare opens or after it closes."""
    return shift_start < opens or shift_end > closes


@rule
def may_be_alone(age_months: int, from_years: float, until_years: float) -> bool:
    """Between two ages a child may be alone at home and cannot quite do without company (D)."""
    return from_years * 12.0 <= age_months < until_years * 12.0


@rule
def home_alone_hours(
    shift_start: float,
    shift_end: float,
    opens: float,
    closes: float,
    school_start: float,
    school_end: float,
    days: float,
    share_filled: float,
    share_filled_outside: float,
) -> float:
    """Return hours a week that a school child is alone while its caregivers work (e07).

    Between childcare opening and school the gap is filled more often than outside those hours.
    """
    outside = max(0.0, min(opens, school_start) - shift_start) + max(
        0.0, shift_end - max(closes, school_end)
    )
    inside = max(0.0, school_start - max(shift_start, opens)) + max(
        0.0, min(shift_end, closes) - school_end
    )
    return days * (outside * (1.0 - share_filled_outside) + inside * (1.0 - share_filled))


@rule
def alone_share(home_alone_hours: float, reference_hours: float) -> float:
    """Return how much a child is alone, 1 from a number of hours a week on."""
    return min(1.0, home_alone_hours / reference_hours)


@rule
def absent_days_month(
    base_days: float,
    roster_predictability: float,
    roster_days: float,
    alone_share: float,
    w_alone: float,
    belonging: float,
    belonging_usual: float,
    w_belonging: float,
    care_access: float,
    w_care: float,
    has_contact_person: bool,
    w_contact: float,
) -> float:
    """Return expected days of absence in a school month (e22, e23, e47, e57)."""
    days = base_days + roster_days * (1.0 - roster_predictability)
    days *= 1.0 + w_alone * alone_share
    days *= 1.0 + w_belonging * (belonging_usual - belonging)
    days *= 1.0 - w_care * (care_access - CARE_USUAL)
    if has_contact_person:
        days *= 1.0 - w_contact
    return days


@rule
def absent_days_drawn(
    mean_days: float,
    luck: float,
    has_moved_forced: bool,
    forced_days: float,
    is_abroad: bool,
    abroad_days: float,
) -> float:
    """Return days of absence in a school month: up to twice the mean, with a move or stay abroad.

    A forced move and a temporary return to the country of origin cost days of their own (e21, e24).
    """
    days = 2.0 * luck * mean_days
    if has_moved_forced:
        days += forced_days
    if is_abroad:
        days += abroad_days
    return days


@rule
def absent_normal_month(absent_normal_year: float, is_holiday: bool) -> float:
    """Return the absence of a month that progress at school already allows for."""
    return 0.0 if is_holiday else absent_normal_year / SCHOOL_MONTHS


@rule
def kept_month_of_gains(fade_rate: float) -> float:
    """Return the share of gains that a month leaves when a year takes `fade_rate` (e36, e37)."""
    kept: float = (1.0 - fade_rate) ** (1.0 / 12.0)
    return kept


@rule
def kept_month_of_change(half_life_months: float) -> float:
    """Return the share of the loss from a school change that a month leaves (e31)."""
    kept: float = 0.5 ** (1.0 / half_life_months)
    return kept


@rule
def faded(effect: float, kept_month: float) -> float:
    """Return what a month leaves of gains from measures, or of the loss from a school change."""
    return effect * kept_month


@rule
def dutch_after_change(language_z: float, loss: float) -> float:
    """Return Dutch (SD) after a change of school, which costs some for good (e31)."""
    return language_z - loss


@rule
def effect_of_change(change_effect: float, loss: float) -> float:
    """Return the passing loss (SD, negative) from school changes after one more (e31)."""
    return change_effect - loss


@rule
def is_spell_now_long(months_without_work: int, long_spell_months: float) -> bool:
    """In this month a spell without work becomes a long one."""
    return months_without_work == int(long_spell_months)


@rule
def learning_after_job_loss(learning_z: float, loss: float) -> float:
    """Return learning (SD) when a parent is without work for long: a loss that comes once (e34)."""
    return learning_z - loss


@rule
def learning_after_insecure_month(learning_z: float, loss_year: float) -> float:
    """Return learning (SD) after a month with a parent in insecure work, by a direct effect.

    Off in the ledger: what is known of it is no more than a suspicion (mechanism map 2b).
    """
    return learning_z - loss_year / 12.0


@rule
def language_change_month(
    language_z: float,
    is_at_school: bool,
    catch_up_year: float,
    newcomer_year: float,
    absent_days: float,
    w_absent: float,
    absent_normal: float,
) -> float:
    """Return the monthly change of Dutch (SD): the gap closes at school, absence holds it back."""
    if not is_at_school:
        return 0.0
    closing = max(0.0, -language_z) * catch_up_year / 12.0
    return closing + newcomer_year / 12.0 - w_absent * (absent_days - absent_normal)


@rule
def dutch_after_years(language_z: float, years: float, catch_up_year: float) -> float:
    """Return Dutch (SD) after years at school, where a gap closes, in continuous time (e39)."""
    if language_z >= 0.0:
        return language_z
    return language_z * math.exp(-catch_up_year * years)


@rule
def learning_lost_by_dutch(
    language_z: float, years: float, catch_up_year: float, w_language: float
) -> float:
    """Return what too little Dutch did to learning (SD) in these years, in continuous time."""
    if language_z >= 0.0:
        return 0.0
    closed = 1.0 - math.exp(-catch_up_year * years)
    return language_z * w_language / catch_up_year * closed


@rule
def share_kept(fade_rate: float, months: int) -> float:
    """Return the share of gains that is left after months of fading (e36, e37)."""
    return math.exp(math.log(1.0 - fade_rate) * max(0, months) / 12.0)


@rule
def belonging_since_arrival(
    belonging: float, usual: float, on_arrival: float, months_at_school: int, months_late: float
) -> float:
    """Return belonging some months after a late arrival, in continuous time (e26)."""
    missing = usual - on_arrival
    return belonging - missing * math.exp(-months_at_school / months_late)


@rule
def learning_change_month(
    language_z: float,
    w_language: float,
    income_eur: float,
    income_reference_eur: float,
    income_floor_eur: float,
    w_income: float,
    absent_days: float,
    w_absent: float,
    absent_normal: float,
    outside_care: float,
    outside_care_usual: float,
    w_shift: float,
) -> float:
    """Return the monthly change of learning (SD) (e30, e33, e35, e40).

    Dutch below that of peers pulls learning down; good Dutch is no bonus above the own talent.
    """
    income = math.log(max(income_floor_eur, income_eur) / income_reference_eur)
    change = w_language * min(0.0, language_z) / 12.0
    change += w_income * income / 12.0 - w_absent * (absent_days - absent_normal)
    return change - w_shift * (outside_care - outside_care_usual) / 12.0


@rule
def crowding_change_month(
    crowding_effect: float, is_crowded: bool, loss_year: float, floor: float
) -> float:
    """Return the monthly change of the loss from a crowded home, which stops at a floor (e32)."""
    if is_crowded:
        return -min(loss_year / 12.0, max(0.0, floor + crowding_effect))
    return 0.0


@rule
def gets_extra_hours(
    target: int,
    language_z: float,
    language_below: float,
    years_at_school: float,
    newcomer_years: float,
    is_born_here: bool,
) -> bool:
    """Who the extra education hours are for: all, low language, or newcomers."""
    if target == ExtraHoursTarget.ALL:
        return True
    if target == ExtraHoursTarget.LOW_LANGUAGE:
        return language_z < language_below
    return not is_born_here and years_at_school < newcomer_years


@rule
def is_programme_running(month: float, end_year: float) -> bool:
    """The programme for focus areas runs to the end of its last year; `month` since year 0."""
    return month < 12.0 * (end_year + 1.0)


@rule
def focus_area_hours(hours_full: float, boost: float) -> float:
    """Return extra hours a week at a school in a focus area, by the size of the programme."""
    return hours_full * boost


@rule
def extra_hours_gain_month(hours_week: float, gain_year: float) -> float:
    """Return the monthly gain in learning (SD) of extra hours, linear in hours (e37)."""
    return gain_year * hours_week / 12.0


@rule
def belonging_next_month(
    belonging: float,
    usual: float,
    for_culture: float,
    culture_sensitive: float,
    is_late_arrival: bool,
    months: float,
    months_late: float,
) -> float:
    """Return belonging a month later: it grows towards the usual, slower for a late arrival (e26).

    Staff who are at home in more cultures raise what is usual (letter, lines 287-294).
    """
    target = usual + for_culture * culture_sensitive
    return belonging + (target - belonging) / (months_late if is_late_arrival else months)


@rule
def belonging_after_change(belonging: float, loss: float) -> float:
    """Return belonging after a change of school (e25)."""
    return min(1.0, max(0.0, belonging - loss))


@rule
def advice_value(score: float, language: float, w_language: float) -> float:
    """Return the value (SD) on which a track is advised: learning, and Dutch once more (e41)."""
    return score + w_language * language


@rule
def value_after_newcomer_class(value: float, loss: float) -> float:
    """Return the value of a pupil who leaves newcomer education: placed lower than it could (D)."""
    return value - loss


@rule
def value_of_exempt(value: float, under_advice: float) -> float:
    """Return the value at which a pupil without a test is advised: schools play safe (e42, S80)."""
    return value - under_advice


@rule
def with_noise(value: float, sd: float, luck: float) -> float:
    """Return a value with the error of a judgement or test, uniform with this spread."""
    return value + sd * (_UNIFORM_SD * (luck - 0.5))


@rule
def is_test_exempt(
    years_in_nl: float, language_z: float, exempt_years: float, exempt_language: float
) -> bool:
    """No transition test under four years in the Netherlands with too little Dutch (S80)."""
    return years_in_nl < exempt_years and language_z < exempt_language


@rule
def track_of_score(
    score: float, vmbo_b: float, vmbo_k: float, vmbo_gt: float, havo: float, vwo: float
) -> int:
    """Return the track (enum Track) of a score in SD."""
    if score < vmbo_b:
        return Track.PRO
    if score < vmbo_k:
        return Track.VMBO_B
    if score < vmbo_gt:
        return Track.VMBO_K
    if score < havo:
        return Track.VMBO_GT
    if score < vwo:
        return Track.HAVO
    return Track.VWO


@rule
def final_advice(provisional: int, tested: int, is_exempt: bool) -> int:
    """A test above the provisional advice raises it; an exempt pupil keeps the old one (S81)."""
    if is_exempt:
        return provisional
    return max(provisional, tested)


@rule
def stage_of_track(track: int) -> int:
    """Return the school type (enum Stage) of a track."""
    return Stage.PRO + track


@rule
def years_of_stage(stage: int) -> int:
    """Return the years of a stage (vmbo 4, havo 5, vwo 6; pro 5; mbo 1, 2, 3, 3; S98, S108)."""
    if Stage.VMBO_B <= stage <= Stage.VMBO_GT:
        return 4
    if stage in (Stage.HAVO, Stage.PRO):
        return 5
    if stage == Stage.VWO:
        return 6
    if stage == Stage.MBO1:
        return 1
    if stage == Stage.MBO2:
        return 2
    if stage in (Stage.MBO3, Stage.MBO4):
        return 3
    return 1


@rule
def is_lower_years(stage: int, stage_year: int) -> bool:
    """The general first years of vo: vmbo and pro two, havo and vwo three (S69, S99, S100)."""
    if stage in (Stage.HAVO, Stage.VWO):
        return stage_year <= _LOWER_HAVO_VWO
    return Stage.PRO <= stage <= Stage.VMBO_GT and stage_year <= _LOWER_VMBO


@rule
def shifted(p: float, weight: float, score: float) -> float:
    """Return a probability moved on the log-odds scale by `weight * score`."""
    return 1.0 / (1.0 + math.exp(-(math.log(p / (1.0 - p)) + weight * score)))


@rule
def p_repeats(p: float, w_score: float, score: float) -> float:
    """Return the probability of repeating a year, less with a higher score."""
    return shifted(p=p, weight=-w_score, score=score)


@rule
def stays_in_newcomer_class(months_at_school: int, age_months: int, max_months: float) -> bool:
    """Newcomer education lasts at most two years, and ends at sixteen (e43, S75)."""
    return months_at_school < max_months - 1 and age_months < ages.SIXTEEN


@rule
def leaves_newcomer_class_at(arrived_at_months: int, max_months: float) -> int:
    """Return the age in months at which newcomer education has lasted as long as it may (S75)."""
    return arrived_at_months + int(max_months)


@rule
def next_after_diploma(
    stage: int,
    p_gt_havo: float,
    p_gt_mbo3: float,
    p_k_mbo4: float,
    p_b_mbo3: float,
    p_havo_vwo: float,
    draw: float,
) -> int:
    """Return the stage after a diploma (S101); QUALIFIED with a startkwalificatie."""
    if stage == Stage.PRO:
        return Stage.MBO1
    if stage == Stage.VMBO_B:
        return Stage.MBO3 if draw < p_b_mbo3 else Stage.MBO2
    if stage == Stage.VMBO_K:
        return Stage.MBO4 if draw < p_k_mbo4 else Stage.MBO3
    if stage == Stage.VMBO_GT:
        if draw < p_gt_havo:
            return Stage.HAVO
        return Stage.MBO3 if draw < p_gt_havo + p_gt_mbo3 else Stage.MBO4
    if stage == Stage.HAVO and draw < p_havo_vwo:
        return Stage.VWO
    if stage == Stage.MBO1:
        return Stage.MBO2
    return Stage.QUALIFIED


@rule
def leaving_intercept(
    stage: int,
    stage_year: int,
    vo: float,
    vo_lower: float,
    pro: float,
    mbo1: float,
    mbo2: float,
    mbo3: float,
    mbo4: float,
) -> float:
    """Return the log-odds of leaving in a year for a pupil at the mean, by stage (e44)."""
    if stage == Stage.MBO1:
        return mbo1
    if stage == Stage.MBO2:
        return mbo2
    if stage == Stage.MBO3:
        return mbo3
    if stage == Stage.MBO4:
        return mbo4
    base = vo + pro if stage == Stage.PRO else vo
    return base + vo_lower if is_lower_years(stage, stage_year) else base


@rule
def p_leave_year(
    intercept: float,
    n_in_year_changes: int,
    w_change: float,
    score: float,
    w_score: float,
    language: float,
    w_language: float,
    absent_days: float,
    absent_normal: float,
    w_absent: float,
    belonging: float,
    belonging_usual: float,
    w_belonging: float,
    is_18: bool,
    w_18: float,
    is_poor: bool,
    w_poor: float,
    labour_index: float,
    w_labour: float,
) -> float:
    """Return the probability of leaving without startkwalificatie in a school year (e44-e49)."""
    logit = (
        intercept
        + w_change * n_in_year_changes
        - w_score * score
        - w_language * language
        + w_absent * (absent_days - absent_normal)
        - w_belonging * (belonging - belonging_usual)
        + w_labour * (labour_index - 1.0)
    )
    if is_18:
        logit += w_18
    if is_poor:
        logit += w_poor
    return 1.0 / (1.0 + math.exp(-logit))

"""Language and learning of a month, and what helps or costs (mechanism map e20-e49)."""

from __future__ import annotations

import math

from model.enums import ExtraHoursTarget
from model.kernel.compile import rule


@rule
def newcomer_gain_year(language_z: float, language_below: float, gain_year: float) -> float:
    """Return the yearly gain in Dutch (SD) of newcomer support: it helps who is behind (e38).

    Equation: newcomer_gain_year = {gain_year if language_z < language_below; 0 otherwise}
    """
    return gain_year if language_z < language_below else 0.0


@rule
def kept_month_of_gains(fade_rate: float) -> float:
    """Return the share of gains that a month leaves when a year takes `fade_rate` (e36, e37).

    Equation: kept_month_of_gains = (1 − fade_rate)^(1 / 12)
    """
    kept: float = (1.0 - fade_rate) ** (1.0 / 12.0)
    return kept


@rule
def kept_month_of_change(half_life_months: float) -> float:
    """Return the share of the loss from a school change, or from crowding, that a month leaves.

    Equation: kept_month_of_change = 0.5^(1 / half_life_months)
    """
    kept: float = 0.5 ** (1.0 / half_life_months)
    return kept


@rule
def faded(effect: float, kept_month: float) -> float:
    """Return what a month leaves of gains from measures, or of the loss from a school change.

    Equation: faded = effect · kept_month
    """
    return effect * kept_month


@rule
def kept_of_faded(before: float, after: float, kept_share: float) -> float:
    """Return what stays for good (SD) of a gain that faded from `before` to `after` (e36).

    None as shipped, where all of a gain fades in time; a switch lets a share stay.

    Equation: kept_of_faded = kept_share · (before − after)
    """
    return kept_share * (before - after)


@rule
def dutch_after_change(language_z: float, loss: float) -> float:
    """Return Dutch (SD) after a change of school, which costs some for good (e31).

    Equation: dutch_after_change = language_z − loss
    """
    return language_z - loss


@rule
def usual_of_norm(met: float, fixed_norm: float) -> float:
    """Return what costs nothing of something that comparable children meet on average.

    All of it as shipped, since learning is against peers; none of it against a fixed norm.

    Equation: usual_of_norm = met · (1 − fixed_norm)
    """
    return met * (1.0 - fixed_norm)


@rule
def effect_against_peers(change_effect: float, loss: float, changes_year: float) -> float:
    """Return the passing loss (SD) after what changes of school take from comparable children.

    They change `changes_year` times a year; what all meet puts nobody behind.

    Equation: effect_against_peers = change_effect + loss · changes_year / 12
    """
    return change_effect + loss * changes_year / 12.0


@rule
def effect_of_change(change_effect: float, loss: float) -> float:
    """Return the passing loss (SD, negative) from school changes after one more (e31).

    Equation: effect_of_change = change_effect − loss
    """
    return change_effect - loss


@rule
def is_spell_now_long(months_without_work: int, long_spell_months: float) -> bool:
    """In this month a spell without work becomes a long one.

    Equation: is_spell_now_long = months_without_work = floor(long_spell_months)
    """
    return months_without_work == int(long_spell_months)


@rule
def learning_after_job_loss(learning_z: float, loss: float) -> float:
    """Return learning (SD) when the main earner of a poor family is without work for long (e34).

    The loss comes once. It was found in families with little wealth, and for fathers only.

    Equation: learning_after_job_loss = learning_z − loss
    """
    return learning_z - loss


@rule
def learning_after_insecure_month(learning_z: float, loss_year: float) -> float:
    """Return learning (SD) after a month with a parent in insecure work, by a direct effect.

    Off in the ledger: what is known of it is no more than a suspicion (mechanism map 2b).

    Equation: learning_after_insecure_month = learning_z − loss_year / 12
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
    """Return the monthly change of Dutch (SD): the gap closes at school, absence holds it back.

    Arrow e39.

    Equation: language_change_month = {0 if not is_at_school; max(0, −language_z) · catch_up_year /
    12 + newcomer_year / 12 − w_absent · (absent_days − absent_normal) otherwise}
    """
    if not is_at_school:
        return 0.0
    closing = max(0.0, -language_z) * catch_up_year / 12.0
    return closing + newcomer_year / 12.0 - w_absent * (absent_days - absent_normal)


@rule
def dutch_lost_to_classmates_month(
    newcomers: float, pupils: float, parent_dutch: float, dutch_from: float, loss_year: float
) -> float:
    """Return Dutch (SD) that a month among newcomers costs who speaks no Dutch at home (S92).

    Off in the ledger: the sign was found, for migrant pupils and language only.

    Equation: dutch_lost_to_classmates_month = {0 if parent_dutch ≥ dutch_from; loss_year / 12 ·
    min(1, newcomers / pupils) otherwise}
    """
    if parent_dutch >= dutch_from:
        return 0.0
    return loss_year / 12.0 * min(1.0, newcomers / pupils)


@rule
def dutch_short_of_peers(years_since_4: float, spread: float, catch_up_year: float) -> float:
    """Return how far below the usual the Dutch (SD, zero or less) of comparable children is.

    Half of them are below it at four, by chance; like every gap it closes at school.

    Equation: dutch_short_of_peers = −spread / sqrt(2 · π) · exp(−catch_up_year · years_since_4)
    """
    at_4 = -spread / math.sqrt(2.0 * math.pi)
    return at_4 * math.exp(-catch_up_year * years_since_4)


@rule
def learning_change_month(
    learning_z: float,
    talent: float,
    reversion_year: float,
    language_z: float,
    dutch_of_peers: float,
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
    """Return the monthly change of learning (SD) against comparable children (e30, e33, e35, e40).

    Each cause counts as far as it differs from what they meet on average, and what it did is made
    up for by a share a year: learning goes back to the own talent. Dutch short of the usual pulls
    it down; good Dutch is no bonus.

    Equation: learning_change_month = w_language · (min(0, language_z) − dutch_of_peers) / 12 −
    reversion_year · (learning_z − talent) / 12 + w_income · ln(max(income_floor_eur, income_eur) /
    income_reference_eur) / 12 − w_absent · (absent_days − absent_normal) − w_shift · (outside_care
    − outside_care_usual) / 12
    """
    income = math.log(max(income_floor_eur, income_eur) / income_reference_eur)
    change = w_language * (min(0.0, language_z) - dutch_of_peers) / 12.0
    change -= reversion_year * (learning_z - talent) / 12.0
    change += w_income * income / 12.0 - w_absent * (absent_days - absent_normal)
    return change - w_shift * (outside_care - outside_care_usual) / 12.0


@rule
def crowding_change_month(
    crowding_effect: float,
    is_crowded: bool,
    loss_year: float,
    floor: float,
    kept_month: float,
    usual_share: float,
) -> float:
    """Return the monthly change of the loss from a crowded home (e32).

    It stops at a floor, fades in a home with room, and counts against comparable children, of whom
    `usual_share` live in a crowded home.

    Equation: crowding_change_month = {change − min(loss_year / 12, max(0, floor + crowding_effect))
    if is_crowded; change − crowding_effect · (1 − kept_month) otherwise}, where change = loss_year
    · usual_share / 12
    """
    change = loss_year * usual_share / 12.0
    if is_crowded:
        return change - min(loss_year / 12.0, max(0.0, floor + crowding_effect))
    return change - crowding_effect * (1.0 - kept_month)


@rule
def gets_extra_hours(
    target: int,
    language_z: float,
    language_below: float,
    years_at_school: float,
    newcomer_years: float,
    is_born_here: bool,
) -> bool:
    """Who the extra education hours are for: all, low language, or newcomers.

    Equation: gets_extra_hours = {true if target = ExtraHoursTarget.ALL; language_z < language_below
    if target = ExtraHoursTarget.LOW_LANGUAGE; not is_born_here and years_at_school < newcomer_years
    otherwise}
    """
    if target == ExtraHoursTarget.ALL:
        return True
    if target == ExtraHoursTarget.LOW_LANGUAGE:
        return language_z < language_below
    return not is_born_here and years_at_school < newcomer_years


@rule
def is_programme_running(month: float, end_year: float) -> bool:
    """The programme for focus areas runs to the end of its last year; `month` since year 0.

    Equation: is_programme_running = month < 12 · (end_year + 1)
    """
    return month < 12.0 * (end_year + 1.0)


@rule
def focus_area_hours(hours_full: float, boost: float) -> float:
    """Return extra hours a week at a school in a focus area, by the size of the programme.

    Equation: focus_area_hours = hours_full · boost
    """
    return hours_full * boost


@rule
def gain_of_extra_hour(
    parent_dutch: float, dutch_from: float, first_language: float, second_language: float
) -> float:
    """Return the yearly gain (SD) of a weekly hour more, by whether Dutch is spoken at home (e37).

    A trial with four more lessons of the language helped pupils with that language at home most.

    Equation: gain_of_extra_hour = {first_language if parent_dutch ≥ dutch_from; second_language
    otherwise}
    """
    return first_language if parent_dutch >= dutch_from else second_language


@rule
def extra_hours_gain_month(hours_week: float, gain_year: float) -> float:
    """Return the monthly gain in learning (SD) of extra hours, linear in hours (e37).

    Equation: extra_hours_gain_month = gain_year · hours_week / 12
    """
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

    Staff who are at home in more cultures raise what is usual (letter, lines 287-294), to one at
    most: a part of the way from 0 to 1 towards a number from 0 to 1 stays there.

    Equation: belonging_next_month = belonging + (min(1, usual + for_culture · culture_sensitive) −
    belonging) / {months_late if is_late_arrival; months otherwise}
    """
    target = min(1.0, usual + for_culture * culture_sensitive)
    return belonging + (target - belonging) / (months_late if is_late_arrival else months)


@rule
def belonging_after_change(belonging: float, loss: float) -> float:
    """Return belonging after a change of school (e25).

    Equation: belonging_after_change = min(1, max(0, belonging − loss))
    """
    return min(1.0, max(0.0, belonging - loss))

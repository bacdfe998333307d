"""Advice, tracks and promotion (mechanism map e20-e49, 3b)."""

from __future__ import annotations

import math

from model import calendar
from model.enums import Stage, Track
from model.kernel.compile import rule

_LOWER_VMBO, _LOWER_HAVO_VWO = 2, 3
_PRIMARY_GROUPS = 8
_UNIFORM_SD = math.sqrt(12.0)


@rule
def group_of_age(age_in_august_months: int) -> int:
    """Return the group (enum Stage) of primary school: by the age on 1 August (D).

    A child that turns four after it starts in group 1.

    Equation: group_of_age = Stage.PO1 + min(_PRIMARY_GROUPS − 1, max(0, floor((age_in_august_months
    − calendar.FOUR) / 12)))
    """
    group = (age_in_august_months - calendar.FOUR) // 12
    return Stage.PO1 + min(_PRIMARY_GROUPS - 1, max(0, group))


@rule
def year_of_age(age_months: int) -> int:
    """Return the year of secondary school of a pupil who never repeated one.

    Equation: year_of_age = max(1, floor(age_months / 12) − 11)
    """
    return max(1, age_months // 12 - 11)


@rule
def year_after_newcomer_class(age_months: int) -> int:
    """Return the year of a track that a pupil of this age enters after newcomer education (D).

    Equation: year_after_newcomer_class = max(1, min(3, floor(age_months / 12) − 12))
    """
    return max(1, min(3, age_months // 12 - 12))


@rule
def advice_value(score: float, language: float, w_language: float) -> float:
    """Return the value (SD) on which a track is advised: learning, and Dutch once more (e41).

    Equation: advice_value = score + w_language · language
    """
    return score + w_language * language


@rule
def value_after_newcomer_class(value: float, loss: float) -> float:
    """Return the value of a pupil who leaves newcomer education: placed lower than it could (D).

    Equation: value_after_newcomer_class = value − loss
    """
    return value - loss


@rule
def value_of_exempt(value: float, under_advice: float) -> float:
    """Return the value at which a pupil without a test is advised: schools play safe (e42, S80).

    Equation: value_of_exempt = value − under_advice
    """
    return value - under_advice


@rule
def with_noise(value: float, sd: float, luck: float) -> float:
    """Return a value with the error of a judgement or test, uniform with this spread.

    Equation: with_noise = value + sd · _UNIFORM_SD · (luck − 0.5)
    """
    return value + sd * (_UNIFORM_SD * (luck - 0.5))


@rule
def is_test_exempt(
    years_in_nl: float, language_z: float, exempt_years: float, exempt_language: float
) -> bool:
    """No transition test under four years in the Netherlands with too little Dutch (S80).

    Equation: is_test_exempt = years_in_nl < exempt_years and language_z < exempt_language
    """
    return years_in_nl < exempt_years and language_z < exempt_language


@rule
def track_of_score(
    score: float, vmbo_b: float, vmbo_k: float, vmbo_gt: float, havo: float, vwo: float
) -> int:
    """Return the track (enum Track) of a score in SD.

    Equation: track_of_score = {Track.PRO if score < vmbo_b; Track.VMBO_B if score < vmbo_k;
    Track.VMBO_K if score < vmbo_gt; Track.VMBO_GT if score < havo; Track.HAVO if score < vwo;
    Track.VWO otherwise}
    """
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
    """A test above the provisional advice raises it; an exempt pupil keeps the old one (S81).

    Equation: final_advice = {provisional if is_exempt; max(provisional, tested) otherwise}
    """
    if is_exempt:
        return provisional
    return max(provisional, tested)


@rule
def stage_of_track(track: int) -> int:
    """Return the school type (enum Stage) of a track.

    Equation: stage_of_track = Stage.PRO + track
    """
    return Stage.PRO + track


@rule
def years_of_stage(stage: int) -> int:
    """Return the years of a stage (vmbo 4, havo 5, vwo 6; pro 5; mbo 1, 2, 3, 3; S98, S108).

    Equation: years_of_stage = {4 if Stage.VMBO_B ≤ stage ≤ Stage.VMBO_GT; 5 if stage ∈ (Stage.HAVO,
    Stage.PRO); 6 if stage = Stage.VWO; 1 if stage = Stage.MBO1; 2 if stage = Stage.MBO2; 3 if stage
    ∈ (Stage.MBO3, Stage.MBO4); 1 otherwise}
    """
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
    """The general first years of vo: vmbo and pro two, havo and vwo three (S69, S99, S100).

    Equation: is_lower_years = {stage_year ≤ _LOWER_HAVO_VWO if stage ∈ (Stage.HAVO, Stage.VWO);
    Stage.PRO ≤ stage ≤ Stage.VMBO_GT and stage_year ≤ _LOWER_VMBO otherwise}
    """
    if stage in (Stage.HAVO, Stage.VWO):
        return stage_year <= _LOWER_HAVO_VWO
    return Stage.PRO <= stage <= Stage.VMBO_GT and stage_year <= _LOWER_VMBO


@rule
def shifted(p: float, weight: float, score: float) -> float:
    """Return a probability moved on the log-odds scale by `weight * score`.

    Equation: shifted = 1 / (1 + exp(−(ln(p / (1 − p)) + weight · score)))
    """
    return 1.0 / (1.0 + math.exp(-(math.log(p / (1.0 - p)) + weight * score)))


@rule
def p_repeats(p: float, w_score: float, score: float) -> float:
    """Return the probability of repeating a year, less with a higher score.

    Equation: p_repeats = shifted(p: p, weight: −w_score, score: score)
    """
    return shifted(p=p, weight=-w_score, score=score)


@rule
def stays_in_newcomer_class(
    months_at_school: int, age_months: int, usual_months: float, p_longer: float, luck: float
) -> bool:
    """Newcomer education lasts two years, three for a part, and ends at sixteen (e43, S75).

    Equation: stays_in_newcomer_class = {false if age_months ≥ calendar.SIXTEEN; true if
    months_at_school < usual_months − 1; months_at_school < usual_months + 11 and luck < p_longer
    otherwise}
    """
    if age_months >= calendar.SIXTEEN:
        return False
    if months_at_school < usual_months - 1:
        return True
    return months_at_school < usual_months + 11 and luck < p_longer


@rule
def p_changes_field(p: float, w_score: float, score: float) -> float:
    """Return the probability of starting anew in another field of mbo, less with a higher score.

    Equation: p_changes_field = shifted(p: p, weight: −w_score, score: score)
    """
    return shifted(p=p, weight=-w_score, score=score)


@rule
def next_after_diploma(
    stage: int,
    p_gt_havo: float,
    p_gt_mbo3: float,
    p_k_mbo4: float,
    p_b_mbo3: float,
    p_havo_vwo: float,
    p_pro_entree: float,
    p_mbo2_mbo3: float,
    p_mbo3_mbo4: float,
    draw: float,
) -> int:
    """Return the stage after a diploma (S101); QUALIFIED when school ends with a startkwalificatie.

    Who goes on after havo, mbo 2 or mbo 3 has one already (`gives_startkwalificatie`).

    Equation: next_after_diploma = {{Stage.MBO1 if draw < p_pro_entree; Stage.AT_WORK otherwise} if
    stage = Stage.PRO; {Stage.MBO3 if draw < p_b_mbo3; Stage.MBO2 otherwise} if stage =
    Stage.VMBO_B; {Stage.MBO4 if draw < p_k_mbo4; Stage.MBO3 otherwise} if stage = Stage.VMBO_K;
    {Stage.HAVO if draw < p_gt_havo; Stage.MBO3 if draw < p_gt_havo + p_gt_mbo3; Stage.MBO4
    otherwise} if stage = Stage.VMBO_GT; Stage.VWO if stage = Stage.HAVO and draw < p_havo_vwo;
    Stage.MBO2 if stage = Stage.MBO1; Stage.MBO3 if stage = Stage.MBO2 and draw < p_mbo2_mbo3;
    Stage.MBO4 if stage = Stage.MBO3 and draw < p_mbo3_mbo4; Stage.QUALIFIED otherwise}
    """
    if stage == Stage.PRO:
        return Stage.MBO1 if draw < p_pro_entree else Stage.AT_WORK
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
    if stage == Stage.MBO2 and draw < p_mbo2_mbo3:
        return Stage.MBO3
    if stage == Stage.MBO3 and draw < p_mbo3_mbo4:
        return Stage.MBO4
    return Stage.QUALIFIED


@rule
def gives_startkwalificatie(stage: int) -> bool:
    """A diploma of havo, vwo or mbo from level 2 on is a startkwalificatie (S96).

    Equation: gives_startkwalificatie = stage ∈ (Stage.HAVO, Stage.VWO) or Stage.MBO2 ≤ stage ≤
    Stage.MBO4
    """
    return stage in (Stage.HAVO, Stage.VWO) or Stage.MBO2 <= stage <= Stage.MBO4

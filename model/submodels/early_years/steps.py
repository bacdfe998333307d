"""The month before school: birth, youth health care, preschool, language at home."""

from __future__ import annotations

from model import calendar
from model.enums import BirthCountry, Education, Eligibility, Stage
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import (
    LOT_LEVELS,
    N_COUNTS,
    PRESCHOOL,
    VE_ENROLLED,
    VE_STAYING,
    VE_TARGET_GROUP,
    WAIT_LEVELS,
    World,
    adult_row,
    child_row,
    count_row,
    family_row,
    place_row,
    queue_up,
    signal_row,
    tie_row,
)
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ChildRow, FamilyRow
from model.submodels.early_years import rules
from model.submodels.school import rules_learning as school_rules


@step
def birth(child: ChildRow) -> None:
    """A child that was laid down is born, here."""
    child.stage = Stage.HOME
    child.birth_country = BirthCountry.NETHERLANDS


@step
def early_month(
    w: World, i: int, c: int, age: int, month: int, lv: LeverRow, p: ParameterRow
) -> None:
    """Live a month under four years of age; `age` is in months."""
    family, child = family_row(w, i), child_row(w, c)
    if calendar.ONE <= age < calendar.FOUR:
        child.language_z += rules.home_dutch_change_month(
            parent_dutch=family.parent_dutch,
            gap_at_4=p.language_gap_at_4,
            dutch_from=p.home_dutch_from,
        )
    if rules.takes_part(int(child.booklet_luck), lv.taalschatten_reach):
        child.touched |= lv.active & BIT.taalschatten_reach
        child.gain_language += rules.programme_gain_month(p.taalschatten_gain_year)
    vocabulary(child, age, lv, p)
    if rules.is_visit_month(age):
        _visit(w, i, c, month, lv, p)
    if calendar.TWO_AND_A_HALF <= age < calendar.FOUR:
        _preschool(w, i, c, age, month, lv, p)


@step
def vocabulary(child: ChildRow, age: int, lv: LeverRow, p: ParameterRow) -> None:
    """Take part in the vocabulary programme between three and six (letter, lines 428-436)."""
    if calendar.THREE <= age < calendar.SIX and rules.takes_part(
        int(child.vocabulary_luck), lv.vocab_programme_reach
    ):
        child.touched |= lv.active & BIT.vocab_programme_reach
        child.gain_language += rules.programme_gain_month(p.vocab_gain_year)


@step
def _visit(w: World, i: int, c: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """Be seen by the youth health service, flagged for language, and referred."""
    family, child = family_row(w, i), child_row(w, c)
    d = draw4(w.seed, child.key, Block.EARLY, month)
    if d[0] >= rules.p_seen_by_jgz(
        p_registered=p.p_jgz_seen,
        ratio_unregistered=p.jgz_unregistered,
        is_registered=family.is_registered != 0,
        care_access=family.care_access,
        share_care=p.jgz_care,
    ):
        return
    if d[1] < rules.p_flagged_by_jgz(
        language_z=child.language_z, flag_below=p.jgz_flag_below, p_flag=p.p_jgz_flag
    ):
        child.is_jgz_flagged = 1
    if child.is_jgz_flagged != 0:
        child.touched |= lv.active & BIT.jgz_referral_strength
        if d[2] < lv.jgz_referral_strength:
            child.is_referred = 1


@step
def _preschool(
    w: World, i: int, c: int, age: int, month: int, lv: LeverRow, p: ParameterRow
) -> None:
    """Be in the target group or not, which is decided once; want a place, wait for it, and go."""
    family, child = family_row(w, i), child_row(w, c)
    municipality = family.municipality
    if child.ve_eligible == Eligibility.UNDECIDED:
        child.ve_eligible = eligibility(family, child, family.parent_dutch, lv, p)
    if child.ve_eligible != Eligibility.YES:
        return
    count_row(w, municipality * N_COUNTS + VE_TARGET_GROUP).n += 1
    child.touched |= lv.active & BIT.ve_eligibility_share
    if child.stage == Stage.VE:
        _fill_place(w, municipality, age)
        _attend(w, i, child, lv, p)
        return
    if child.ve_wait > 0:
        if _priority(w, child) >= place_row(w, municipality).ve_cutoff:
            child.ve_wait = 0
            child.stage = Stage.VE
            _fill_place(w, municipality, age)
        else:
            child.ve_wait = min(WAIT_LEVELS - 1, child.ve_wait + 1)
            queue_up(w, PRESCHOOL, municipality, _priority(w, child))
        return
    if rules.is_look_month(age) and _wants_place(w, i, c, month, lv, p):
        child.ve_wait = 1
        queue_up(w, PRESCHOOL, municipality, _priority(w, child))


@step
def _fill_place(w: World, municipality: int, age: int) -> None:
    """Count a child in preschool, and whether it will be there next month."""
    count_row(w, municipality * N_COUNTS + VE_ENROLLED).n += 1
    if age + 1 < calendar.FOUR:
        count_row(w, municipality * N_COUNTS + VE_STAYING).n += 1


@step
def eligibility(
    family: FamilyRow, child: ChildRow, parent_dutch: float, lv: LeverRow, p: ParameterRow
) -> int:
    """Return whether a toddler is in the target group (enum Eligibility), by its parents' Dutch."""
    is_in = rules.is_in_target_group(
        luck=child.preschool_luck,
        eligibility_share=lv.ve_eligibility_share,
        parent_dutch=parent_dutch,
        dutch_from=p.home_dutch_from,
        is_highly_educated=family.parent_education == Education.HIGH,
        ratio_high=p.eligibility_high_education,
        ratio_good_dutch=p.eligibility_good_dutch,
    )
    return Eligibility.YES if is_in else Eligibility.NO


@step
def _priority(w: World, child: ChildRow) -> int:
    """Return the place on the list: months waited, then a lot that stays the same."""
    lot = int(draw4(w.seed, child.key, Block.PRESCHOOL, 0)[1] * LOT_LEVELS)
    return int(child.ve_wait) * LOT_LEVELS + lot


@step
def _wants_place(w: World, i: int, c: int, month: int, lv: LeverRow, p: ParameterRow) -> bool:
    family, child = family_row(w, i), child_row(w, c)
    place = place_row(w, family.municipality)
    child.touched |= lv.active & (
        BIT.ve_guidance_level
        | BIT.childcare_open_hour
        | BIT.childcare_close_hour
        | BIT.services_wait_months
    )
    if not rules.has_waited(month - family.arrival_month, lv.services_wait_months):
        return False
    focus = 0.0
    is_in_focus_area = family.neighbourhood_rank < place.focus_share
    if is_in_focus_area and school_rules.is_programme_running(lv.month, lv.spuk_end_year):
        child.touched |= lv.active & (BIT.spuk_focus_boost | BIT.spuk_end_year)
        focus = lv.spuk_focus_boost
    guidance = rules.guidance_given(lv.ve_guidance_level, place.practice)
    peers = rules.p_follows_peers(
        n_informed=_informed_ties(w, family), gain=p.take_up_peer, cap=p.peer_cap
    )
    whole = rules.p_takes_up_preschool(
        intercept=p.take_up_intercept,
        knowledge=family.knowledge,
        trust=family.trust,
        is_registered=family.is_registered != 0,
        intention=family.settlement_intention,
        guidance=guidance,
        is_referred=child.is_referred != 0,
        hours_fit=_fit(w, i, lv, p),
        focus=focus,
        p_peers=peers,
        w_knowledge=p.take_up_knowledge,
        w_trust=p.take_up_trust,
        w_registered=p.take_up_registered,
        w_intention=p.take_up_intention,
        w_guidance=p.take_up_guidance,
        w_referral=p.take_up_referral,
        w_hours=p.take_up_hours_fit,
        w_focus=p.take_up_focus,
        usual_knowledge=p.usual_knowledge,
        usual_trust=p.usual_trust,
        usual_intention=p.usual_intention,
    )
    d = draw4(w.seed, child.key, Block.PRESCHOOL, month)
    return d[0] < rules.p_per_look(whole, p.take_up_looks)


@step
def _informed_ties(w: World, family: FamilyRow) -> int:
    n = 0
    for k in range(family.first_tie, family.first_tie + family.n_ties):
        n += signal_row(w, tie_row(w, k).row).is_informed
    return n


@step
def _fit(w: World, i: int, lv: LeverRow, p: ParameterRow) -> float:
    """Return how well childcare hours fit the working day of the adult with the best fit."""
    best = 0.0
    for which in range(family_row(w, i).n_adults):
        adult = adult_row(w, 2 * i + which)
        if adult.hours_worked <= 0.0:
            return 1.0
        best = max(
            best,
            rules.hours_fit(
                shift_start=adult.shift_start / 2.0,
                shift_end=adult.shift_end / 2.0,
                opens=lv.childcare_open_hour,
                closes=lv.childcare_close_hour,
                hours_nil=p.hours_outside_nil,
            ),
        )
    return best


@step
def _attend(w: World, i: int, child: ChildRow, lv: LeverRow, p: ParameterRow) -> None:
    """Receive preschool hours; a part of the gain stays, the rest will fade."""
    family = family_row(w, i)
    child.touched |= lv.active & (
        BIT.ve_hours_total | BIT.childcare_open_hour | BIT.childcare_close_hour
    )
    hours = rules.ve_hours_month(
        hours_total=lv.ve_hours_total,
        months=p.ve_months,
        roster_predictability=family.roster_predictability,
        share_roster=p.ve_attendance_roster,
        hours_fit=_fit(w, i, lv, p),
    )
    hours = rules.ve_hours_given(
        hours_month=hours, hours_total=lv.ve_hours_total, hours_had=child.ve_hours
    )
    child.ve_hours += hours
    gain = rules.ve_gain(hours, p.ve_gain_960h)
    child.language_z += rules.ve_lasting_gain(gain, p.ve_persistent)
    child.gain_language += rules.ve_fading_gain(gain, p.ve_persistent)
    child.gain_learning += rules.ve_learning_gain(gain, p.ve_learning_share)

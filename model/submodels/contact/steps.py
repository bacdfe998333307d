"""The month of contact: institutions, key persons, peers; knowledge, trust, registration, care."""

from __future__ import annotations

from model.calendar import NEVER
from model.enums import FamilyType
from model.kernel.compile import step
from model.kernel.rows import (
    World,
    family_row,
    key_person_row,
    next_signal_row,
    place_row,
    signal_row,
    tie_row,
)
from model.registry import BIT, LeverRow, ParameterRow
from model.state import REGIONS, FamilyRow
from model.submodels.contact import rules

KEY_PERSONS_MAX = 20.0
"""Upper end of the lever `key_persons_per_1000`; so many are laid down."""


@step
def contact_month(
    w: World,
    i: int,
    month: int,
    with_contact: int,
    lv: LeverRow,
    p: ParameterRow,
    luck_info: float,
    luck_register: float,
    luck_school: float,
) -> None:
    """Meet institutions, key persons and other families; learn, trust, register, find care.

    `with_contact` children are at a school with a contact person.
    """
    family = family_row(w, i)
    practice = place_row(w, family.municipality).practice
    _by_living_here(family, month, p)
    met = _information(w, i, lv, p, practice, luck_info)
    _key_person(w, i, lv, p)
    _peers(w, i, p)
    if with_contact > 0:
        _school_contact(family, lv, p, luck_school)
    if family.is_registered == 0 and family.is_border == 0:
        family.touched |= lv.active & BIT.registration_outreach
        chance = rules.p_registers(
            p_base=p.p_register,
            outreach=lv.registration_outreach,
            knowledge=family.knowledge,
            practice=practice,
            share_knowledge=p.register_knowledge,
            share_practice=p.register_practice,
            has_met=met,
            for_contact=p.register_info,
        )
        if luck_register < chance:
            family.is_registered = 1
            # Who comes back to the register has been here since the first time, for the law too.
            if family.registration_month == NEVER:
                family.registration_month = month
    _care(family, lv, p)
    family.is_informed = rules.is_informed(family.knowledge, p.informed_from)


@step
def _by_living_here(family: FamilyRow, month: int, p: ParameterRow) -> None:
    """Know and trust as much as stay gives, and lose a part of what lies above or below that."""
    years = (month - family.arrival_month) / 12.0
    before = years - 1.0 / 12.0
    family.knowledge = rules.within_unit(
        rules.back_to_level(
            value=family.knowledge,
            level_before=knowledge_level(family, before, p),
            level=knowledge_level(family, years, p),
            share=p.knowledge_slow,
        )
    )
    family.trust = rules.within_unit(
        rules.back_to_level(
            value=family.trust,
            level_before=trust_level(family, before, p),
            level=trust_level(family, years, p),
            share=p.trust_slow,
        )
    )


@step
def knowledge_level(family: FamilyRow, years: float, p: ParameterRow) -> float:
    """Return the knowledge that so many years of living here give a family."""
    return rules.level_by_stay(
        ceiling=family.knowledge_ceiling,
        usual_ceiling=p.knowledge_stay_max,
        on_arrival=p.knowledge_on_arrival,
        per_year=p.knowledge_stay_year,
        years_in_nl=years,
    )


@step
def trust_level(family: FamilyRow, years: float, p: ParameterRow) -> float:
    """Return the trust that so many years of living here give a family."""
    return rules.level_by_stay(
        ceiling=family.trust_ceiling,
        usual_ceiling=p.trust_stay_max,
        on_arrival=p.trust_on_arrival,
        per_year=p.trust_stay_year,
        years_in_nl=years,
    )


@step
def _information(
    w: World, i: int, lv: LeverRow, p: ParameterRow, practice: float, luck: float
) -> bool:
    """Learn from digital information, from visits and, where there is one, from a desk."""
    family = family_row(w, i)
    gain = rules.knowledge_gain_month(
        digital=p.knowledge_digital,
        digital_reach=lv.digital_info_reach,
        visits=p.knowledge_pharos,
        visits_reach=lv.pharos_reach,
    )
    family.touched |= lv.active & (BIT.digital_info_reach | BIT.pharos_reach)
    family.knowledge = rules.towards_one(family.knowledge, gain)
    family.is_course_open = 0
    rank = (family.region + 0.5) / REGIONS
    is_brabant = rules.is_covered(rank, lv.brabant_model_share)
    if not (is_brabant or rules.is_covered(rank, lv.info_point_coverage)):
        return False
    chance = rules.p_info_contact(
        contact_rate=lv.info_contact_rate,
        is_served_first=rules.is_language_served_first(family.home_language),
        match_other=p.info_match_other,
        trust=family.trust,
        share_without_trust=p.info_trust_base,
        practice=practice,
        share_practice=p.practice_contact_ratio,
    )
    family.touched |= lv.active & (BIT.info_point_coverage | BIT.info_contact_rate)
    if luck >= chance:
        return False
    _talk(family, p.knowledge_info_point, lv, p)
    if is_brabant:
        family.touched |= lv.active & BIT.brabant_model_share
        family.is_course_open = 1
    return True


@step
def _key_person(w: World, i: int, lv: LeverRow, p: ParameterRow) -> None:
    family = family_row(w, i)
    if family.key_person < 0:
        return
    rank = key_person_row(w, family.key_person).rank
    is_recent, is_targeted = family.family_type == FamilyType.RECENT, lv.key_person_target > 0.0
    if is_targeted and rank < rules.reach_of_key_person(
        key_persons_per_1000=lv.key_persons_per_1000,
        maximum=KEY_PERSONS_MAX,
        is_recent=is_recent,
        is_targeted=False,
        recent_ratio=p.key_person_recent_ratio,
    ):
        # It may also be one who is now passed over.
        family.touched |= lv.active & BIT.key_person_target
    reach = rules.reach_of_key_person(
        key_persons_per_1000=lv.key_persons_per_1000,
        maximum=KEY_PERSONS_MAX,
        is_recent=is_recent,
        is_targeted=is_targeted,
        recent_ratio=p.key_person_recent_ratio,
    )
    if rank >= reach:
        return
    family.touched |= lv.active & (
        BIT.key_persons_per_1000 | BIT.key_person_target | BIT.codesign_level
    )
    family.knowledge = rules.towards_one(family.knowledge, p.knowledge_key_person)
    family.trust = rules.towards_one(
        family.trust,
        rules.trust_gain(
            gain=p.trust_key_person,
            culture_sensitive=1.0,
            codesign=lv.codesign_level,
            share_culture=0.0,
            share_codesign=p.trust_codesign,
        ),
    )


@step
def _peers(w: World, i: int, p: ParameterRow) -> None:
    """Learn from informed acquaintances and move towards their trust, as they were last month."""
    family = family_row(w, i)
    informed, known, trust = 0, 0, 0
    for k in range(family.first_tie, family.first_tie + family.n_ties):
        other = signal_row(w, tie_row(w, k).row)
        # Who is away shows 0 of both.
        known += int(other.trust != 0)
        trust += other.trust
        informed += other.is_informed
    if known == 0:
        return
    family.knowledge += rules.knowledge_from_peers(
        knowledge=family.knowledge,
        p_learns=rules.p_learns_from_peers(n_informed=informed, gain=p.peer_gain, cap=p.peer_cap),
        speed=p.peer_speed,
        peers_know=p.peers_know,
    )
    mean = (trust / known - 1.0) / 254.0
    family.trust = rules.trust_among_peers(
        trust=family.trust, mean_of_peers=mean, share=p.trust_neighbours
    )


@step
def _talk(family: FamilyRow, knowledge: float, lv: LeverRow, p: ParameterRow) -> None:
    """Learn something of what is missing, and trust who speaks more."""
    family.touched |= lv.active & (BIT.culture_sensitive_share | BIT.codesign_level)
    family.knowledge = rules.towards_one(family.knowledge, knowledge)
    family.trust = rules.towards_one(
        family.trust,
        rules.trust_gain(
            gain=p.trust_contact,
            culture_sensitive=lv.culture_sensitive_share,
            codesign=lv.codesign_level,
            share_culture=p.trust_culture,
            share_codesign=p.trust_codesign,
        ),
    )


@step
def _school_contact(family: FamilyRow, lv: LeverRow, p: ParameterRow, luck: float) -> None:
    """Talk with the contact person of a child's school (letter, lines 326-327)."""
    family.touched |= lv.active & BIT.school_contact_share
    if luck >= p.p_school_contact:
        return
    _talk(family, p.knowledge_school, lv, p)


@step
def _care(family: FamilyRow, lv: LeverRow, p: ParameterRow) -> None:
    family.touched |= lv.active & (BIT.care_access_level | BIT.pharos_reach)
    if family.is_border != 0:
        family.touched |= lv.active & BIT.cross_border_coordination
    family.care_access = rules.care_next_month(
        care_access=family.care_access, target=care_target(family, lv, p), speed=p.care_speed
    )


@step
def care_target(family: FamilyRow, lv: LeverRow, p: ParameterRow) -> float:
    """Return the access to care towards which a family moves."""
    return rules.care_target(
        level=lv.care_access_level,
        knowledge=family.knowledge,
        is_registered=family.is_registered != 0,
        pharos=lv.pharos_reach,
        is_border=family.is_border != 0,
        coordination=lv.cross_border_coordination,
        for_level=p.care_level,
        for_knowledge=p.care_knowledge,
        for_registered=p.care_registered,
        for_pharos=p.care_pharos,
        border_loss=p.care_border,
    )


@step
def show(w: World, i: int) -> None:
    """Show other families what they will see next month: informed or not, and trust."""
    family = family_row(w, i)
    shown = next_signal_row(w, i)
    shown.is_informed = family.is_informed
    shown.trust = int(1.0 + 254.0 * rules.within_unit(family.trust))

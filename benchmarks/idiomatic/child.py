"""A child from birth to twenty-three (the steps of `model/steps/`: children, early years, school).

The fixed moments of the school year are in `schooling`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.idiomatic.numbers import CONTACT, EARLY, SCHOOL
from benchmarks.idiomatic.schooling import Schooling
from model import ages
from model.clock import SchoolMonth
from model.enums import BirthCountry, Contract, Education, Stage, Status
from model.state import CHILD

if TYPE_CHECKING:
    from benchmarks.idiomatic.family import Family

_UNBORN, _HOME, _VE = int(Stage.UNBORN), int(Stage.HOME), int(Stage.VE)
_PO1, _PO8, _ISK = int(Stage.PO1), int(Stage.PO8), int(Stage.ISK)
_QUALIFIED, _AGED_OUT = int(Stage.QUALIFIED), int(Stage.AGED_OUT)
_BORN_HERE, _HIGH = int(BirthCountry.NETHERLANDS), int(Education.HIGH)
_NONE, _ABROAD = int(Contract.NONE), int(Status.ABROAD_TEMP)
_FORCED = 2
_SUMMER = (11, 0)
_SCHOOL_MONTHS = 11.0
_MONTHS_36 = (1 << 36) - 1


class Child(Schooling):
    """A child of a family, with the fields of `model.state.CHILD`."""

    __slots__ = (*(name for name in CHILD.names or () if name != "school"), "family", "school")

    family: Family
    ve_wait: int
    first_school_month: int
    belonging: float
    school_change_months: int
    in_year_change_months: int

    def __init__(self, family: Family, row: np.void) -> None:
        self.family = family
        self.take(row)
        schools = family.model.schools
        self.school = schools[self.school] if self.school >= 0 else None

    @property
    def has_contact_person(self) -> bool:
        """Goes to a school with a contact person."""
        if not self.is_enrolled or self.school is None:
            return False
        return bool(self.school.contact_rank < self.family.model.lv.school_contact_share)

    def live(self, hours_alone: float, outside: float) -> None:
        """Live a month; a caregiver works outside care hours when `outside` is 1."""
        month = self.family.model.month
        age = month - self.birth_month
        if age < 0 or (age > 0 and self.stage == _UNBORN):
            return
        if self.stage == _UNBORN:
            self.stage = _HOME
            self.birth_country = _BORN_HERE
        if self.stage >= _QUALIFIED:
            if month % 12 == SchoolMonth.OCTOBER:
                self.be_counted(age)
        elif age >= ages.COUNT_UNTIL:
            self.stage = _AGED_OUT
            self.is_enrolled = False
            self.count_stage = 0
        else:
            self._live_on(age, hours_alone, outside)

    def _live_on(self, age: int, hours_alone: float, outside: float) -> None:
        p, moment = self.family.model.p, self.family.model.month % 12
        self.gain_language *= p.gain_kept_month
        self.gain_learning *= p.gain_kept_month
        if moment != SchoolMonth.JULY:
            self.live_school_year(age)
        if self.stage >= _QUALIFIED:
            return
        if age < ages.FOUR:
            self._live_early(age)
        elif not self.is_enrolled:
            self._enrol(age)
        if self.is_enrolled:
            self._live_at_school(age, hours_alone, outside)
        if moment == SchoolMonth.JULY:
            self.live_school_year(age)
        if age == ages.FOUR:
            self.language_at_4 = self.language_z + self.gain_language
        elif age == ages.TWELVE:
            self.language_at_12 = self.language_z + self.gain_language

    def _live_early(self, age: int) -> None:
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        if ages.ONE <= age < ages.FOUR:
            gap = EARLY.home_language_gap(
                family.parent_dutch, p.language_gap_at_4, p.home_dutch_from
            )
            self.language_z += gap / (ages.FOUR - ages.ONE)
        if self.preschool_luck < lv.taalschatten_reach:
            self.gain_language += p.taalschatten_gain_year / 12.0
        if EARLY.is_visit_month(age):
            self._be_seen()
        if ages.TWO_AND_A_HALF <= age < ages.FOUR:
            self._go_to_preschool(age)

    def _be_seen(self) -> None:
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        random = family.model.random
        if random.random() >= EARLY.p_seen_by_jgz(
            *(p.p_jgz_seen, p.jgz_unregistered, family.is_registered, family.care_access),
            p.jgz_care,
        ):
            return
        if self.language_z < p.jgz_flag_below and random.random() < p.p_jgz_flag:
            self.is_jgz_flagged = True
        if self.is_jgz_flagged and random.random() < lv.jgz_referral_strength:
            self.is_referred = True

    def _go_to_preschool(self, age: int) -> None:
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        if EARLY.is_in_target_group(
            *(self.preschool_luck, lv.ve_eligibility_share, family.parent_dutch),
            *(p.home_dutch_from, family.parent_education == _HIGH),
            *(p.eligibility_high_education, p.eligibility_good_dutch),
        ):
            family.place.n_target += 1
        elif self.stage != _VE:
            return
        if self.stage == _VE:
            family.place.n_enrolled += 1
            self._attend_preschool()
        elif self.ve_wait > 0:
            self.ve_wait += 1
            family.place.preschool_queue.append(self)
        elif EARLY.is_look_month(age) and self._wants_preschool():
            self.ve_wait = 1
            family.place.preschool_queue.append(self)

    def admit_to_preschool(self) -> None:
        """Get a preschool place."""
        if self.stage == _HOME:
            self.ve_wait = 0
            self.stage = _VE

    def _wants_preschool(self) -> bool:
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        if family.model.month - family.arrival_month < lv.services_wait_months:
            return False
        focus = 0.0
        if family.neighbourhood_rank < family.place.focus_share and family.model.is_focus_on:
            focus = lv.spuk_focus_boost
        informed = sum(other.shows_informed for other in family.ties)
        peers = CONTACT.p_learns_from_peers(informed, p.take_up_peer, p.peer_cap)
        whole = EARLY.p_takes_up_preschool(
            *(p.take_up_intercept, family.knowledge, family.trust, family.is_registered),
            *(family.settlement_intention, lv.ve_guidance_level * (0.5 + family.place.practice)),
            *(self.is_referred, self._hours_fit(), focus, 0.5 * peers, *p.groups.take_up),
        )
        return bool(family.model.random.random() < EARLY.p_per_look(whole, p.take_up_looks))

    def _hours_fit(self) -> float:
        p, lv = self.family.model.p, self.family.model.lv
        best = 0.0
        for adult in self.family.adults:
            if adult.hours_worked <= 0.0:
                return 1.0
            fit = EARLY.hours_fit(
                *(adult.shift_start, adult.shift_end, lv.childcare_open_hour),
                *(lv.childcare_close_hour, p.hours_outside_nil),
            )
            best = max(best, fit)
        return best

    def _attend_preschool(self) -> None:
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        hours = EARLY.ve_hours_month(
            *(lv.ve_hours_total, p.ve_months, family.roster_predictability),
            *(p.ve_attendance_roster, self._hours_fit()),
        )
        hours = min(hours, max(0.0, lv.ve_hours_total - self.ve_hours))
        self.ve_hours += hours
        gain = EARLY.ve_gain(hours, p.ve_gain_960h)
        self.language_z += p.ve_persistent * gain
        self.gain_language += (1.0 - p.ve_persistent) * gain
        self.gain_learning += p.ve_learning_share * gain

    def _enrol(self, age: int) -> None:
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        chance = p.p_enrol if SCHOOL.must_enrol(age) else p.p_enrol_at_4
        if not family.is_registered:
            chance *= p.enrol_unregistered
        if family.is_border:
            chance *= p.enrol_border + (1.0 - p.enrol_border) * lv.cross_border_coordination
        if age >= ages.EIGHTEEN or family.model.random.random() >= chance:
            return
        month, is_born_here = family.model.month, self.birth_country == _BORN_HERE
        self.is_enrolled = True
        self.ve_wait = 0
        if self.first_school_month < 0 or self.stage <= _VE:
            self.first_school_month = month
        self.stage_year = 1
        if age >= ages.TWELVE and is_born_here:
            self.enter_track(age)
            return
        funded, before_4 = lv.newcomer_months_vo, 0.0
        if age >= ages.TWELVE:
            self.stage = _ISK
        else:
            in_august = age - month % 12
            self.stage = min(_PO8, max(_PO1, _PO1 + (in_august - ages.FOUR) // 12))
            funded = lv.newcomer_months_po
            before_4 = max(0.0, ages.FOUR - (family.arrival_month - self.birth_month))
        months = SCHOOL.newcomer_months_at_entry(funded, is_born_here, before_4)
        self.newcomer_months_left = int(months)

    def _live_at_school(self, age: int, hours_alone: float, outside: float) -> None:
        family, p = self.family, self.family.model.p
        is_august = family.model.month % 12 == 0
        has_changed = self._change_school()
        is_alone_age = p.home_alone_from_years * 12.0 <= age < p.home_alone_until_years * 12.0
        self.home_alone_hours = hours_alone if is_alone_age else 0.0
        absent = 0.0 if is_august else self._days_absent()
        self.absent_days_12m += absent - self.absent_days_12m / 12.0
        normal = 0.0 if is_august else p.absent_normal_year / _SCHOOL_MONTHS
        self._learn(absent, normal, outside, has_changed=has_changed)
        usual = p.belonging_usual + p.belonging_culture * family.model.lv.culture_sensitive_share
        months = p.belonging_late_months if self.late_arrival else p.belonging_months
        self.belonging += (usual - self.belonging) / months
        if has_changed:
            self.belonging = CONTACT.within_unit(self.belonging - p.belonging_change)

    def _change_school(self) -> bool:
        family, p, random = self.family, self.family.model.p, self.family.model.random
        self.school_change_months = self.school_change_months << 1 & _MONTHS_36
        self.in_year_change_months = self.in_year_change_months << 1 & _MONTHS_36
        if family.moved == 0:
            return False
        chance = p.p_school_change_voluntary
        if family.moved == _FORCED:
            chance = p.p_school_change_forced
        if random.random() >= chance:
            return False
        self.school_change_months |= 1
        self.school_changes_year += 1
        if family.model.month % 12 not in _SUMMER:
            self.in_year_change_months |= 1
        if self.school is not None and len(self.school.alike) > 1:
            others = [school for school in self.school.alike if school is not self.school]
            self.school = random.choice(others)
        return True

    def _days_absent(self) -> float:
        family, p = self.family, self.family.model.p
        mean = SCHOOL.absent_days_month(
            *(p.absent_base_days, family.roster_predictability, p.absent_roster_days),
            *(min(1.0, self.home_alone_hours / p.alone_reference_hours), p.absent_alone),
            *(self.belonging, p.belonging_usual, p.absent_belonging, family.care_access),
            *(p.absent_care, self.has_contact_person, p.absent_contact),
        )
        days = 2.0 * family.model.random.random() * float(mean)
        if family.moved == _FORCED:
            days += p.absent_forced_days
        if family.status == _ABROAD:
            days += p.absent_return_days
        return days

    def _learn(self, absent: float, normal: float, outside: float, *, has_changed: bool) -> None:
        family, p = self.family, self.family.model.p
        self.language_z += SCHOOL.language_change_month(
            *(self.language_z, True, p.catch_up_year, self._newcomer_support(), absent),
            *(p.language_absent_day, normal),
        )
        if has_changed:
            self.language_z -= p.language_change
            self.change_effect -= p.change_level
        self.change_effect *= p.change_kept_month
        self.learning_z += SCHOOL.learning_change_month(
            *(self.language_z + self.gain_language, p.learning_from_language_year),
            *(family.income_eur_month, p.income_reference_eur_month, p.income_floor_eur_month),
            *(p.learning_income_year, absent, p.learning_absent_day, normal, outside),
            *(p.shift_usual_share, p.learning_shift_year),
        )
        self.crowding_effect += SCHOOL.crowding_change_month(
            *(self.crowding_effect, family.crowding >= p.crowded_from),
            *(p.learning_crowding_year, p.crowding_floor),
        )
        for adult in family.adults:
            if (
                adult.is_seeking
                and adult.contract == _NONE
                and adult.months_without_work == int(p.long_spell_months)
            ):
                self.learning_z -= p.learning_job_loss
        if self.school is not None and self.school.is_focus_area and family.model.is_focus_on:
            hours = p.spuk_hours * family.model.lv.spuk_focus_boost
            self.gain_learning += p.extra_hour_gain * hours / 12.0

    def _newcomer_support(self) -> float:
        self.has_newcomer_support = False
        if self.newcomer_months_left == 0:
            return 0.0
        p, lv = self.family.model.p, self.family.model.lv
        self.newcomer_months_left -= 1
        is_funded = self.stage >= _ISK
        if not is_funded and self.school is not None:
            threshold = lv.newcomer_threshold_pupils
            is_funded = SCHOOL.is_school_funded(self.school.newcomers, threshold)
        if not is_funded:
            return 0.0
        self.has_newcomer_support = True
        return float(p.newcomer_gain_year) if self.language_z < p.newcomer_below else 0.0

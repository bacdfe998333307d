"""A family: the month at work, at home, among others (the steps of `model/steps/`, but school)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from benchmarks.idiomatic.adult import Adult
from benchmarks.idiomatic.child import Child
from benchmarks.idiomatic.numbers import (
    CONTACT,
    HOUSING,
    LANGUAGE,
    RIGHTS,
    SCHOOL,
    STAY,
    WORK,
    Entity,
)
from model import ages
from model.enums import Contract, FamilyType, Housing, Status
from model.levers import BY_NAME
from model.state import REGIONS

if TYPE_CHECKING:
    from benchmarks.idiomatic.simulation import IdiomaticModel

_IN_NL, _ABROAD = int(Status.IN_NL), int(Status.ABROAD_TEMP)
_EMIGRATED, _AGED_OUT = int(Status.EMIGRATED), int(Status.AGED_OUT)
_NONE, _PERMANENT = int(Contract.NONE), int(Contract.PERMANENT)
_TIED, _SHARED = int(Housing.TIED), int(Housing.PRIVATE_SHARED)
_OWN_LEASE, _RECENT = int(Housing.PRIVATE_OWN_LEASE), int(FamilyType.RECENT)
_MUNICIPALITY, _EMPLOYER, _LOAN = 1, 2, 3
VOLUNTARY, FORCED, REASSIGNED = 1, 2, 3
KEY_PERSONS_MAX = BY_NAME["key_persons_per_1000"].high


class Family(mesa.Agent, Entity):  # type: ignore[type-arg]
    """A family with the fields of `model.state.FAMILY`, its adults, its children and its ties."""

    model: IdiomaticModel
    status: int
    housing: int
    is_registered: bool
    registration_month: int
    knowledge: float
    trust: float
    parent_dutch: float
    settlement_intention: float
    care_access: float
    notice_weeks: float
    months_away: int
    course_wait: int
    course_hours_left: float
    loan_debt_eur: float

    def __init__(self, model: IdiomaticModel, row: int) -> None:
        super().__init__(model)
        state = model.start
        self.take(state.families[row])
        self.row = row
        self.status = _IN_NL
        self.place = model.places[self.municipality]
        self.adults = [Adult(self, state.adults[2 * row + k]) for k in range(self.n_adults)]
        rows = range(self.first_child, self.first_child + self.n_children)
        self.children = [Child(self, state.children[c]) for c in rows]
        self.ties: list[Family] = []
        self.shown_trust: float | None = None
        self.shows_informed = False

    @property
    def years_in_nl(self) -> float:
        """Years since arrival in the Netherlands."""
        return float((self.model.month - self.arrival_month) / 12.0)

    def step(self) -> None:
        """Live a month."""
        if self.model.month % 12 == 0 and self._new_school_year():
            return
        self.work()
        self.claim_rights()
        self.live_at_home()
        self.stay()
        if self.status == _EMIGRATED:
            return
        self.meet_others()
        self.learn_dutch()
        hours, is_outside = self._hours_alone()
        for child in self.children:
            child.live(hours, is_outside)

    def advance(self) -> None:
        """Show others what they see next month."""
        is_here = self.status == _IN_NL
        self.shown_trust = CONTACT.within_unit(self.trust) if is_here else None
        self.shows_informed = is_here and self.is_informed

    def _new_school_year(self) -> bool:
        self.voluntary_moves_year = 0
        self.forced_moves_year = 0
        month = self.model.month
        if any(month - child.birth_month < ages.COUNT_UNTIL for child in self.children):
            return False
        self.status = _AGED_OUT
        self._leave_model()
        return True

    def _leave_model(self) -> None:
        self.shown_trust = None
        self.shows_informed = False
        self.remove()

    def work(self) -> None:
        """Let the adults work; work out income, poverty and roster."""
        self.lost_job = False
        for adult in self.adults:
            if adult.is_seeking:
                adult.work()
        p, lv = self.model.p, self.model.lv
        pay, usual_pay, hours, weighted_cv = 0.0, 0.0, 0.0, 0.0
        months_without = math.inf
        for adult in self.adults:
            if not adult.is_seeking:
                continue
            wage = WORK.wage_paid(
                *(adult.wage_eur_hour, adult.is_agency, p.agency_wage_gap),
                *(lv.agency_equal_terms, adult.is_malafide),
            ) * (1.0 + p.wage_dutch_premium * self.parent_dutch)
            usual_pay += wage * adult.hours_contract
            if adult.contract == _NONE:
                months_without = min(months_without, adult.months_without_work)
                continue
            pay += wage * adult.hours_worked
            hours += adult.hours_mean
            weighted_cv += math.sqrt(max(0.0, adult.hours_variance))
        to_net = p.share_net * WORK.WEEKS_PER_MONTH
        net = pay * to_net
        if pay == 0.0:
            net = WORK.income_without_work(
                *(usual_pay * to_net, months_without, self.is_registered, self.years_in_nl),
                self.n_adults,
                *p.groups.benefits,
            )
        month = self.model.month
        young = sum(0 <= month - child.birth_month < ages.EIGHTEEN for child in self.children)
        net += p.child_allowance_eur_month * young - self.unpaid_eur - self._instalment()
        scale = WORK.equivalence_scale(self.n_adults, young, p.scale_second_adult, p.scale_child)
        self.income_eur_month = net / scale
        if hours > 0.0:
            self.hours_cv = weighted_cv / hours
            self.roster_predictability = WORK.roster_predictability(self.hours_cv, p.cv_reference)
        self.is_poor = WORK.is_poor(self.income_eur_month, p.low_income_line_eur_month)

    def _instalment(self) -> float:
        if self.loan_debt_eur <= 0.0:
            return 0.0
        p, months = self.model.p, self.model.month - self.loan_month
        due = LANGUAGE.instalment_eur_month(
            self.loan_eur, months, p.repay_delay_months, p.repay_months
        )
        instalment = min(self.loan_debt_eur, float(due))
        self.loan_debt_eur -= instalment
        return instalment

    def claim_rights(self) -> None:
        """Lose wage or home to an employer that breaks rules, or get it back."""
        self.unpaid_eur = 0.0
        pay = 0.0
        for adult in self.adults:
            if adult.is_malafide and adult.contract != _NONE:
                pay += adult.wage_eur_hour * adult.hours_worked
        if pay == 0.0:
            return
        p, lv, random = self.model.p, self.model.lv, self.model.random
        p_claim = RIGHTS.p_claim_succeeds(
            *(p.p_claim_unaided, p.p_claim_helped, lv.legal_help_access, self.knowledge),
            p.claim_knowledge,
        )
        if random.random() < RIGHTS.p_unpaid(
            p.p_unpaid_month, lv.inspection_intensity, p.inspection_elasticity
        ):
            self.trust = max(0.0, self.trust - p.trust_loss_event)
            if random.random() < p_claim:
                self.trust = CONTACT.towards_one(self.trust, p.trust_gain_claim)
            else:
                self.unpaid_eur = p.unpaid_share * pay * p.share_net * WORK.WEEKS_PER_MONTH
        if self.housing == _TIED and random.random() < p.p_unlawful_eviction:
            self.trust = max(0.0, self.trust - p.trust_loss_event)
            if random.random() >= p_claim:
                self.notice_weeks = 0.0

    def live_at_home(self) -> None:
        """Lose a tied home, be moved by the agency, or move."""
        p, lv, random = self.model.p, self.model.lv, self.model.random
        self.moved = 0
        if self.notice_weeks >= 0.0:
            self.notice_weeks -= WORK.WEEKS_PER_MONTH
            if HOUSING.is_grace_over(self.notice_weeks):
                self._move(FORCED)
            elif random.random() < p.p_find_home:
                self._move(VOLUNTARY)
            return
        if self.housing == _TIED:
            if self.lost_job:
                if random.random() < HOUSING.p_loses_tied_home(p.p_evict, lv.housing_decoupled):
                    self.notice_weeks = lv.housing_grace_weeks
                    if HOUSING.is_grace_over(self.notice_weeks):
                        self._move(FORCED)
                    return
            elif any(adult.is_agency for adult in self.adults) and random.random() < (
                HOUSING.p_reassigned(p.p_reassign, lv.housing_decoupled)
            ):
                self._move(REASSIGNED)
                return
        month = self.model.month
        born = [month - child.birth_month for child in self.children]
        youngest_years = min((age for age in born if age >= 0), default=1200) / 12.0
        if random.random() < HOUSING.p_voluntary_move(
            youngest_years, self.years_in_nl, self.housing == _SHARED, *p.groups.move
        ):
            self._move(VOLUNTARY)

    def _move(self, kind: int) -> None:
        p, random, month = self.model.p, self.model.random.random, self.model.month
        if kind == VOLUNTARY:
            self.housing = HOUSING.chosen_home(
                self.income_eur_month / p.low_income_line_eur_month,
                any(adult.contract == _PERMANENT for adult in self.adults),
                *(self.is_registered, self.years_in_nl, *p.groups.upgrade),
                *(self.housing, p.p_keep_tenure, random(), random(), random()),
            )
            self.voluntary_moves_year += 1
            self.voluntary_moves_total += 1
        else:
            if kind == FORCED:
                was_tied = self.housing == _TIED
                self.housing = HOUSING.forced_home(
                    was_tied, p.p_forced_tied, p.p_forced_lease, random()
                )
            self.forced_moves_year += 1
            self.forced_moves_total += 1
        n_persons = self.n_adults + sum(
            0 <= month - child.birth_month < ages.COUNT_UNTIL for child in self.children
        )
        self.crowding = HOUSING.crowding_after_move(
            self.housing, n_persons, *p.groups.crowding, random()
        )
        self.notice_weeks = -1.0
        self.moved = min(kind, FORCED)

    def stay(self) -> None:
        """Update the intention to stay; go abroad for a while, or leave for good."""
        if self.status == _ABROAD:
            self.months_away -= 1
            if self.months_away == 0:
                self.status = _IN_NL
            return
        p, lv, random = self.model.p, self.model.lv, self.model.random
        years = self.years_in_nl
        n_working = sum(adult.contract != _NONE for adult in self.adults)
        is_seeking = any(adult.is_seeking for adult in self.adults)
        is_permanent = any(adult.contract == _PERMANENT for adult in self.adults)
        has_pupil = any(child.is_enrolled for child in self.children)
        target = STAY.intention_target(
            *(years, is_permanent, self.housing >= _OWN_LEASE, has_pupil, lv.permanence_signal),
            *p.groups.intention,
        )
        self.settlement_intention += (target - self.settlement_intention) / p.intention_lag_months
        if random.random() < STAY.p_returns_for_a_while(p.p_return_year, self.settlement_intention):
            self.status = _ABROAD
            self.months_away = int(p.return_months)
        hazard = STAY.departure_hazard_year(years, *p.groups.hazard_year)
        if random.random() < STAY.p_departs_month(
            *(hazard, self.settlement_intention, is_seeking and n_working == 0),
            *(has_pupil, n_working == 2, *p.groups.departs),  # noqa: PLR2004 - both parents
        ):
            self.status = _EMIGRATED
            self._leave_model()

    def meet_others(self) -> None:
        """Meet institutions, key persons and other families; register, find care."""
        p, lv = self.model.p, self.model.lv
        self._hear_from_institutions()
        self._meet_key_person()
        self._meet_peers()
        self._meet_school()
        if not self.is_registered and not self.is_border:
            chance = CONTACT.p_registers(
                *(p.p_register, lv.registration_outreach, self.knowledge, self.place.practice),
                *(p.register_knowledge, p.register_practice, False, 0.0),
            )
            if self.model.random.random() < chance:
                self.is_registered = True
                self.registration_month = self.model.month
        target = CONTACT.care_target(
            *(lv.care_access_level, self.knowledge, self.is_registered, lv.pharos_reach),
            *(self.is_border, lv.cross_border_coordination, *p.groups.care),
        )
        self.care_access += p.care_speed * (target - self.care_access)
        self.is_informed = self.knowledge >= p.informed_from

    def _hear_from_institutions(self) -> None:
        p, lv = self.model.p, self.model.lv
        gain = p.knowledge_slow + p.knowledge_digital * lv.digital_info_reach
        gain += p.knowledge_pharos * lv.pharos_reach
        self.knowledge = CONTACT.towards_one(self.knowledge, gain)
        self.trust = CONTACT.towards_one(self.trust, p.trust_slow)
        rank = (self.region + 0.5) / REGIONS
        if CONTACT.is_covered(rank, lv.brabant_model_share) or CONTACT.is_covered(
            rank, lv.info_point_coverage
        ):
            message = "information points are not written here: they are not in the base"
            raise NotImplementedError(message)

    def _meet_key_person(self) -> None:
        if self.key_person < 0:
            return
        p, lv = self.model.p, self.model.lv
        reach = CONTACT.reach_of_key_person(
            *(lv.key_persons_per_1000, KEY_PERSONS_MAX, self.family_type == _RECENT),
            *(lv.key_person_target > 0.0, p.key_person_recent_ratio),
        )
        if self.model.key_person_ranks[self.key_person] >= reach:
            return
        self.knowledge = CONTACT.towards_one(self.knowledge, p.knowledge_key_person)
        gain = CONTACT.trust_gain(p.trust_key_person, 1.0, lv.codesign_level, 0.0, p.trust_codesign)
        self.trust = CONTACT.towards_one(self.trust, gain)

    def _meet_peers(self) -> None:
        shown = [other for other in self.ties if other.shown_trust is not None]
        if not shown:
            return
        p = self.model.p
        informed = sum(other.shows_informed for other in shown)
        learned = CONTACT.p_learns_from_peers(informed, p.peer_gain, p.peer_cap)
        self.knowledge = CONTACT.towards_one(self.knowledge, p.peer_speed * learned)
        mean = sum(other.shown_trust or 0.0 for other in shown) / len(shown)
        self.trust += p.trust_neighbours * (mean - self.trust)

    def _meet_school(self) -> None:
        p, lv = self.model.p, self.model.lv
        for child in self.children:
            if child.has_contact_person:
                if self.model.random.random() < p.p_school_contact:
                    self.knowledge = CONTACT.towards_one(self.knowledge, p.knowledge_school)
                    gain = CONTACT.trust_gain(
                        *(p.trust_contact, lv.culture_sensitive_share, lv.codesign_level),
                        *p.groups.trust,
                    )
                    self.trust = CONTACT.towards_one(self.trust, gain)
                return

    def learn_dutch(self) -> None:
        """Learn Dutch by living here and in a course."""
        p = self.model.p
        dutch = self.parent_dutch
        dutch += LANGUAGE.dutch_by_living_here(dutch, p.dutch_ceiling, p.dutch_rate_year)
        attendance = LANGUAGE.course_attendance(self.roster_predictability, p.course_roster)
        if self.course_hours_left > 0.0:
            hours = min(self.course_hours_left, p.course_hours_month)
            self.course_hours_left -= hours
            dutch += LANGUAGE.dutch_by_course(hours, p.dutch_from_course_100h, attendance)
        self.parent_dutch = CONTACT.within_unit(dutch)
        if self.parent_dutch >= p.course_until or self.course_hours_left > 0.0:
            self.course_wait = 0
            return
        self.course_funder = 0
        self._find_course(attendance)

    def _find_course(self, attendance: float) -> None:
        p, lv, random = self.model.p, self.model.lv, self.model.random
        if self.is_registered:
            self.place.course_adults += self.n_adults
        if any(adult.contract != _NONE and adult.has_employer_course for adult in self.adults) and (
            random.random() < p.p_employer_course
        ):
            self.course_funder = _EMPLOYER
            self.course_hours_left = LANGUAGE.employer_course_hours(
                p.employer_hours, lv.oo_language_budget_eur, p.employer_eur_hour
            )
            return
        months = self.model.month - self.registration_month
        if not LANGUAGE.is_service_open(self.is_registered, months, lv.services_wait_months):
            return
        if self.course_wait > 0:
            self.course_wait += 1
            self.place.course_queue.append(self)
        elif random.random() < LANGUAGE.p_applies_for_course(
            *(p.p_apply_course, self.knowledge, self.settlement_intention, p.apply_intention),
            attendance,
        ):
            self.course_wait = 1
            self.place.course_queue.append(self)
        elif self._wants_loan() and LANGUAGE.is_loan_open(months, lv.civic_loan_window_months):
            self._borrow()

    def admit_to_course(self) -> None:
        """Get a municipal place."""
        self.course_wait = 0
        self.course_funder = _MUNICIPALITY
        self.course_hours_left = self.model.lv.course_hours

    def _wants_loan(self) -> bool:
        wish = self.model.p.p_loan * 2.0 * self.settlement_intention
        return bool(self.model.random.random() < wish and self.loan_debt_eur <= 0.0)

    def _borrow(self) -> None:
        p, lv = self.model.p, self.model.lv
        loan = LANGUAGE.loan_eur(
            *(lv.civic_loan_max_eur, self.income_eur_month / p.low_income_line_eur_month),
            *(p.loan_income_ratio, p.loan_used_share),
        )
        if loan > 0.0:
            self.loan_eur = loan
            self.loan_debt_eur = loan
            self.loan_month = self.model.month
            self.course_funder = _LOAN
            self.course_hours_left = loan / p.course_eur_hour

    def _hours_alone(self) -> tuple[float, float]:
        """Return hours a child is alone, and 1 when a parent works outside care hours."""
        p, lv = self.model.p, self.model.lv
        start, end, n_working, outside = 0.0, 24.0, 0, 0.0
        for adult in self.adults:
            if adult.contract == _NONE:
                continue
            n_working += 1
            start, end = max(start, adult.shift_start), min(end, adult.shift_end)
            if (
                adult.shift_start < lv.childcare_open_hour
                or adult.shift_end > lv.childcare_close_hour
            ):
                outside = 1.0
        if n_working < self.n_adults or end <= start:
            return 0.0, outside
        hours = SCHOOL.home_alone_hours(
            start, end, lv.childcare_open_hour, lv.childcare_close_hour, *p.groups.school_day
        )
        return hours, outside

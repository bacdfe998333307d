"""An adult: contract, job, hours (the steps of `model/steps/work.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.idiomatic.numbers import HOUSING, RIGHTS, WORK, Entity
from model.enums import Contract, Housing
from model.state import ADULT

if TYPE_CHECKING:
    from benchmarks.idiomatic.family import Family

_ZERO_HOURS, _AGENCY_A = int(Contract.ZERO_HOURS), int(Contract.AGENCY_A)
_AGENCY_B, _FIXED = int(Contract.AGENCY_B), int(Contract.FIXED)
_PERMANENT, _NONE = int(Contract.PERMANENT), int(Contract.NONE)
_SELF_EMPLOYED = int(Contract.SELF_EMPLOYED)
_AGENCY = (_AGENCY_A, _AGENCY_B)
_TIED, _PRIVATE_SHARED = int(Housing.TIED), int(Housing.PRIVATE_SHARED)


class Adult(Entity):
    """An adult of a family, with the fields of `model.state.ADULT`; shifts in hours."""

    __slots__ = (*(ADULT.names or ()), "family")

    contract: int
    chain_count: int
    hours_worked: float
    shift_start: float
    shift_end: float

    def __init__(self, family: Family, row: np.void) -> None:
        self.family = family
        self.take(row)
        self.shift_start /= 2.0
        self.shift_end /= 2.0

    @property
    def is_agency(self) -> bool:
        """Works through an agency."""
        return self.contract in _AGENCY

    def work(self) -> None:
        """Hold a job or look for one, and work this month's hours."""
        if self.contract == _NONE:
            self._look_for_work()
        else:
            self._hold_job()
        self._work_hours()

    def _hold_job(self) -> None:
        p, random = self.family.model.p, self.family.model.random
        self.months_in_type += 1
        if self.contract in _AGENCY:
            self._agency()
        elif self.contract == _FIXED:
            self._fixed()
        elif self.contract == _ZERO_HOURS:
            self._on_call()
        if self.contract == _NONE:
            return
        p_base = WORK.by_contract(self.contract, *p.groups.p_end)
        if random.random() < WORK.p_job_ends(p_base, *p.groups.labour):
            self._lose_job()

    def _enter(self, contract: int) -> None:
        self.contract = contract
        self.months_in_type = 0
        if contract == _FIXED and self.chain_count == 0:
            self.chain_count = 1

    def _lose_job(self) -> None:
        self.family.lost_job = True
        self.contract = _NONE
        self.months_in_type = 0
        self.months_without_work = 0
        self.months_since_employer = 0
        self.agency_weeks = 0.0
        self.recall_months = -1
        self.is_malafide = False

    def _agency(self) -> None:
        p, lv, luck = self.family.model.p, self.family.model.lv, self.family.model.random.random()
        if self.contract == _AGENCY_B:
            self._phase_b(luck)
            return
        if self.hours_worked > 0.0:
            self.agency_weeks += WORK.WEEKS_PER_MONTH
        if WORK.is_phase_a_over(self.agency_weeks, lv.agency_phase_a_weeks):
            if luck < p.share_limit_a_b:
                self._enter(_AGENCY_B)
            elif luck < p.share_limit_a_b + p.share_limit_a_fixed:
                self._enter(_FIXED)
            else:
                self._lose_job()
        elif luck < p.p_agency_a_b:
            self._enter(_AGENCY_B)
        elif luck < p.p_agency_a_b + p.p_agency_a_fixed:
            self._enter(_FIXED)

    def _phase_b(self, luck: float) -> None:
        p, lv = self.family.model.p, self.family.model.lv
        if WORK.is_phase_b_over(self.months_in_type, lv.agency_phase_b_months):
            q = WORK.share_permanent_between(
                *(lv.agency_phase_b_months, p.phase_b_now_months, p.phase_b_reform_months),
                *(p.q_phase_b_now, p.q_phase_b_reform),
            )
            if luck < q:
                self._enter(_PERMANENT)
            else:
                self._lose_job()
        elif luck < p.p_agency_b_permanent:
            self._enter(_PERMANENT)
        elif luck < p.p_agency_b_permanent + p.p_agency_b_fixed:
            self._enter(_FIXED)

    def _fixed(self) -> None:
        p, lv, random = self.family.model.p, self.family.model.lv, self.family.model.random
        self.chain_months += 1
        if WORK.is_permanent_by_chain(self.chain_count, self.chain_months, *p.groups.chain):
            self._enter(_PERMANENT)
            return
        if random.random() < p.p_fixed_permanent:
            self._enter(_PERMANENT)
            return
        if self.months_in_type < p.fixed_contract_months:
            return
        if not WORK.is_chain_at_limit(
            self.chain_count, self.chain_months, p.fixed_contract_months, *p.groups.chain
        ):
            self.chain_count += 1
            self.months_in_type = 0
            return
        interval, luck = lv.chain_interval_months, random.random()
        q = WORK.share_permanent_between(
            *(interval, p.chain_gap_now_months, p.chain_gap_reform_months),
            *(p.q_chain_now, p.q_chain_reform),
        )
        if luck < q:
            self._enter(_PERMANENT)
            return
        back = WORK.p_called_back(
            p.p_revolve, interval, p.chain_gap_now_months, p.revolve_gap_months
        )
        self._lose_job()
        if luck < q + (1.0 - q) * back:
            self.recall_months = int(interval) + 1

    def _on_call(self) -> None:
        p, lv = self.family.model.p, self.family.model.lv
        chance = p.p_on_call_fixed
        if self.months_in_type == int(p.on_call_offer_months) and WORK.is_on_call_offer_due(
            self.contract, self.months_in_type, p.on_call_offer_months
        ):
            chance = WORK.p_on_call_offer(
                *(p.p_on_call_offer, p.on_call_offer_help, lv.legal_help_access),
                self.family.knowledge,
            )
        if self.family.model.random.random() < chance:
            self._enter(_FIXED)

    def _look_for_work(self) -> None:
        p, random, family = self.family.model.p, self.family.model.random, self.family
        self.months_without_work += 1
        self.months_since_employer += 1
        if self.recall_months >= 0:
            self.recall_months -= 1
            if self.recall_months == 0:
                self._start_job(_FIXED, is_recalled=True)
                return
        if random.random() >= WORK.p_hired(p.p_hire, *p.groups.labour):
            return
        p_agency = WORK.share_agency_offers(
            *(p.p_offer_agency_new, p.p_offer_agency_settled, family.years_in_nl),
            *(p.agency_offer_years, family.parent_dutch, p.agency_offer_dutch),
        )
        is_abolished = family.model.lv.zero_hours_abolished > 0.0
        contract = WORK.offered_contract(p_agency, *p.groups.offers, is_abolished, random.random())
        self._start_job(contract, is_recalled=False)

    def _start_job(self, contract: int, *, is_recalled: bool) -> None:
        family = self.family
        p, lv, random = family.model.p, family.model.lv, family.model.random
        if is_recalled and WORK.is_same_chain(self.months_since_employer, lv.chain_interval_months):
            self.chain_count += 1
        else:
            self.chain_count = 1 if contract == _FIXED else 0
            self.chain_months = 0
        if not is_recalled:
            self.employer = random.getrandbits(32)
        self.contract = contract
        self.months_in_type = 0
        self.months_without_work = 0
        self.start_month = family.model.month
        self.agency_weeks = 0.0
        self.recall_months = -1
        is_secure = contract in (_FIXED, _PERMANENT)
        self.is_malafide = random.random() < RIGHTS.share_malafide(
            *(p.p_malafide, lv.inspection_intensity, p.inspection_elasticity),
            *(p.malafide_secure_ratio, is_secure),
        )
        self.has_employer_course = random.random() < lv.employer_language_share
        early = p.p_early_shift_secure if is_secure else p.p_early_shift_flexible
        if random.random() < early:
            self.shift_start, self.shift_end = p.groups.early_shift
        elif random.random() < p.p_late_shift:
            self.shift_start, self.shift_end = p.groups.late_shift
        else:
            self.shift_start, self.shift_end = p.groups.day_shift
        if contract == _AGENCY_A and family.housing == _PRIVATE_SHARED:
            chance = HOUSING.p_tied_home(p.p_tied_agency, family.years_in_nl, p.tied_years)
            if random.random() < chance:
                family.housing = _TIED
                family.notice_weeks = -1.0

    def _work_hours(self) -> None:
        if self.contract == _NONE:
            self.hours_worked = 0.0
            self.hours_guaranteed = 0.0
            return
        p, random = self.family.model.p, self.family.model.random
        cv = WORK.by_contract(self.contract, *p.groups.cv)
        is_flexible = self.contract <= _AGENCY_A or self.contract == _SELF_EMPLOYED
        self.hours_guaranteed = 0.0 if is_flexible else self.hours_contract
        hours = WORK.hours_varying(self.hours_contract, cv, p.hours_week_max, random.random())
        self.hours_worked = hours
        away = hours - self.hours_mean
        self.hours_mean += away / p.hours_smoothing_months
        self.hours_variance += (away * away - self.hours_variance) / p.hours_smoothing_months

"""An adult of the Mesa peer (`benchmarks/peer.py`): contracts, jobs and shifts."""

from __future__ import annotations

import numpy as np

from benchmarks.peer_pay import MOVES, PLAIN, WORK, Earner, Uniforms
from model.enums import Contract
from model.submodels.rights import rules as rights

RIGHTS = PLAIN(rights)

AGENCY = (Contract.AGENCY_A, Contract.AGENCY_B)
ON_CALL = (Contract.ZERO_HOURS, Contract.BANDWIDTH)
SECURE = (Contract.FIXED, Contract.PERMANENT)
EMPLOYERS = 4294967295.0


class Adult(Earner):
    """An adult of a family, month by month."""

    def draws(self, block: str) -> Uniforms:
        """Return the adult's four draws of this month for a block of processes."""
        model = self.family.model
        return model.luck(int(self.family.key), self.which, block, model.month)

    def work(self) -> None:
        """Hold a job, look for one or stay out of the labour force, and work this month's hours."""
        d = self.draws("WORK")
        if not self.is_seeking:
            self.stay_out(d)
        elif self.contract == Contract.NONE:
            self.look_for_work(d)
        else:
            self.hold_job(d)
        self.work_hours(d)

    def hold_job(self, d: Uniforms) -> None:
        """Meet the limits of the contract; the job may end."""
        p, lv = self.family.model.p, self.family.model.lv
        self.months_in_type += 1
        if self.contract == Contract.ZERO_HOURS and lv.zero_hours_abolished > 0.0:
            if self.family.model.luck(int(self.family.key), self.which, "CONVERSION", 0)[0] < (
                lv.flex_displacement
            ):
                self.lose_job()
            else:
                self.enter(Contract.BANDWIDTH)
        if self.contract in AGENCY:
            self.agency(d)
        elif self.contract == Contract.FIXED:
            self.fixed(d)
        elif self.contract in ON_CALL:
            self.on_call(d[2])
        if self.contract == Contract.NONE:
            return
        p_base = WORK.by_contract(
            contract=self.contract,
            zero_hours=p.p_end_zero_hours,
            bandwidth=WORK.p_end_bandwidth(p.p_end_zero_hours, p.end_ratio_bandwidth),
            agency_a=p.p_end_agency_a,
            agency_b=p.p_end_agency_b,
            fixed=p.p_end_fixed,
            permanent=p.p_end_permanent,
            self_employed=p.p_end_self_employed,
        )
        p_end = WORK.p_job_ends(
            p_base=p_base, labour_index=p.labour_index, sensitivity=p.labour_sensitivity
        )
        if d[1] < p_end:
            self.lose_job()
        elif d[1] < p_end + self.p_other_job():
            self.change_job()

    def p_other_job(self) -> float:
        """Return the probability of going to another employer without a break."""
        p = self.family.model.p
        if self.contract == Contract.SELF_EMPLOYED:
            return 0.0
        p_base: float = p.p_agency_next
        if self.contract not in AGENCY:
            p_base = MOVES.p_changes_job(
                p_new=p.p_change_job,
                ratio_settled=p.change_ratio_settled,
                ratio_permanent=p.change_ratio_permanent,
                tenure_months=self.family.model.month - self.start_month,
                settled_months=p.change_settled_months,
                is_permanent=self.contract == Contract.PERMANENT,
            )
        chance: float = WORK.p_hired(
            p_base=p_base, labour_index=p.labour_index, sensitivity=p.labour_sensitivity
        )
        return chance

    def change_job(self) -> None:
        """Go from an agency to the next, else to a direct job."""
        p, lv = self.family.model.p, self.family.model.lv
        if self.contract in AGENCY:
            self.family.lost_job = 2
            self.start_job(Contract.AGENCY_A, is_recalled=False)
            return
        m = self.draws("JOB_CHANGE")
        is_permanent = self.contract == Contract.PERMANENT
        contract = WORK.offered_contract(
            p_agency=0.0,
            p_zero_hours=0.0 if is_permanent else p.p_offer_zero_hours,
            p_self_employed=0.0 if is_permanent else p.p_offer_self_employed,
            p_permanent=self.permanent(
                p.share_change_kept if is_permanent else p.share_change_permanent
            ),
            is_zero_hours_abolished=lv.zero_hours_abolished > 0.0,
            draw=m[0],
        )
        self.take(contract, m[1])

    def permanent(self, p_middle: float) -> float:
        """Return the chance of a permanent contract by the parents' schooling."""
        chance: float = MOVES.p_by_schooling(
            p_middle=p_middle,
            education=self.family.parent_education,
            log_odds=self.family.model.p.schooling_permanent,
        )
        return chance

    def take(self, contract: Contract, luck: float) -> None:
        """Take a job that is offered, unless the bill has displaced it."""
        if contract != Contract.BANDWIDTH or luck >= self.family.model.lv.flex_displacement:
            self.start_job(contract, is_recalled=False)

    def stay_out(self, d: Uniforms) -> None:
        """Be outside the labour force, or come back into a job."""
        p = self.family.model.p
        self.months_without_work += 1
        if d[1] < WORK.p_hired(
            p_base=p.p_returns_second if self.which else p.p_returns_main,
            labour_index=p.labour_index,
            sensitivity=p.labour_sensitivity,
        ):
            self.is_seeking = 1
            self.look_among_offers(d)

    def enter(self, contract: Contract, limit: float = 0.0) -> None:
        """Go over to a contract type that the law allows up to a limit; the job itself goes on."""
        self.contract, self.months_in_type = contract, 0
        self.phase_limit = MOVES.whole_limit(limit)
        if contract == Contract.FIXED and self.chain_count == 0:
            self.chain_count = 1

    def lose_job(self) -> None:
        """Be without work."""
        self.family.lost_job = 1
        self.contract = Contract.NONE
        self.months_in_type = self.months_without_work = self.months_since_employer = 0
        self.agency_weeks, self.phase_limit, self.recall_months, self.is_malafide = 0.0, 0, -1, 0

    def keeps_old_law(self) -> bool:
        """Return whether transitional law spares the running contract."""
        kept: bool = (
            self.family.model.luck(int(self.family.key), self.which, "CONVERSION", 0)[1]
            < self.family.model.p.share_limits_kept
        )
        return kept

    def limit(self, allowed: float) -> float:
        """Return the limit of the running phase: today's, or that under which it began."""
        if self.phase_limit == MOVES.whole_limit(allowed) or not self.keeps_old_law():
            return allowed
        return float(self.phase_limit)

    def agency(self, d: Uniforms) -> None:
        """Move through the phases of agency work; at their ends the law forces a choice."""
        p, lv = self.family.model.p, self.family.model.lv
        if self.contract == Contract.AGENCY_A:
            if self.hours_worked > 0.0:
                self.agency_weeks += WORK.WEEKS_PER_MONTH
            after = WORK.contract_after_phase_a(
                is_over=WORK.is_phase_a_over(
                    self.agency_weeks, self.limit(lv.agency_phase_a_weeks)
                ),
                share_b=p.share_limit_a_b,
                share_fixed=p.share_limit_a_fixed,
                p_b=p.p_agency_a_b,
                p_fixed=p.p_agency_a_fixed,
                p_permanent=self.permanent(p.p_agency_a_permanent),
                draw=d[2],
            )
        else:
            limit = self.limit(lv.agency_phase_b_months)
            after = WORK.contract_after_phase_b(
                is_over=WORK.is_phase_b_over(self.months_in_type, limit),
                share_permanent=self.permanent(
                    WORK.share_permanent_between(
                        value=limit,
                        value_now=p.phase_b_now_months,
                        value_reform=p.phase_b_reform_months,
                        share_now=p.q_phase_b_now,
                        share_added=p.q_phase_b_extra,
                    )
                ),
                p_permanent=self.permanent(p.p_agency_b_permanent),
                p_fixed=p.p_agency_b_fixed,
                draw=d[2],
            )
        if after == Contract.NONE:
            self.lose_job()
        elif after == Contract.FIXED:
            months = self.family.model.month - self.start_month
            if MOVES.is_taken_over(
                months_with_agency=months,
                share_successive=p.share_successive,
                max_months=p.chain_max_months,
                draw=d[3],
            ):
                self.enter(after)
                self.chain_count, self.chain_months = 2, months
            elif d[3] >= p.share_successive:
                self.enter(after)
        elif after != self.contract:
            self.enter(after, lv.agency_phase_b_months if after == Contract.AGENCY_B else 0.0)
        if self.contract in SECURE and self.family.lost_job == 0:
            self.family.lost_job = 2

    def fixed(self, d: Uniforms) -> None:
        """A fixed contract runs on, or out: a next one, permanent, called back later, or out."""
        p, interval = self.family.model.p, self.family.model.lv.chain_interval_months
        self.chain_months += 1
        chain = {
            "n_contracts": self.chain_count,
            "chain_months": self.chain_months,
            "max_contracts": p.chain_max_contracts,
            "max_months": p.chain_max_months,
        }
        if WORK.is_permanent_by_chain(**chain) or d[2] < self.permanent(p.p_fixed_permanent):
            self.enter(Contract.PERMANENT)
            return
        if not WORK.is_contract_over(self.months_in_type, p.fixed_contract_months):
            return
        if not WORK.is_chain_at_limit(contract_months=p.fixed_contract_months, **chain):
            if d[3] < self.permanent(p.q_renewal):
                self.enter(Contract.PERMANENT)
                return
            self.chain_count += 1
            self.months_in_type = 0
            return
        q = WORK.share_permanent_between(
            value=interval,
            value_now=p.chain_gap_now_months,
            value_reform=p.chain_gap_reform_months,
            share_now=p.q_chain_now,
            share_added=p.q_chain_extra,
        )
        q = self.permanent(q)
        if d[3] < q:
            self.enter(Contract.PERMANENT)
            return
        back = WORK.p_called_back(
            p_now=p.p_revolve,
            chain_interval_months=interval,
            interval_now_months=p.chain_gap_now_months,
            scale_months=p.revolve_gap_months,
        )
        self.lose_job()
        if WORK.is_called_back(share_permanent=q, p_back=back, draw=d[3]):
            self.recall_months = WORK.months_until_recall(interval)

    def on_call(self, luck: float) -> None:
        """Move on to fixed hours, by chance or by the offer after twelve months."""
        p, lv = self.family.model.p, self.family.model.lv
        chance: float = p.p_on_call_fixed
        if WORK.is_on_call_offer_made(
            contract=self.contract,
            months_in_type=self.months_in_type,
            offer_months=p.on_call_offer_months,
        ):
            chance = WORK.p_on_call_offer(
                p_unaided=p.p_on_call_offer,
                extra_with_help=p.on_call_offer_help,
                legal_help=lv.legal_help_access,
                knowledge=self.family.knowledge,
            )
        if luck < chance:
            self.enter(Contract.FIXED)

    def look_for_work(self, d: Uniforms) -> None:
        """Be called back, or find a job by chance."""
        p, lv = self.family.model.p, self.family.model.lv
        self.months_without_work += 1
        self.months_since_employer += 1
        if self.recall_months >= 0:
            self.recall_months -= 1
            if self.recall_months == 0:
                self.recall_months = -1
                if (
                    WORK.is_same_chain(self.months_since_employer, lv.chain_interval_months)
                    and not self.keeps_old_law()
                ):
                    return
                self.start_job(Contract.FIXED, is_recalled=True)
                return
        if d[1] < WORK.p_hired(
            p_base=MOVES.p_hire_of(
                p_hire=p.p_hire,
                lone_ratio=p.lone_hire_ratio,
                is_lone=self.family.n_adults == 1,
            ),
            labour_index=p.labour_index,
            sensitivity=p.labour_sensitivity,
        ):
            self.look_among_offers(d)
        elif self.recall_months < 0 and MOVES.leaves_labour_force(
            months_without_work=self.months_without_work,
            after_months=p.leave_after_months,
            p_leaves=p.p_leaves_second if self.which else p.p_leaves_main,
            draw=d[3],
        ):
            self.is_seeking = 0

    def look_among_offers(self, d: Uniforms) -> None:
        """Take the job that is offered."""
        p, lv = self.family.model.p, self.family.model.lv
        p_agency = WORK.share_agency_offers(
            p_new=p.p_offer_agency_new,
            p_settled=p.p_offer_agency_settled,
            years_in_nl=self.family.years_in_nl,
            scale_years=p.agency_offer_years,
            parent_dutch=self.family.parent_dutch,
            share_dutch=p.agency_offer_dutch,
        )
        contract = WORK.offered_contract(
            p_agency=p_agency,
            p_zero_hours=p.p_offer_zero_hours,
            p_self_employed=p.p_offer_self_employed,
            p_permanent=self.permanent(p.p_offer_permanent),
            is_zero_hours_abolished=lv.zero_hours_abolished > 0.0,
            draw=d[2],
        )
        self.take(contract, d[3])

    def start_job(self, contract: Contract, *, is_recalled: bool) -> None:
        """Begin a job: chain, employer, shift, and for agency work perhaps a tied home."""
        family, p, lv = self.family, self.family.model.p, self.family.model.lv
        e, h = self.draws("HIRE"), self.draws("HIRE_PLACE")
        self.chain_count = 1 if contract == Contract.FIXED else 0
        self.chain_months = 0
        if not is_recalled:
            self.employer = np.uint32(e[0] * EMPLOYERS)
        self.contract, self.start_month = contract, family.model.month
        self.months_in_type = self.months_without_work = 0
        self.agency_weeks, self.recall_months = 0.0, -1
        is_phase_a = contract == Contract.AGENCY_A
        self.phase_limit = MOVES.whole_limit(lv.agency_phase_a_weeks if is_phase_a else 0.0)
        self.hours_mean = self.hours_contract
        self.hours_variance = MOVES.variance_of_hours(
            hours_week=self.hours_contract, cv=self.cv_of_hours()
        )
        is_secure = contract in SECURE
        self.is_malafide = e[1] < RIGHTS.share_malafide(
            p_base=p.p_malafide,
            inspection_intensity=lv.inspection_intensity,
            elasticity=p.inspection_elasticity,
            secure_ratio=p.malafide_secure_ratio,
            is_secure=is_secure,
        )
        self.has_employer_course = e[2] < lv.employer_language_share
        if e[3] < (p.p_early_shift_secure if is_secure else p.p_early_shift_flexible):
            shift = (p.early_start_hour, p.early_end_hour)
        elif h[0] < p.p_late_shift:
            shift = (p.late_start_hour, p.late_end_hour)
        else:
            shift = (p.day_start_hour, p.day_end_hour)
        self.shift_start, self.shift_end = map(WORK.half_hours, shift)

"""The month of rights: wages withheld, evictions that are not allowed, and claims."""

from __future__ import annotations

from model.enums import Contract, Housing
from model.kernel.compile import step
from model.kernel.random_numbers import Block, draw4
from model.kernel.rows import World, adult_row, family_row
from model.registry import BIT, LeverRow, ParameterRow
from model.state import ADULTS
from model.submodels.contact.rules import towards_one
from model.submodels.rights import rules


@step
def rights_month(w: World, i: int, month: int, lv: LeverRow, p: ParameterRow) -> None:
    """A malafide employer may withhold wage or put a family out; a claim may set it right."""
    family = family_row(w, i)
    pay = 0.0
    for which in range(ADULTS):  # the row of an adult who is not there is empty
        adult = adult_row(w, ADULTS * i + which)
        if adult.is_malafide != 0 and adult.contract != Contract.NONE:
            pay += adult.wage_eur_hour * adult.hours_worked
    if pay == 0.0:
        return
    d = draw4(w.seed, family.key, Block.RIGHTS, month)
    p_claim = rules.p_claim_succeeds(
        p_unaided=p.p_claim_unaided,
        p_by_help=p.claim_help,
        legal_help=lv.legal_help_access,
        knowledge=family.knowledge,
        share_knowledge=p.claim_knowledge,
    )
    # Inspection acts on how many employers are bad, at hire; not once more on what they do.
    if d[0] < p.p_unpaid_month:
        family.touched |= lv.active & BIT.legal_help_access
        family.trust = rules.trust_after_wrong(family.trust, p.trust_loss_event)
        if d[1] < p_claim:
            family.trust = towards_one(family.trust, p.trust_gain_claim)
        else:
            family.unpaid_eur += rules.unpaid_eur_month(
                pay_eur_week=pay, share_unpaid=p.unpaid_share, share_net=p.share_net
            )
    if family.housing == Housing.TIED and d[2] < p.p_unlawful_eviction:
        family.touched |= lv.active & BIT.legal_help_access
        family.trust = rules.trust_after_wrong(family.trust, p.trust_loss_event)
        if d[3] >= p_claim:
            family.notice_weeks = 0.0

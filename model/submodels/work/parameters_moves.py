"""Work parameters: between jobs, in and out of the labour force, and law that changes."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import FIXED, assumed, logit_normal, lognormal, normal, number


@dataclass(frozen=True, kw_only=True)
class WorkMoves:
    """Moves between jobs and contracts, in and out of the labour force; what contracts keep."""

    share_limits_kept: float = assumed(
        0.9,
        "share of running contracts that keep the limit they began under when a bill changes it",
        (0, 1),
        logit_normal(0.5, 0.98),
    )
    q_renewal: float = assumed(
        0.135,
        "share made permanent when a fixed contract is renewed, middle schooling",
        (0.02, 0.6),
        logit_normal(0.08, 0.3),
        fitted="by calibrate: all fit targets",
    )
    schooling_permanent: float = assumed(
        0.5,
        "log-odds of a permanent contract per level of schooling",
        (-0.3, 1.5),
        normal(0.1, 0.9),
        fitted="by hand: tr.flex3.perm tr.flex3.perm_low tr.ag12_perm3",
    )
    p_agency_a_permanent: float = assumed(
        0.002,
        "probability per month, middle schooling",
        (0.0002, 0.02),
        lognormal(0.001, 0.008),
        fitted="by hand: tr.flex3.perm tr.flex3.perm_low tr.ag12_perm3",
    )
    p_agency_next: float = assumed(
        0.021, "probability per month of the next agency", (0.002, 0.08), lognormal(0.012, 0.036)
    )
    share_successive: float = assumed(
        0.7,
        "share of direct jobs after agency work that are where one worked already",
        (0, 1),
        normal(0.35, 0.95),
    )
    p_change_job: float = assumed(
        0.035, "probability per month, flexible and new", (0.005, 0.1), lognormal(0.025, 0.05)
    )
    change_ratio_settled: float = assumed(
        0.4, "ratio, longer with the employer against new", (0.05, 1), logit_normal(0.22, 0.65)
    )
    change_ratio_permanent: float = assumed(
        0.5, "ratio, permanent against flexible", (0.05, 1.5), normal(0.25, 0.75)
    )
    change_settled_months: float = number(
        24, "months with the employer", (12, 36), FIXED, source="cbs-job-to-job", grade="C"
    )
    share_change_permanent: float = assumed(
        0.0991,
        "share of job changes from flexible work into a permanent contract, middle schooling",
        (0.01, 0.6),
        logit_normal(0.04, 0.26),
        fitted="by calibrate: all fit targets",
    )
    share_change_kept: float = assumed(
        0.55,
        "share of job changes from a permanent contract into another, middle schooling",
        (0.05, 0.95),
        logit_normal(0.3, 0.75),
        fitted="by hand: tr.q.perm_stay ctr.nl18.flex",
    )
    lone_hire_ratio: float = assumed(
        0.35, "ratio to the monthly probability of finding work", (0.05, 1.2), lognormal(0.2, 0.6)
    )
    leave_after_months: float = assumed(
        3, "months without work after which some stop looking", (1, 12), normal(1.5, 5.5)
    )
    p_leaves_main: float = assumed(
        0.205,
        "probability, main earner or lone parent",
        (0.01, 0.6),
        logit_normal(0.08, 0.28),
        fitted="by levels: all fit targets",
    )
    p_leaves_second: float = assumed(
        0.589,
        "probability, second adult",
        (0.05, 0.9),
        logit_normal(0.3, 0.65),
        fitted="by levels: all fit targets",
    )
    p_returns_main: float = assumed(
        0.0278,
        "probability per month, main earner or lone parent",
        (0.003, 0.08),
        lognormal(0.016, 0.042),
        fitted="by levels: all fit targets",
    )
    p_returns_second: float = assumed(
        0.0151,
        "probability per month, second adult",
        (0.003, 0.08),
        lognormal(0.012, 0.035),
        fitted="by levels: all fit targets",
    )
    p_agency_a_b: float = assumed(
        0.006,
        "probability per month",
        (0, 0.075),
        lognormal(0.004, 0.033),
        fitted="by hand: P5a P5b ctr.pl18.flex ctr.nl18.flex",
    )
    p_agency_a_fixed: float = assumed(
        0.007,
        "probability per month",
        (0.0005, 0.038),
        lognormal(0.005, 0.018),
        fitted="by hand: P5a P5b ctr.pl18.flex ctr.nl18.flex",
    )
    p_agency_b_fixed: float = assumed(
        0.00809,
        "probability per month",
        (0.001, 0.048),
        lognormal(0.006, 0.022),
        fitted="by levels: all fit targets",
    )
    p_agency_b_permanent: float = assumed(
        0.002,
        "probability per month",
        (0.0003, 0.018),
        lognormal(0.002, 0.0082),
        fitted="by hand: P5a P5b ctr.pl18.flex ctr.nl18.flex",
    )
    p_fixed_permanent: float = assumed(
        0.0022,
        "probability per month, between renewals",
        (0.0001, 0.03),
        lognormal(0.0008, 0.0075),
        fitted="by calibrate: all fit targets",
    )

"""Tied homes, moves and crowding."""

from __future__ import annotations

from dataclasses import dataclass

from model.evidence.ledger import assumed, logit_normal, lognormal, normal, number, uniform


@dataclass(frozen=True, kw_only=True)
class Housing:
    """Tied homes, moves and crowding."""

    p_tied_agency: float = assumed(
        0.65,
        "probability at agency hire without a lease of one's own",
        (0.02, 0.95),
        logit_normal(0.4, 0.8),
    )
    p_tied_lease: float = assumed(
        0.05,
        "probability at agency hire with a lease of one's own",
        (0, 0.3),
        lognormal(0.015, 0.12),
    )
    tied_years: float = assumed(40, "years", (1, 200), lognormal(15, 110))
    p_evict: float = assumed(
        0.8, "probability that a lost job ends a tied home", (0.2, 1), logit_normal(0.6, 0.94)
    )
    p_reassign: float = assumed(
        0.03,
        "probability per month, agency work in a tied home",
        (0.001, 0.14),
        lognormal(0.012, 0.061),
    )
    p_find_home: float = assumed(
        0.1,
        "probability in a month of grace weeks",
        (0, 0.9),
        lognormal(0.045, 0.36),
        fitted="by hand: P11a P11b hou.pl18_own",
    )
    p_move_0_3: float = number(
        0.0115,
        "probability per month",
        (0.003, 0.03),
        normal(0.0105, 0.0135),
        source="cbs-moving-2020",
        grade="B",
        fitted="by hand: mov.all_0_3 mov.all_4_11",
    )
    p_move_4_11: float = number(
        0.0075,
        "probability per month",
        (0.002, 0.02),
        normal(0.0065, 0.009),
        source="cbs-moving-2020",
        grade="B",
        fitted="by hand: mov.all_0_3 mov.all_4_11",
    )
    p_move_12: float = assumed(
        0.0045, "probability per month", (0.0008, 0.0145), lognormal(0.0028, 0.0076)
    )
    move_ratio_new: float = assumed(
        1.6,
        "ratio, first years in the country",
        (0.8, 6),
        lognormal(1.2, 3.1),
        fitted="by hand: P11a P11b hou.pl18_own",
    )
    move_ratio_settled: float = assumed(1.25, "ratio, later years", (0.7, 3), lognormal(1, 1.8))
    move_new_years: float = assumed(3, "years", (1, 8), uniform(1.5, 5))
    move_settled_years: float = assumed(
        20, "years after which a family moves as others do", (5, 60), lognormal(11, 32)
    )
    move_ratio_shared: float = assumed(
        1.8, "ratio in shared or crowded homes", (0.7, 6), lognormal(1.1, 2.95)
    )
    p_upgrade_owner: float = assumed(
        0.465,
        "share of moves of families with a secure income",
        (0, 1),
        normal(0.2, 0.62),
        fitted="by calibrate: all fit targets",
    )
    owner_income_ratio: float = assumed(
        1.35, "income over the low-income line", (0.8, 2.7), normal(1.08, 1.74)
    )
    p_social_list: float = assumed(
        0.03,
        "probability per month of asking for a social home, at full knowledge",
        (0.001, 0.15),
        lognormal(0.01, 0.07),
    )
    social_least_wait: float = assumed(
        0.6, "share of the usual wait that everybody waits", (0, 1), normal(0.35, 0.85)
    )
    p_upgrade_social: float = assumed(
        0.008,
        "probability per month of a social home after the least wait, elsewhere",
        (0.0005, 0.03),
        lognormal(0.0045, 0.0145),
    )
    p_social_haaglanden: float = assumed(
        0.0105, "probability per month after the least wait", (0.002, 0.03), normal(0.008, 0.013)
    )
    p_social_rotterdam: float = assumed(
        0.0047, "probability per month after the least wait", (0.001, 0.02), normal(0.0035, 0.006)
    )
    p_social_amsterdam: float = assumed(
        0.0063, "probability per month after the least wait", (0.001, 0.02), normal(0.005, 0.0077)
    )
    p_social_tilburg: float = assumed(
        0.0104, "probability per month after the least wait", (0.002, 0.03), normal(0.008, 0.013)
    )
    social_wait_years: float = assumed(
        7, "years on the list, elsewhere", (1, 16), lognormal(4.7, 10.5)
    )
    social_wait_haaglanden: float = assumed(5.1, "years on the list", (2, 12), normal(4.6, 5.6))
    social_wait_rotterdam: float = assumed(4.75, "years on the list", (2, 12), normal(3.75, 5.5))
    social_wait_amsterdam: float = assumed(13, "years on the list", (5, 20), normal(10.4, 14.5))
    social_wait_eindhoven: float = assumed(7, "years on the list", (3, 14), normal(6, 8))
    social_wait_tilburg: float = assumed(7.9, "years on the list", (3, 14), normal(7, 8.7))
    p_upgrade_lease: float = assumed(
        0.508,
        "share of other moves from a tied or shared home",
        (0.1, 1),
        normal(0.42, 0.88),
        fitted="by calibrate: all fit targets",
    )
    p_keep_tenure: float = assumed(
        0.85,
        "share of owners and social tenants who stay so when they move",
        (0.3, 0.99),
        logit_normal(0.64, 0.95),
    )
    p_forced_tied: float = assumed(
        0.5,
        "share of forced moves of agency workers",
        (0, 1),
        logit_normal(0.18, 0.7),
        fitted="by hand: P11a P11b hou.pl18_own",
    )
    p_forced_lease: float = assumed(
        0.4, "share of other forced moves", (0, 1), logit_normal(0.18, 0.66)
    )
    crowding_tied: float = assumed(1.5, "persons per room", (0.6, 4), lognormal(1.05, 2.25))
    crowding_shared: float = assumed(1.7, "persons per room", (0.7, 4.5), lognormal(1.2, 2.5))
    crowding_lease: float = assumed(1.05, "persons per room", (0.5, 2), lognormal(0.82, 1.37))
    crowding_social: float = assumed(0.9, "persons per room", (0.4, 1.8), lognormal(0.7, 1.19))
    crowding_owner: float = assumed(0.7, "persons per room", (0.3, 1.6), lognormal(0.52, 0.98))
    crowding_spread: float = assumed(0.45, "share, half width", (0, 0.98), normal(0.22, 0.75))
    crowding_persons: float = assumed(3.5, "persons", (2, 5), uniform(2.9, 4.3))
    crowded_from: float = number(
        1.5, "persons per room", (0.8, 2.9), uniform(1.1, 1.9), source="S51", grade="D"
    )
    p_move_across_0_3: float = number(
        0.42,
        "share of moves to another municipality, youngest child under four",
        (0.1, 0.8),
        normal(0.32, 0.5),
        source="cbs-moving-2020",
        grade="B",
    )
    p_move_across_4: float = number(
        0.32,
        "share of moves to another municipality, older children",
        (0.1, 0.7),
        normal(0.24, 0.4),
        source="cbs-moving-2020",
        grade="B",
    )
    p_off_register: float = assumed(
        0.15, "probability that a forced move ends registration", (0, 0.6), lognormal(0.05, 0.35)
    )
    p_school_change_across: float = assumed(
        0.85, "probability per move to another municipality", (0.3, 0.99), logit_normal(0.65, 0.95)
    )
    p_school_change_forced: float = assumed(
        0.35, "probability per move", (0.02, 0.95), logit_normal(0.25, 0.5)
    )
    p_school_change_voluntary: float = number(
        0.16,
        "probability per move",
        (0.02, 0.9),
        logit_normal(0.11, 0.27),
        source="amsterdam-school-changes",
        grade="D",
    )

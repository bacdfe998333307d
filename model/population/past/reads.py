"""Which numbers no month before the start reads: with another one, people have the same past."""

NOT_READ = frozenset(
    [
        "knowledge_info_point",
        "info_match_other",
        "info_trust_base",
        "register_info",
        "extra_newcomer_years",
        "extra_hours_below",
        "vocab_gain_year",
        "intention_signal",
        "end_ratio_bandwidth",
        "q_chain_extra",
        "q_phase_b_extra",
        "cv_period_reset",
        "care_border",
        "enrol_border",
        "p_brabant_course",
        "share_limits_kept",
        "practice_border",
        "key_person_recent_ratio",
        "n_children_aged_0_4",
        "n_children_late_arrival",
        "n_children_born_here",
        "letter_share_0_4",
        "letter_share_late",
        "letter_share_born_here",
    ]
)
"""Fields of the ledger's record: what policy that begins after 2023 adds, and the letter's groups,
of which no rule reads."""

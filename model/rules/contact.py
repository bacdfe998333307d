"""Contact: knowledge, trust, registration, care, municipal practice (map e50-e57, e60-e61)."""

from __future__ import annotations

from model.compiled import rule
from model.enums import HomeLanguage


@rule
def towards_one(value: float, gain: float) -> float:
    """Return a value between 0 and 1 after a gain, of which only the open part counts."""
    return value + gain * (1.0 - value)


@rule
def within_unit(value: float) -> float:
    """Return a value cut to the range 0 to 1."""
    return min(1.0, max(0.0, value))


@rule
def is_language_served_first(home_language: int) -> bool:
    """Help desks work in Polish, Bulgarian and Romanian first (S22)."""
    return home_language in (HomeLanguage.BULGARIAN, HomeLanguage.POLISH, HomeLanguage.ROMANIAN)


@rule
def is_covered(region_rank: float, coverage: float) -> bool:
    """A region has a service when the covered share reaches its place in the order."""
    return region_rank < coverage


@rule
def p_info_contact(
    contact_rate: float,
    is_served_first: bool,
    match_other: float,
    trust: float,
    share_without_trust: float,
) -> float:
    """Return the monthly probability of a contact with an information point."""
    match = 1.0 if is_served_first else match_other
    return contact_rate * match * (share_without_trust + (1.0 - share_without_trust) * trust)


@rule
def p_learns_from_peers(n_informed: int, gain: float, cap: float) -> float:
    """Return the probability that informed ties pass it on (S83: +0.10 each, at most 0.30)."""
    return min(cap, gain * n_informed)


@rule
def trust_gain(
    gain: float,
    culture_sensitive: float,
    codesign: float,
    share_culture: float,
    share_codesign: float,
) -> float:
    """Return the gain in trust of a contact, larger with trained staff and families involved."""
    culture = 1.0 - share_culture + share_culture * culture_sensitive
    involved = 1.0 - share_codesign + share_codesign * codesign
    return gain * culture * involved


@rule
def reach_of_key_person(
    key_persons_per_1000: float,
    maximum: float,
    is_recent: bool,
    is_targeted: bool,
    recent_ratio: float,
) -> float:
    """Return the share of pre-laid key persons that is active for this family."""
    share = key_persons_per_1000 / maximum
    if is_targeted:
        share = share * recent_ratio if is_recent else share / recent_ratio
    return min(1.0, share)


@rule
def p_registers(
    p_base: float,
    outreach: float,
    knowledge: float,
    practice: float,
    share_knowledge: float,
    share_practice: float,
) -> float:
    """Return the monthly probability that a family registers in the BRP (e50)."""
    own = p_base * (1.0 - share_knowledge + share_knowledge * 2.0 * knowledge)
    return min(1.0, own * (1.0 - share_practice + share_practice * 2.0 * practice) + outreach)


@rule
def care_target(
    level: float,
    knowledge: float,
    is_registered: bool,
    pharos: float,
    is_border: bool,
    coordination: float,
    for_level: float,
    for_knowledge: float,
    for_registered: float,
    for_pharos: float,
    border_loss: float,
) -> float:
    """Return the access to care (0 to 1) towards which a family moves."""
    target = for_level * level + for_knowledge * knowledge + for_pharos * pharos
    if is_registered:
        target += for_registered
    if is_border:
        target -= border_loss * (1.0 - coordination)
    return within_unit(target)


@rule
def practice_next_year(
    practice: float,
    mean_of_others: float,
    best: float,
    sharing: float,
    is_supported: bool,
    vng_gain: float,
    drift: float,
) -> float:
    """Return practice a year later: learning from better ones, support, slow growth."""
    learned = sharing * (0.5 * (mean_of_others + best) - practice)
    value = practice + max(0.0, learned) + drift * (1.0 - practice)
    if is_supported:
        value = towards_one(value, vng_gain)
    return within_unit(value)


@rule
def share_supported(municipalities_per_year: float, municipalities: float) -> float:
    """Return the share of municipalities that the support team can visit in a year."""
    return min(1.0, municipalities_per_year / municipalities)

"""Contact: knowledge, trust, registration, care, municipal practice (map e50-e57, e60-e61)."""

from __future__ import annotations

import numpy as np

from model.enums import HomeLanguage
from model.kernel.compile import rule


@rule
def towards_one(value: float, gain: float) -> float:
    """Return a value between 0 and 1 after a gain, of which only the open part counts.

    Equation: towards_one = value + gain · (1 − value)
    """
    return value + gain * (1.0 - value)


@rule
def level_by_stay(
    ceiling: float, usual_ceiling: float, on_arrival: float, per_year: float, years_in_nl: float
) -> float:
    """Return what living here alone gives of knowledge or trust (e50).

    It grows with stay until a family's own ceiling and no further. The way to go is the same for
    all, so what sets families apart on arrival stays.

    Equation: level_by_stay = max(0, ceiling − max(0, usual_ceiling − on_arrival − per_year ·
    years_in_nl))
    """
    to_go = np.maximum(0.0, usual_ceiling - on_arrival - per_year * years_in_nl)
    level: float = np.maximum(0.0, ceiling - to_go)
    return level


@rule
def back_to_level(value: float, level_before: float, level: float, share: float) -> float:
    """Return knowledge or trust a month later: it grows as its level does.

    Of what lies above or below the level, a share is lost: what was told is forgotten, and a bad
    event wears off.

    Equation: back_to_level = value + level − level_before − share · (value − level_before)
    """
    return value + (level - level_before) - share * (value - level_before)


@rule
def within_unit(value: float) -> float:
    """Return a value cut to the range 0 to 1.

    Equation: within_unit = min(1, max(0, value))
    """
    return min(1.0, max(0.0, value))


@rule
def is_language_served_first(home_language: int) -> bool:
    """Help desks work in Polish, Bulgarian and Romanian first (S22).

    Equation: is_language_served_first = home_language ∈ (HomeLanguage.BULGARIAN,
    HomeLanguage.POLISH, HomeLanguage.ROMANIAN)
    """
    return home_language in (HomeLanguage.BULGARIAN, HomeLanguage.POLISH, HomeLanguage.ROMANIAN)


@rule
def is_covered(rank: float, coverage: float) -> bool:
    """A region or a school has a service when the covered share reaches its place in the order.

    Equation: is_covered = rank < coverage
    """
    return rank < coverage


@rule
def p_info_contact(
    contact_rate: float,
    is_served_first: bool,
    match_other: float,
    trust: float,
    share_without_trust: float,
    practice: float,
    share_practice: float,
) -> float:
    """Return the monthly probability of a contact with an information point (e60).

    Families come less where they are not spoken to in their language, where trust is low, and
    where the practice of the municipality is behind.

    Equation: p_info_contact = contact_rate · {1 if is_served_first; match_other otherwise} ·
    (share_without_trust + (1 − share_without_trust) · trust) · (1 − share_practice + 2 ·
    share_practice · practice)
    """
    match = 1.0 if is_served_first else match_other
    by_trust = share_without_trust + (1.0 - share_without_trust) * trust
    by_practice = 1.0 - share_practice + 2.0 * share_practice * practice
    return contact_rate * match * by_trust * by_practice


@rule
def knowledge_gain_month(
    digital: float, digital_reach: float, visits: float, visits_reach: float
) -> float:
    """Return the gain in knowledge without a desk: online, and by visits (Pharos).

    Equation: knowledge_gain_month = digital · digital_reach + visits · visits_reach
    """
    return digital * digital_reach + visits * visits_reach


@rule
def is_informed(knowledge: float, informed_from: float) -> bool:
    """A family that knows enough tells others (e54).

    Equation: is_informed = knowledge ≥ informed_from
    """
    return knowledge >= informed_from


@rule
def p_learns_from_peers(n_informed: int, gain: float, cap: float) -> float:
    """Return the probability that informed ties pass it on (S83: +0.10 each, at most 0.30).

    Equation: p_learns_from_peers = min(cap, gain · n_informed)
    """
    return min(cap, gain * n_informed)


@rule
def knowledge_from_peers(
    knowledge: float, p_learns: float, speed: float, peers_know: float
) -> float:
    """Return the monthly gain in knowledge from informed ties; nobody learns more than they know.

    `p_learns` is the probability that they pass it on.

    Equation: knowledge_from_peers = speed · p_learns · max(0, peers_know − knowledge)
    """
    return speed * p_learns * max(0.0, peers_know - knowledge)


@rule
def trust_among_peers(trust: float, mean_of_peers: float, share: float) -> float:
    """Return trust a month later: it goes a share of the way to that of the families one knows.

    Equation: trust_among_peers = trust + share · (mean_of_peers − trust)
    """
    return trust + share * (mean_of_peers - trust)


@rule
def trust_gain(
    gain: float,
    culture_sensitive: float,
    codesign: float,
    share_culture: float,
    share_codesign: float,
) -> float:
    """Return the gain in trust of a contact, larger with trained staff and families involved (e56).

    Equation: trust_gain = gain · (1 − share_culture + share_culture · culture_sensitive) · (1 −
    share_codesign + share_codesign · codesign)
    """
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
    """Return the share of pre-laid key persons that is active for this family.

    Equation: reach_of_key_person = min(1, {{key_persons_per_1000 / maximum · recent_ratio if
    is_recent; key_persons_per_1000 / maximum / recent_ratio otherwise} if is_targeted;
    key_persons_per_1000 / maximum otherwise})
    """
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
    has_met: bool,
    for_contact: float,
) -> float:
    """Return the monthly probability that a family registers in the BRP (e50).

    A contact with an information point in the month adds to it.

    Equation: p_registers = {p + for_contact if has_met; p otherwise}, where p = min(1, p_base · (1
    − share_knowledge + share_knowledge · 2 · knowledge) · (1 − share_practice + share_practice · 2
    · practice) + outreach)
    """
    own = p_base * (1.0 - share_knowledge + share_knowledge * 2.0 * knowledge)
    p = min(1.0, own * (1.0 - share_practice + share_practice * 2.0 * practice) + outreach)
    return p + for_contact if has_met else p


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
    """Return the access to care (0 to 1) towards which a family moves.

    Equation: care_target = within_unit(for_level · level + for_knowledge · knowledge + for_pharos ·
    pharos + {for_registered if is_registered; 0 otherwise} − {border_loss · (1 − coordination) if
    is_border; 0 otherwise})
    """
    target = for_level * level + for_knowledge * knowledge + for_pharos * pharos
    if is_registered:
        target += for_registered
    if is_border:
        target -= border_loss * (1.0 - coordination)
    return within_unit(target)


@rule
def care_next_month(care_access: float, target: float, speed: float) -> float:
    """Return the access to care a month later: it goes a share of the way to where it leads.

    Equation: care_next_month = care_access + speed · (target − care_access)
    """
    return care_access + speed * (target - care_access)


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
    """Return practice a year later: learning from better ones, support, slow growth (e61).

    Equation: practice_next_year = within_unit({towards_one(practice + max(0, sharing · (0.5 ·
    (mean_of_others + best) − practice)) + drift · (1 − practice), vng_gain) if is_supported;
    practice + max(0, sharing · (0.5 · (mean_of_others + best) − practice)) + drift · (1 − practice)
    otherwise})
    """
    learned = sharing * (0.5 * (mean_of_others + best) - practice)
    value = practice + max(0.0, learned) + drift * (1.0 - practice)
    if is_supported:
        value = towards_one(value, vng_gain)
    return within_unit(value)


@rule
def share_supported(municipalities_per_year: float, municipalities: float) -> float:
    """Return the share of municipalities that the support team can visit in a year.

    Equation: share_supported = min(1, municipalities_per_year / municipalities)
    """
    return min(1.0, municipalities_per_year / municipalities)

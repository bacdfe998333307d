"""Where families come from and live, and their parents' education.

Origin is a label for reporting. It enters the model here and nowhere else: it goes with education
and, weakly, with length of stay; every rule after this reads what a family knows, earns and speaks,
never where it comes from (mechanism map, section 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.enums import Education, HomeLanguage, Municipality, Origin
from model.population.stratified_assignment import START, Deck, cut, mixed_place, tilt
from model.registry import ParameterRow
from model.state import REGIONS

if TYPE_CHECKING:
    from model.population.households import Households

STUDIED = tuple(m for m in Municipality if m < Municipality.OTHER_NL)
"""The seven municipalities of the study."""

BY_STAY = (
    Origin.POLAND,
    Origin.HUNGARY,
    Origin.CZECHIA,
    Origin.SLOVAKIA,
    Origin.SLOVENIA,
    Origin.ESTONIA,
    Origin.LATVIA,
    Origin.LITHUANIA,
    Origin.CROATIA,
    Origin.ROMANIA,
    Origin.BULGARIA,
)
"""Countries from longest to shortest free access to Dutch work (2007, then 2013 and 2014)."""

REGION_OF = {
    Municipality.EINDHOVEN: 0,
    Municipality.HELMOND: 1,
    Municipality.TILBURG: 2,
    Municipality.DEN_HAAG: 3,
    Municipality.ROTTERDAM: 4,
    Municipality.WESTLAND: 5,
    Municipality.AMSTERDAM: 6,
}
"""A region for each municipality, in the order of roll-out of services: Brabant first (S19)."""

_FIRST_OTHER_REGION = len(REGION_OF)


def lay_origins(families: np.ndarray, house: Households, p: ParameterRow) -> None:
    """Write municipality, region, origin, home language and education into EU-11 families (n,).

    Education goes with origin, and origin with stay: who has been here longest is more often of a
    country that came first. Within an education, so that no rule meets other people for it.
    """
    dealer = house.dealer
    shares = municipality_shares(p)
    municipality = cut(dealer.deal(Deck.MUNICIPALITY, house.kin), shares)
    studied = np.einsum("mo,oe->moe", origin_shares(p), education_shares(p))
    by_education = studied.sum(axis=1)[municipality]
    education = cut(dealer.deal(Deck.EDUCATION, municipality), by_education)
    families["parent_education"] = education
    mix = studied.transpose(0, 2, 1)[municipality, education]
    dealt = dealer.deal(Deck.ORIGIN, municipality, education)
    at_start = dealer.cohorts == START
    stay, weight = -house.months_in_nl.astype(float), float(p.origin_stay_weight)
    place = np.searchsorted(np.sort(stay[at_start]), stay) / max(1, at_start.sum())
    alike = (municipality * len(Education) + education)[at_start]
    dealt[~at_start] = mixed_place(dealt[~at_start], place[~at_start], weight)
    dealt[at_start] = tilt(dealt[at_start], stay[at_start], weight, alike)
    origin = np.array(BY_STAY)[cut(dealt, mix[:, np.array(BY_STAY)])]
    families["origin"] = origin
    families["home_language"] = np.array([HomeLanguage(int(o)) for o in Origin])[origin]
    families["is_border"] = house.is_border
    families["municipality"] = Municipality.BORDER if house.is_border else municipality
    _lay_regions(families, house)


def _lay_regions(families: np.ndarray, house: Households) -> None:
    """Give each family a labour-market region; outside the seven, one of the others."""
    n_others = REGIONS - _FIRST_OTHER_REGION
    spread = house.dealer.deal(Deck.REGION, families["municipality"])
    region = _FIRST_OTHER_REGION + (spread * n_others).astype(np.int64)
    for municipality, number in REGION_OF.items():
        region[families["municipality"] == municipality] = number
    families["region"] = region
    families["neighbourhood_rank"] = house.dealer.deal(Deck.NEIGHBOURHOOD, families["municipality"])


def national_thousands(p: ParameterRow) -> np.ndarray:
    """Return thousands of residents (11,) by origin, in order of the enumeration."""
    abroad = [origin.name.lower() for origin in Origin if origin != Origin.NETHERLANDS]
    return np.array([getattr(p, f"residents_{name}_thousand") for name in abroad])


def municipality_shares(p: ParameterRow) -> np.ndarray:
    """Return the shares (8,) of EU-11 families in the seven municipalities and elsewhere."""
    studied = np.array([getattr(p, f"eu11_{m.name.lower()}_thousand") for m in STUDIED])
    elsewhere = max(0.0, float(national_thousands(p).sum() - studied.sum()))
    shares = np.append(studied, elsewhere)
    return np.asarray(shares / shares.sum())


def origin_shares(p: ParameterRow) -> np.ndarray:
    """Return the mix of origins (8, 11) in each of the seven municipalities and elsewhere.

    The Polish share is that of the municipality; the others are the national mix of the rest, with
    more Bulgarians in Den Haag and Rotterdam and more Romanians and Hungarians in Amsterdam and
    Eindhoven.
    """
    national = national_thousands(p)
    studied = np.array([getattr(p, f"eu11_{m.name.lower()}_thousand") for m in STUDIED])
    poles = np.array([getattr(p, f"poles_{m.name.lower()}_thousand") for m in STUDIED])
    elsewhere = np.array([national.sum() - studied.sum(), national[Origin.POLAND] - poles.sum()])
    share_poles = np.append(poles / studied, elsewhere[1] / elsewhere[0])
    rest = np.tile(national, (len(STUDIED) + 1, 1))
    rest[:, Origin.POLAND] = 0.0
    for municipality in (Municipality.DEN_HAAG, Municipality.ROTTERDAM):
        rest[municipality, Origin.BULGARIA] *= p.ratio_bulgaria_den_haag_rotterdam
    for municipality in (Municipality.AMSTERDAM, Municipality.EINDHOVEN):
        for origin in (Origin.ROMANIA, Origin.HUNGARY):
            rest[municipality, origin] *= p.ratio_romania_hungary_amsterdam_eindhoven
    share_poles = np.clip(share_poles, 0.0, 1.0)
    mix = rest / rest.sum(axis=1, keepdims=True) * (1.0 - share_poles)[:, None]
    mix[:, Origin.POLAND] = share_poles
    return np.asarray(mix)


def education_shares(p: ParameterRow) -> np.ndarray:
    """Return the shares (11, 3) of low, mid and high education of parents, by origin."""
    mbo = np.full(len(Origin) - 1, float(p.share_mbo_other))
    mbo[Origin.POLAND] = p.share_mbo_poland
    mbo[Origin.BULGARIA] = p.share_mbo_bulgaria
    mbo[Origin.ROMANIA] = p.share_mbo_romania
    higher = np.full(len(Origin) - 1, float(p.share_higher_of_mbo))
    higher[Origin.ROMANIA] = p.share_higher_of_mbo_romania
    shares = np.zeros((len(Origin) - 1, len(Education)))
    shares[:, Education.LOW] = 1.0 - mbo
    shares[:, Education.MID] = mbo * (1.0 - higher)
    shares[:, Education.HIGH] = mbo * higher
    return shares

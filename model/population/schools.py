"""Schools and municipalities around the families.

Each municipality has primary schools, and schools for vo and mbo, in proportion to its EU-11
families, so that a school has as many of their pupils in a sample as at full size; what a very
small sample lacks is added to the background. Comparable children go to the school of their match.
"""

from __future__ import annotations

import numpy as np

from model import calendar
from model.enums import BRABANT, BirthCountry, Municipality, Population, Stage, Status
from model.kernel.random_numbers import Block, draw4_many
from model.population.origins import REGION_OF
from model.population.stratified_assignment import GOLDEN
from model.registry import ParameterRow
from model.state import PLACE, REGIONS, SCHOOL

WITH_FOCUS_AREA = (
    Municipality.DEN_HAAG,
    Municipality.ROTTERDAM,
    Municipality.AMSTERDAM,
    Municipality.EINDHOVEN,
    Municipality.TILBURG,
)
"""Municipalities of the study in the national programme NPLV (recalled, to be verified)."""

_PRIMARY, _SECONDARY = 0, 1
_KINDS = ("po", "vo")
_FOCUS, _CONTACT, _NEWCOMERS, _VNG = range(4)
_EARLY = (Municipality.DEN_HAAG, Municipality.ROTTERDAM)


def lay_places(seed: np.uint64, p: ParameterRow) -> np.ndarray:
    """Return the municipalities (9,). The support team visits the studied seven first, by draw."""
    places = np.zeros(len(Municipality), PLACE)
    places["practice"] = p.practice_study
    for municipality in _EARLY:
        places["practice"][municipality] = p.practice_early
    places["practice"][Municipality.OTHER_NL] = p.practice_other
    places["practice"][Municipality.BORDER] = p.practice_border
    for municipality in WITH_FOCUS_AREA:
        places["focus_share"][municipality] = p.share_focus_five
    places["focus_share"][Municipality.OTHER_NL] = p.share_focus_other
    for municipality in BRABANT:
        places["in_brabant"][municipality] = True
    places["leaving_mbo"][Municipality.DEN_HAAG] = p.leave_mbo_den_haag
    places["leaving_mbo"][Municipality.ROTTERDAM] = p.leave_mbo_rotterdam
    places["leaving_mbo"][Municipality.AMSTERDAM] = p.leave_mbo_amsterdam
    places["leaving_mbo"][Municipality.WESTLAND] = p.leave_mbo_westland
    luck = _turns(seed, _VNG, len(Municipality))
    luck[Municipality.OTHER_NL :] += (1.0, 2.0)
    order = np.argsort(np.argsort(luck, kind="stable"), kind="stable")
    places["vng_rank"] = (order + 0.5) / len(Municipality)
    places["first_region"], places["n_regions"] = len(REGION_OF), REGIONS - len(REGION_OF)
    for municipality, region in REGION_OF.items():
        places["first_region"][municipality], places["n_regions"][municipality] = region, 1
    return places


def lay_reach(
    places: np.ndarray, families: np.ndarray, schools: np.ndarray, key_persons: np.ndarray
) -> None:
    """Write into places (9,) what a family that moves there finds: schools and key persons.

    Families at the start (n,) say how many of those who leave a municipality come to another one;
    nobody moves across the border of the country.
    """
    here = np.bincount(families["municipality"], minlength=len(Municipality)).astype(float)
    here[Municipality.BORDER] = 0.0
    places["movers_share"] = here / max(1.0, here.sum())
    for of_kind, name in (
        (schools["is_secondary"] == 0, "primary"),
        (schools["is_secondary"] != 0, "secondary"),
    ):
        counts = np.bincount(schools["municipality"][of_kind], minlength=len(Municipality))
        places[f"n_{name}"] = counts
        rows = np.flatnonzero(of_kind)
        places[f"first_{name}"] = rows[
            np.searchsorted(schools["municipality"][rows], np.arange(len(Municipality)))
        ]
    counts = np.bincount(key_persons["municipality"], minlength=len(Municipality))
    places["n_key_persons"], places["first_key_person"] = counts, np.cumsum(counts) - counts


def _turns(seed: np.uint64, what: int, n: int) -> np.ndarray:
    """Return n uniforms of the seed for one purpose."""
    return draw4_many(seed, np.arange(n, dtype=np.uint64), Block.SCHOOLS, what)[:, 0]


def lay_schools(
    seed: np.uint64, families: np.ndarray, places: np.ndarray, p: ParameterRow
) -> np.ndarray:
    """Return the schools (s,), primary and then secondary within each municipality in turn.

    Their number follows the EU-11 `families` (n,) at the start.
    """
    is_start = (families["population"] == Population.EU11) & (families["status"] == Status.IN_NL)
    n_families = np.bincount(families["municipality"][is_start], minlength=len(Municipality))
    parts = [
        _kind(municipality, kind, int(n_families[municipality]), p)
        for municipality in Municipality
        for kind in (_PRIMARY, _SECONDARY)
    ]
    schools = np.concatenate(parts)
    _lay_positions(schools)
    turns = (_turns(seed, _FOCUS, 1)[0], _turns(seed, _CONTACT, 1)[0])
    within = np.arange(schools.size) - schools["first_alike"]
    spread = (turns[0] + GOLDEN * (within + schools["municipality"])) % 1.0
    schools["is_focus_area"] = spread < places["focus_share"][schools["municipality"]]
    schools["contact_rank"] = (turns[1] + GOLDEN * np.arange(schools.size)) % 1.0
    luck = draw4_many(seed, np.arange(schools.size, dtype=np.uint64), Block.SCHOOLS, _NEWCOMERS)
    schools["background_newcomers"] *= 0.5 + luck[:, 0]
    schools["newcomers"] = schools["background_newcomers"]
    return schools


def _kind(municipality: int, kind: int, n_families: int, p: ParameterRow) -> np.ndarray:
    """Return the schools of one kind in one municipality; one at least."""
    usual = float(getattr(p, f"n_families_per_{_KINDS[kind]}_school"))
    n = max(1, round(n_families / usual))
    rows = np.zeros(n, SCHOOL)
    rows["municipality"] = municipality
    rows["is_secondary"] = kind == _SECONDARY
    missing = max(0.0, 1.0 - n_families / n / usual)
    others = float(getattr(p, f"background_newcomers_{_KINDS[kind]}"))
    rows["background_newcomers"] = others + missing * usual * _newcomers_per_family(kind, p)
    return rows


def _newcomers_per_family(kind: int, p: ParameterRow) -> float:
    """Return pupils who arrive in a year, per EU-11 family at the start."""
    ages = ("12_14", "15_17") if kind == _SECONDARY else ("4_7", "8_11")
    share = sum(float(getattr(p, f"share_arrival_age_{name}")) for name in ages)
    return float(p.arrivals_2023 / p.n_families) * share


def _lay_positions(schools: np.ndarray) -> None:
    """Write where the schools of a municipality lie, those of the same kind and the secondary."""
    kind = 2 * schools["municipality"].astype(np.int64) + schools["is_secondary"]
    counts = np.bincount(kind, minlength=2 * len(Municipality))
    firsts = np.cumsum(counts) - counts
    schools["first_alike"], schools["n_alike"] = firsts[kind], counts[kind]
    secondary = 2 * schools["municipality"].astype(np.int64) + _SECONDARY
    schools["first_secondary"] = firsts[secondary]
    schools["n_secondary"] = counts[secondary]


def lay_pupils(
    seed: np.uint64,
    children: np.ndarray,
    municipality: np.ndarray,
    age_at_entry: np.ndarray,
    match_keys: np.ndarray,
    schools: np.ndarray,
) -> None:
    """Give each child (m,) a school of the municipality: primary until its eighth group is done.

    Who is not at school yet will go there, from twelve on to a secondary one. `match_keys`
    (m,) are family keys of the match, so that brothers and sisters, and pairs, go to the same
    school. Newcomers are counted.
    """
    luck = draw4_many(seed, match_keys, Block.SCHOOLS, 0)
    is_old = np.where(
        children["stage"] > Stage.VE, children["stage"] > Stage.PO8, age_at_entry >= calendar.TWELVE
    )
    is_secondary = is_old.astype(np.int64)
    kind = 2 * municipality.astype(np.int64) + is_secondary
    of_schools = 2 * schools["municipality"].astype(np.int64) + schools["is_secondary"]
    firsts = np.searchsorted(of_schools, np.arange(2 * len(Municipality)))
    counts = np.bincount(of_schools, minlength=2 * len(Municipality))
    children["school"] = firsts[kind] + (luck[:, 0] * counts[kind]).astype(np.int64)
    is_newcomer = (
        (children["is_enrolled"] == 1)
        & (children["birth_country"] == BirthCountry.ABROAD)
        & (children["first_school_month"] > -calendar.ONE)
    )
    schools["newcomers"] += np.bincount(children["school"][is_newcomer], minlength=schools.size)

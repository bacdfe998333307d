"""Every lever moves what the causal graph says, in its direction, and nothing that it cannot reach.

The table has for each lever the first variable on its path, the sign, and what no arrow of the
graph connects with it within a school year (see docs/recommendations.md for the paths).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import month_number
from model.enums import Contract, FamilyType, Status
from model.policy.scenario import LeverChange, Scenario
from model.registry import BY_NAME, LEVERS
from model.state import ADULTS, State

FAMILIES = 1500
FIRST_YEAR = 11
"""Months in which no path of a year's lag has come through."""

GROUPS = {
    "work": "adults.contract adults.hours_worked adults.employer families.hours_cv",
    "mind": "families.knowledge families.trust families.settlement_intention",
    "home": "families.housing families.crowding families.forced_moves_total",
    "school": "children.school children.change_effect children.advice children.belonging",
    "practice": "places.practice",
    "adults": "adults.contract families.income_eur_month families.parent_dutch families.knowledge"
    " families.trust families.settlement_intention families.housing families.is_registered",
    "all": "adults families children places",
}
"""Names for sets of variables; the name of an array stands for all that is in it."""

ON_CALL = {"zero_hours_abolished": 1.0}
DESKS = {"info_point_coverage": 1.0}


@dataclass(frozen=True)
class Sweep:
    """A lever: what it moves, in which direction, what it leaves alone, what has to be there too.

    `values` are five over the range where none are given; `is_stepped` allows equal neighbours
    where a threshold decides. Means are over `seeds` times as many families.
    """

    lever: str
    moves: str
    sign: int
    leaves: str
    beside: dict[str, float] = field(default_factory=dict)
    values: tuple[float, ...] = ()
    months: int = 48
    seeds: int = 1
    is_stepped: bool = False


SWEEPS = (
    Sweep("info_point_coverage", "families.knowledge", 1, "work home practice"),
    Sweep("info_contact_rate", "families.knowledge", 1, "work home practice", DESKS),
    Sweep("digital_info_reach", "families.knowledge", 1, "work home practice"),
    # Twelve months on call are rare since people change jobs: three seeds to see the offer. Work
    # decides who leaves the country, and with that whose knowledge goes on.
    Sweep("legal_help_access", "share.zero_hours", -1, "practice", seeds=3),
    Sweep("web_places_per_100", "families.parent_dutch", 1, "mind home practice"),
    Sweep("course_hours", "families.parent_dutch", 1, "mind home practice"),
    Sweep("civic_loan_max_eur", "families.loan_eur", 1, "work mind home practice"),
    Sweep("civic_loan_window_months", "families.loan_eur", 1, "work mind home practice"),
    # Who learns Dutch has another chance of a better contract in the same year.
    Sweep("employer_language_share", "families.parent_dutch", 1, "mind home practice"),
    Sweep("oo_language_budget_eur", "families.parent_dutch", 1, "work mind home practice"),
    # Better Dutch finds other work within the year.
    Sweep("brabant_model_share", "families.parent_dutch", 1, "home practice"),
    Sweep("zero_hours_abolished", "families.hours_cv", -1, "children.advice practice"),
    Sweep("bandwidth_extra_max", "families.hours_cv", 1, "adults.contract mind home", ON_CALL),
    Sweep("bandwidth_period_weeks", "families.hours_cv", -1, "adults.contract mind home", ON_CALL),
    Sweep("agency_phase_a_weeks", "share.agency_a", 1, "children.advice practice"),
    Sweep("agency_phase_b_months", "share.agency_b", 1, "children.advice practice"),
    Sweep("agency_equal_terms", "families.income_eur_month", 1, "work mind home practice"),
    # Below the six months of today the gap matters for when the door turns, not for whether. Who
    # is without work meanwhile leaves the country sooner, and knows no more.
    Sweep("chain_interval_months", "share.permanent", 1, "children.advice practice",
          values=(6.0, 24.0, 42.0, 60.0), seeds=3),
    Sweep("flex_displacement", "share.bandwidth", -1, "children.advice practice", ON_CALL,
          months=24, seeds=4),
    Sweep("min_hours_cut", "families.income_eur_month", -1, "adults.contract mind home", ON_CALL),
    Sweep("inspection_intensity", "adults.is_malafide", -1, "adults.contract home practice"),
    Sweep("registration_outreach", "families.is_registered", 1, "work practice", months=24,
          seeds=3),
    Sweep("housing_decoupled", "families.forced_moves_total", -1, "work practice"),
    # Forced moves are rare: most who lose a tied home find a job or a home within thirteen weeks.
    Sweep("housing_grace_weeks", "families.forced_moves_total", -1, "work practice", seeds=4),
    Sweep("care_access_level", "families.care_access", 1, "adults practice"),
    Sweep("culture_sensitive_share", "children.belonging", 1, "work home practice"),
    Sweep("childcare_open_hour", "children.home_alone_hours", 1, "adults practice"),
    Sweep("childcare_close_hour", "children.home_alone_hours", -1, "adults practice"),
    Sweep("codesign_level", "families.trust", 1, "work home practice", DESKS),
    # Who knows of the right to fixed hours after a year on call takes them.
    Sweep("key_persons_per_1000", "families.trust", 1, "home practice"),
    Sweep("key_person_target", "recent.knowledge", 1, "home practice",
          {"key_persons_per_1000": 8.0}),
    Sweep("school_contact_share", "children.absent_days_12m", -1, "work home practice"),
    Sweep("extra_education_hours", "children.gain_learning", 1, "adults children.language_z"),
    # From all pupils, by those behind in Dutch, to newcomers: ever fewer of them.
    Sweep("extra_education_target", "children.gain_learning", -1, "adults children.language_z",
          {"extra_education_hours": 1.0}),
    Sweep("newcomer_months_po", "children.has_newcomer_support", 1, "adults practice", months=36),
    Sweep("newcomer_months_vo", "children.has_newcomer_support", 1, "adults practice", months=36),
    Sweep("newcomer_threshold_pupils", "children.has_newcomer_support", -1, "adults practice",
          months=24, is_stepped=True),
    Sweep("ve_guidance_level", "children.ve_hours", 1, "adults school practice"),
    Sweep("ve_eligibility_share", "children.ve_hours", 1, "adults school practice"),
    Sweep("ve_hours_total", "children.ve_hours", 1, "adults school practice"),
    Sweep("spuk_focus_boost", "children.gain_learning", 1, "adults practice"),
    Sweep("spuk_end_year", "children.gain_learning", 1, "all", months=156),
    Sweep("jgz_referral_strength", "children.is_referred", 1, "adults school practice"),
    Sweep("taalschatten_reach", "children.gain_language", 1, "adults children.ve_hours practice"),
    Sweep("vocab_programme_reach", "children.gain_language", 1, "adults children.ve_hours"),
    Sweep("pharos_reach", "families.care_access", 1, "work home practice"),
    Sweep("knowledge_sharing_rate", "places.practice", 1, "work home families.parent_dutch"),
    # The team visits a few of the 342 municipalities a year: nine of them need years and seeds.
    # From its first October on better practice registers more families.
    Sweep("vng_support_capacity", "places.practice", 1, "work mind home families.parent_dutch",
          months=60, seeds=6),
    Sweep("services_wait_months", "children.ve_hours", -1, "work mind home practice", seeds=3),
    Sweep("permanence_signal", "families.settlement_intention", 1, "families.housing practice"),
    # Who is not in the register has no right to assistance, and leaves the country sooner.
    Sweep("border_family_share", "families.is_border", 1, "practice"),
    Sweep("cross_border_coordination", "border.care_access", 1, "work home practice",
          {"border_family_share": 0.2}),
)  # fmt: skip
BY_LEVER = {sweep.lever: sweep for sweep in SWEEPS}
MOVED_MONTHS = "reform_start"
"""The lever that moves no value but the month in which others start."""

ON_CALL_ONLY = (
    "bandwidth_extra_max",
    "bandwidth_period_weeks",
    "min_hours_cut",
    "flex_displacement",
)
"""Levers of the bandwidth contract, which is there once the call contract is abolished."""


def values(sweep: Sweep) -> tuple[float, ...]:
    """Return the values of a sweep, from low to high."""
    lever = BY_NAME[sweep.lever]
    if sweep.values:
        return sweep.values
    steps = {"boolean": 2, "choice": 3}.get(lever.kind, 5)
    found = np.linspace(lever.low, lever.high, steps)
    return tuple(float(one) for one in (np.round(found) if lever.kind == "integer" else found))


@cache
def people(seed: int, years: int) -> State:
    """Return the families before the first month; shared by all runs of a seed."""
    return FamilyModel(families=FAMILIES, rng=seed, years=years, collect=False).state


@cache
def lived(levers: tuple[tuple[str, float], ...], months: int, seed: int = 1) -> State:
    """Return the state after some months with these levers, moved from the first month on."""
    changes = tuple(LeverChange(lever=name, value=value) for name, value in levers)
    years = max(5, -(-months // 12))
    model = FamilyModel(
        Scenario(id="sweep", levers=changes),
        families=FAMILIES,
        rng=seed,
        years=years,
        population=people(seed, years),
        collect=False,
    )
    model.run_for(months)
    return model.state


def at(sweep: Sweep, value: float, months: int, seed: int = 1) -> State:
    """Return the state with the lever of a sweep at a value, and what has to be there too."""
    return lived((*sweep.beside.items(), (sweep.lever, value)), months, seed)


def mean(state: State, name: str) -> float:
    """Return the mean of a variable over those concerned: families that are here, or all rows."""
    kind, what = name.split(".")
    here = np.isin(state.families["status"], (Status.IN_NL, Status.ABROAD_TEMP))
    if kind == "share":
        contracts = state.adults["contract"][np.repeat(here, ADULTS)]
        return float((contracts == Contract[what.upper()]).mean())
    rows = {"recent": "families", "border": "families"}.get(kind, kind)
    found = getattr(state, rows)[what].astype(float)
    if rows == "families":
        if kind == "recent":
            here &= state.families["family_type"] == FamilyType.RECENT
        elif kind == "border":
            here &= state.families["is_border"] != 0
        found = found[here]
    return float(np.nanmean(found))


def variables(names: str) -> list[str]:
    """Return the variables that some names stand for."""
    return [one for name in names.split() for one in GROUPS.get(name, name).split()]


def content(state: State, name: str) -> bytes:
    """Return the bytes of a variable, or of a whole array without the marks of levers."""
    rows, _, what = name.partition(".")
    array: np.ndarray = getattr(state, rows)
    if what:
        return array[what].tobytes()
    return b"".join(array[one].tobytes() for one in array.dtype.names or () if one != "touched")


def test_every_lever_is_swept_but_the_one_that_moves_months() -> None:
    assert sorted([*BY_LEVER, MOVED_MONTHS]) == sorted(lever.name for lever in LEVERS)


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.lever)
def test_a_lever_moves_its_first_variable_in_its_direction_all_along_its_range(
    sweep: Sweep,
) -> None:
    means = [
        np.mean(
            [mean(at(sweep, value, sweep.months, 1 + k), sweep.moves) for k in range(sweep.seeds)]
        )
        for value in values(sweep)
    ]
    steps = sweep.sign * np.diff(means)

    assert (steps >= 0.0).all() if sweep.is_stepped else (steps > 0.0).all(), means
    assert sweep.sign * (means[-1] - means[0]) > 0.0


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.lever)
def test_a_lever_leaves_alone_what_it_cannot_reach_within_a_year(sweep: Sweep) -> None:
    low, *_, high = (at(sweep, value, FIRST_YEAR) for value in values(sweep))

    changed = [one for one in variables(sweep.leaves) if content(low, one) != content(high, one)]

    assert changed == []


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.lever)
def test_a_lever_at_its_base_value_does_nothing(sweep: Sweep) -> None:
    without = lived(tuple(sweep.beside.items()), FIRST_YEAR)

    assert at(sweep, BY_NAME[sweep.lever].base, FIRST_YEAR).equals(without)


@pytest.mark.parametrize("lever", [*ON_CALL_ONLY, "extra_education_target", "spuk_end_year"])
def test_a_lever_without_the_one_it_hangs_on_does_nothing(lever: str) -> None:
    alone = (("spuk_focus_boost", 0.0),) if lever == "spuk_end_year" else ()
    ends = [
        lived((*alone, (lever, value)), 30) for value in (BY_NAME[lever].low, BY_NAME[lever].high)
    ]

    assert [one for one in variables("all") if content(ends[0], one) != content(ends[1], one)] == []


def test_the_start_of_the_bill_moves_whatever_waits_for_it() -> None:
    def abolished(start: str) -> Scenario:
        bill = LeverChange(lever="zero_hours_abolished", value=1.0, start="reform_start")
        month = LeverChange(lever=MOVED_MONTHS, value=month_number(start))
        return Scenario(id="bill", levers=(month, bill))

    def on_call(start: str, months: int) -> float:
        model = FamilyModel(abolished(start), families=FAMILIES, rng=1, years=8, collect=False)
        model.run_for(months)
        return mean(model.state, "share.zero_hours")

    july_2027, july_2028 = 48, 60

    assert on_call("2027-01", july_2027) == 0.0
    assert on_call("2028-01", july_2027) > 0.0
    assert on_call("2028-01", july_2028) == 0.0
    assert on_call("2030-01", july_2028) > 0.0


def test_the_start_of_the_bill_does_nothing_when_nothing_waits_for_it() -> None:
    low, high = BY_NAME[MOVED_MONTHS].low, BY_NAME[MOVED_MONTHS].high

    assert lived(((MOVED_MONTHS, low),), 60).equals(lived(((MOVED_MONTHS, high),), 60))

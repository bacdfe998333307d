"""Who is laid down: shares in any sample, pairs, keys that nothing moves."""

import ast
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import model
from model import FamilyModel
from model.enums import (
    BirthCountry,
    Contract,
    Education,
    FamilyType,
    HomeLanguage,
    Housing,
    Population,
    Stage,
    Status,
)
from model.errors import InputError
from model.kernel.keys import FIRST_CHILD, adult_key, match_keys, roles
from model.network.acquaintances import lay_network
from model.policy.scenario import FROZEN_2023, LeverChange
from model.policy.timetable import build
from model.population.origins import education_shares, municipality_shares, origin_shares
from model.population.past.lives import shipped, stayed
from model.registry import BY_NAME
from model.run.build import build_population
from model.state import ADULTS, ARRAYS, State

SIZES = (100, 500, 2000)
PACKAGE = Path(model.__file__).parent


@cache
def laid_down(families: int | None, years: int = 15, seed: int = 1) -> State:
    """Return the population of a run without levers; tests only read it."""
    return build_population(build(FROZEN_2023, 12 * years), seed, families)


def parameter(name: str) -> float:
    return float(getattr(build(FROZEN_2023, 1).parameters_in(0), name))


def match_rows(families: np.ndarray) -> np.ndarray:
    """Return for every family (n,) the row of its match in the other population, -1 for none."""
    eu11 = np.flatnonzero(families["population"] == Population.EU11)
    comparable = np.flatnonzero(families["population"] == Population.COMPARABLE)
    _, left, right = np.intersect1d(
        match_keys(families["key"][eu11]), families["key"][comparable], return_indices=True
    )
    result = np.full(families.size, -1)
    result[eu11[left]], result[comparable[right]] = comparable[right], eu11[left]
    return result


def at_start(state: State, population: Population = Population.EU11) -> np.ndarray:
    """Return the rows of one population that are there at the start."""
    families = state.families
    here = families["status"] == Status.IN_NL
    return np.flatnonzero(here & (families["population"] == population))


def family_of_children(state: State) -> np.ndarray:
    return np.repeat(np.arange(state.families.size), state.families["n_children"])


def children_at_start(state: State, population: Population = Population.EU11) -> np.ndarray:
    """Return the children who are born, of the families that are there at the start."""
    mine = np.isin(family_of_children(state), at_start(state, population))
    return state.children[mine & (state.children["birth_month"] <= 0)]


@pytest.mark.parametrize("families", [*SIZES, None])
def test_shares_at_the_start_hold_as_exactly_as_whole_families_allow(families: int | None) -> None:
    state = laid_down(families)
    rows = at_start(state)
    eu11 = state.families[rows]
    elsewhere = eu11["is_border"] == 0

    def off(values: np.ndarray, value: int, share: float) -> float:
        """Return by how many families a share is missed."""
        return abs(float((values == value).sum()) - share * values.size)

    slack = 1.5 + 0.002 * rows.size
    for municipality, share in enumerate(
        municipality_shares(build(FROZEN_2023, 1).parameters_in(0))
    ):
        assert off(eu11["municipality"][elsewhere], municipality, share) <= slack
    kind, stay = eu11["family_type"], stayed(-eu11["arrival_month"].astype(int))
    lone = float(shipped().lone[kind, stay].mean())
    assert off(eu11["n_adults"], 1, lone) <= 2.0 * slack
    assert 0.6 * parameter("share_lone_parents") < lone < 0.95 * parameter("share_lone_parents")


def test_who_comes_or_begins_has_one_adult_as_often_as_the_ledger_says() -> None:
    families = build_population(build(FROZEN_2023, 120), 1, 2000).families
    eu11 = families["population"] == Population.EU11
    entered = families[eu11 & (families["entry_month"] >= 0) & (families["is_border"] == 0)]
    lone = float((entered["n_adults"] == 1).mean())

    assert entered.size > 500
    assert lone == pytest.approx(parameter("share_lone_parents"), abs=0.02)


@pytest.mark.parametrize("families", [500, 2000, None])
def test_education_holds_within_the_larger_origins(families: int | None) -> None:
    state = laid_down(families)
    eu11 = state.families[at_start(state)]
    shares = education_shares(build(FROZEN_2023, 1).parameters_in(0))
    for origin in np.flatnonzero(np.bincount(eu11["origin"]) > 20):
        of_origin = eu11["parent_education"][eu11["origin"] == origin]
        for level in Education:
            missed = abs(float((of_origin == level).sum()) - shares[origin, level] * of_origin.size)
            assert missed <= 2.0 + 0.01 * of_origin.size


def test_origins_in_a_municipality_add_up() -> None:
    mix = origin_shares(build(FROZEN_2023, 1).parameters_in(0))

    assert mix.shape == (8, 11)
    assert mix.sum(axis=1) == pytest.approx(1.0)
    assert (mix >= 0.0).all()


def test_every_comparable_family_mirrors_an_eu11_family() -> None:
    state = laid_down(2000)
    families = state.families
    match = match_rows(families)
    own = np.flatnonzero(families["population"] == Population.COMPARABLE)
    other = match[own]

    assert (other >= 0).all()
    assert np.array_equal(match[other], own)
    for name in ("municipality", "region", "parent_education", "n_adults", "n_children", "status"):
        assert np.array_equal(families[name][own], families[name][other]), name
    assert _is_same_of_adults(state, own, other, "is_present")
    months = np.searchsorted(state.entries, np.arange(families.size), side="right")
    assert np.array_equal(months[own], months[other])


def _is_same_of_adults(state: State, own: np.ndarray, other: np.ndarray, name: str) -> bool:
    values = state.adults[name].reshape(-1, ADULTS)
    return np.array_equal(values[own], values[other])


def test_a_pair_has_the_same_rank_in_pay_of_each_population() -> None:
    state = laid_down(None)
    own = at_start(state, Population.COMPARABLE)
    other = match_rows(state.families)[own]
    wages = state.adults["wage_eur_hour"].reshape(-1, ADULTS)[:, 0]

    assert np.corrcoef(wages[own], wages[other])[0, 1] > 0.3


def test_children_of_a_pair_are_born_in_the_same_month_with_the_same_luck() -> None:
    state = laid_down(2000)
    match = match_rows(state.families)
    for row in np.flatnonzero(state.families["population"] == Population.COMPARABLE)[::7]:
        own, other = (
            state.children[first : first + int(state.families["n_children"][row])]
            for first in state.families["first_child"][[row, match[row]]]
        )
        assert np.array_equal(own["birth_month"], other["birth_month"])
        assert np.array_equal(own["preschool_luck"], other["preschool_luck"])
        both_at = (own["stage"] > Stage.PO8) == (other["stage"] > Stage.PO8)
        assert np.array_equal(own["school"][both_at], other["school"][both_at])


def test_comparable_families_grew_up_here() -> None:
    state = laid_down(2000)
    rows = state.families["population"] == Population.COMPARABLE
    families = state.families[rows]
    children = state.children[rows[family_of_children(state)]]

    assert (children["birth_country"] == BirthCountry.NETHERLANDS).all()
    assert (families["home_language"] == HomeLanguage.DUTCH).all()
    assert (families["parent_dutch"] == 1.0).all()
    assert (families["family_type"] == FamilyType.SETTLED).all()
    # A job with an agency may bring a home with it, and a home that is lost a shared one.
    assert np.isin(families["housing"], [Housing.TIED, Housing.PRIVATE_SHARED]).mean() < 0.005
    assert families["is_registered"].all()


def test_an_odd_number_of_families_gives_eu11_one_more() -> None:
    state = laid_down(101)

    assert at_start(state, Population.EU11).size == 51
    assert at_start(state, Population.COMPARABLE).size == 50


@pytest.mark.parametrize("families", [1, 2, 3, 5])
def test_the_smallest_samples_can_be_laid_down(families: int) -> None:
    state = laid_down(families, years=40)

    assert state.entries[0] == families
    assert state.entries[-1] == state.families.size


def test_a_run_without_families_is_refused() -> None:
    with pytest.raises(InputError, match="at least 1 family"):
        build_population(build(FROZEN_2023, 12), 1, 0)


def test_a_longer_run_adds_rows_and_changes_none() -> None:
    short, long = laid_down(500, years=10), laid_down(500, years=15)
    n = short.families.size
    grows = {"first_child", "first_tie", "n_ties", "n_children"}
    assert n < long.families.size
    assert np.array_equal(short.entries, long.entries[: short.entries.size])
    for name in set(short.families.dtype.names or ()) - grows:
        assert np.array_equal(short.families[name], long.families[name][:n]), name
    assert short.adults.tobytes() == long.adults[: ADULTS * n].tobytes()
    same = np.isin(long.children["key"], short.children["key"])
    assert same.sum() == short.children.size
    assert short.children.tobytes() == long.children[same].tobytes()
    of_short = family_of_children(long) < n
    assert (long.children["birth_month"][~same & of_short] >= 120).all()


def test_what_a_policy_does_moves_nobody() -> None:
    changes = tuple(
        LeverChange(lever=name, value=lever.reform)
        for name, lever in BY_NAME.items()
        if lever.low <= lever.reform <= lever.high
    )
    scenario = replace(FROZEN_2023, id="all", levers=changes)
    reformed = build_population(build(scenario, 180), 1, 500)
    base = laid_down(500)

    for name in ARRAYS:
        assert getattr(reformed, name).tobytes() == getattr(base, name).tobytes(), name


def test_another_seed_gives_other_families_with_the_same_shares() -> None:
    one, other = laid_down(500), laid_down(500, seed=2)

    assert not np.array_equal(one.children["learning_z"], other.children["learning_z"])
    for state in (one, other):
        assert at_start(state).size == 250


def test_no_two_keys_are_equal_and_the_rules_give_the_keys_of_the_rows() -> None:
    state = laid_down(500)
    families = state.families
    keys = np.concatenate([families["key"], state.children["key"]])
    rows = family_of_children(state)
    order = np.arange(rows.size) - families["first_child"][rows]

    assert np.unique(keys).size == keys.size
    assert np.array_equal(state.children["key"], roles(families["key"][rows], FIRST_CHILD, order))
    assert adult_key(families["key"][0], 0) != adult_key(families["key"][0], 1)


def test_permuting_the_labels_of_origin_changes_nothing_else() -> None:
    state = laid_down(500)
    families = state.families.copy()
    eu11 = families["population"] == Population.EU11
    families["origin"][eu11] = families["origin"][eu11][::-1]
    p = build(FROZEN_2023, 180).parameters_in(0)
    contracts = state.adults["contract"][::ADULTS]
    ties, key_persons = lay_network(np.uint64(1), families, contracts, int(state.entries[0]), p)

    assert ties.tobytes() == state.ties.tobytes()
    assert key_persons.tobytes() == state.key_persons.tobytes()
    for name in set(families.dtype.names or ()) - {"origin"}:
        assert np.array_equal(families[name], state.families[name]), name


def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def test_no_file_of_the_model_reads_origin_but_those_that_sample_and_report_it() -> None:
    allowed = {
        "population/origins.py",
        "population/pairs.py",
        "run/checks.py",  # the values that a population given by hand may hold
        "outcomes/observe.py",
        "outcomes/registry.py",
        "outcomes/tidy.py",
        "agents.py",
        "state.py",
    }
    found = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).as_posix() not in allowed
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr == "origin")
        or (isinstance(node, ast.Constant) and node.value == "origin")
    ]

    assert found == []


def test_no_file_of_the_model_uses_a_generator_with_a_state() -> None:
    # A user may give a generator as Mesa takes one: there it is named, and asked for a seed.
    taken = {PACKAGE / "family_model.py", PACKAGE / "run" / "settings.py"}
    found = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if path not in taken
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr in {"random", "default_rng"})
        or (isinstance(node, ast.Import) and any(n.name == "random" for n in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module in {"random", "numpy.random"})
    ]

    assert found == []


def test_families_enter_in_their_month_and_the_inflow_is_as_given() -> None:
    state = laid_down(2000)
    families, entries = state.families, state.entries
    coming = parameter("arrivals_2023") / 1.5
    beginning = parameter("births_2023") * parameter("share_births_first_here")

    assert (np.diff(entries) >= 0).all()
    assert entries[-1] == families.size
    assert (families["status"][: entries[0]] == Status.IN_NL).all()
    assert (families["status"][entries[0] :] == Status.AWAITED).all()
    elsewhere = np.flatnonzero(families["is_border"] == 0)
    for year in range(15):
        n = np.diff(np.searchsorted(elsewhere, entries[[12 * year, 12 * year + 12]]))[0]
        assert abs(n - 2000 * (coming + beginning) / parameter("n_families")) <= 4
    month = np.searchsorted(entries, np.arange(families.size), side="right") - 1
    later = (month >= 0) & (families["is_border"] == 0)
    eu11 = families["population"] == Population.EU11
    recent = later & (families["family_type"] == FamilyType.RECENT)
    assert np.array_equal(families["entry_month"][later & eu11], month[later & eu11])
    assert (families["arrival_month"][recent] <= month[recent]).all()
    together = (families["arrival_month"] == month)[recent].mean()
    assert together == pytest.approx(1 - parameter("share_parent_first"), abs=0.05)
    begins = later & ~recent & eu11
    oldest = state.children["birth_month"][families["first_child"]]
    assert np.array_equal(oldest[begins], month[begins])
    assert (families["arrival_month"][begins] < month[begins]).all()


def test_brothers_and_sisters_come_in_order_and_apart() -> None:
    state = laid_down(None)
    rows = family_of_children(state)
    gap = np.diff(state.children["birth_month"].astype(int))[rows[1:] == rows[:-1]]

    assert (gap >= 0).all()
    assert not ((gap > 0) & (gap < 9)).any()
    assert (gap == 0).mean() < 0.03


def test_a_longer_stay_goes_with_registration_knowledge_dutch_and_secure_work() -> None:
    state = laid_down(None)
    rows = at_start(state)
    families = state.families[rows]
    years = -families["arrival_month"] / 12.0
    secure = state.adults["contract"][ADULTS * rows] == Contract.PERMANENT
    bands = [(years >= low) & (years < high) for low, high in ((0, 2), (2, 6), (6, 12), (12, 40))]
    for values in (families["is_registered"], families["knowledge"], families["trust"],
                   families["parent_dutch"], families["settlement_intention"], secure):  # fmt: skip
        means = [float(values[band].mean()) for band in bands]
        assert means == sorted(means)
    tied = [float((families["housing"][band] == Housing.TIED).mean()) for band in bands]
    assert tied == sorted(tied, reverse=True)


def test_work_at_the_start_lies_within_the_limits_of_the_law() -> None:
    adults = laid_down(None).adults
    contract = adults["contract"]

    # A month is worked to its end before the limit is looked at.
    a_month = 53 / 12
    assert (adults["agency_weeks"] <= BY_NAME["agency_phase_a_weeks"].base + a_month).all()
    in_b = contract == Contract.AGENCY_B
    assert (adults["months_in_type"][in_b] <= BY_NAME["agency_phase_b_months"].base).all()
    fixed = contract == Contract.FIXED
    assert adults["chain_count"][fixed].min() == 1
    assert adults["chain_count"][fixed].max() <= parameter("chain_max_contracts")
    assert (adults["hours_worked"][contract == Contract.NONE] == 0.0).all()
    assert (adults["wage_eur_hour"][adults["is_present"] == 1] >= 13.26).all()
    nobody = adults["is_present"] == 0
    assert (contract[nobody] == Contract.NONE).all()
    assert not adults["is_seeking"][nobody].any()


def test_children_at_the_start_are_in_the_group_or_year_of_their_age() -> None:
    children = children_at_start(laid_down(None))
    age = -children["birth_month"] // 12
    stage, enrolled = children["stage"], children["is_enrolled"] == 1
    primary = enrolled & (stage >= Stage.PO1) & (stage <= Stage.PO8)
    born_here = children["birth_country"] == BirthCountry.NETHERLANDS
    secondary = enrolled & born_here & (stage >= Stage.VMBO_B) & (stage <= Stage.VWO)
    of_age = (age >= 5) & (age < 17) & (stage < Stage.QUALIFIED)

    grown = age >= 23
    assert np.array_equal(stage == Stage.AGED_OUT, grown)
    assert np.isin(stage[age < 4], [Stage.HOME, Stage.VE]).all()
    # It is the end of July: the groups are those of the year that ends.
    usual = Stage.PO1 + age[primary] - 5
    assert (np.abs(stage[primary] - usual) <= 1).mean() > 0.95
    of_vo = secondary & (age < 16)
    assert (np.abs(children["stage_year"][of_vo] - (age[of_vo] - 12)) <= 1).mean() > 0.9
    assert enrolled[of_age].mean() > 0.96
    assert ((stage == Stage.ISK) <= ~born_here).all()
    # Who came just before twelve enrols just after.
    assert children["late_arrival"][stage == Stage.ISK].mean() > 0.9


def test_a_home_without_dutch_costs_the_given_delay_by_four() -> None:
    state = laid_down(None)
    rows = family_of_children(state)
    families = state.families[rows]
    age = -state.children["birth_month"]
    few = (families["parent_dutch"] < parameter("home_dutch_from")) & (age >= 0)
    here = families["status"] == Status.IN_NL
    born_here = state.children["birth_country"] == BirthCountry.NETHERLANDS
    at_four = here & few & born_here & (age >= 46) & (age < 50)
    babies = here & few & (age < 12)
    comparable = here & (families["population"] == Population.COMPARABLE) & (age >= 46) & (age < 50)

    gap = parameter("language_gap_at_4")
    assert state.children["language_z"][babies].mean() == pytest.approx(0.0, abs=0.03)
    assert state.children["language_z"][at_four].mean() == pytest.approx(-gap, abs=0.08)
    assert state.children["language_z"][comparable].mean() == pytest.approx(0.0, abs=0.08)


def test_children_who_come_later_are_not_at_school_yet() -> None:
    state = laid_down(2000)
    comes = (state.families["status"] == Status.AWAITED) & (state.families["is_border"] == 0)
    awaited = comes[family_of_children(state)]
    born = state.children["stage"] != Stage.UNBORN

    assert (state.children["stage"][awaited & born] == Stage.HOME).all()
    assert not state.children["is_enrolled"][awaited].any()
    assert (state.children["first_school_month"][awaited] < 0).all()


def test_children_to_be_born_wait_for_their_month() -> None:
    state = laid_down(2000)
    unborn = state.children["stage"] == Stage.UNBORN
    month = np.searchsorted(state.entries, family_of_children(state), side="right") - 1

    assert (state.children["birth_month"][unborn] > np.maximum(month, 0)[unborn]).all()
    assert (state.children["birth_month"] < 180).all()
    assert (state.children["birth_country"][unborn] == BirthCountry.NETHERLANDS).all()


def test_what_families_show_at_the_start_is_there_from_the_first_month() -> None:
    state = laid_down(500)
    here = state.families["status"] == Status.IN_NL

    assert (state.signals[here, 1] > 0).all()
    assert (state.signals[~here] == 0).all()
    assert np.array_equal(state.signals[here, 0], state.families["is_informed"][here])


def test_all_numbers_of_the_state_are_finite_and_indices_within_range() -> None:
    state = laid_down(2000)
    may_be_unknown = {"language_at_4", "language_at_12"}
    for array in (getattr(state, field.name) for field in fields(State)):
        for name in array.dtype.names or ():
            if name not in may_be_unknown:
                assert np.isfinite(array[name].astype(float)).all(), name
    for name in ("knowledge", "trust", "parent_dutch", "settlement_intention", "care_access"):
        assert ((state.families[name] >= 0.0) & (state.families[name] <= 1.0)).all()
    assert state.children["school"].max() < state.schools.size
    assert state.families["region"].max() < 35


def test_nobody_works_more_at_the_start_than_a_week_may_have() -> None:
    settings = {"work.hours_full_time": 42.5, "work.hours_week_max": 40.0}
    lived = FamilyModel(families=100, rng=1, years=1, parameters=settings, collect=False)

    assert lived.state.adults["hours_worked"].max() == 40.0

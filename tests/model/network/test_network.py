"""Who knows whom, key persons, schools, and municipalities that learn from each other."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

import model.network.acquaintances
from model.enums import HomeLanguage, Municipality, Population, Stage, Status
from model.network.graphs import family_network, municipality_network
from model.network.ties import tie_circles
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.registry import BY_NAME
from model.run.build import build_population
from model.state import State

SIZES = (500, 2000, None)


@cache
def laid_down(families: int | None, years: int = 15) -> State:
    """Return the population of a run without levers; tests only read it."""
    return build_population(build(FROZEN_2023, 12 * years), 1, families)


def parameter(name: str) -> float:
    return float(build(FROZEN_2023, 1).parameters[0][name])


def edges(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of every tie, each tie in both directions."""
    return np.repeat(np.arange(state.families.size), state.families["n_ties"]), state.ties


def ring(n: int, p_rewire: float, seed: int, reach: int = 2) -> nx.Graph[int]:
    """Return the graph of one ring of families, as the model ties it."""
    neighbours, degree = np.full((n, 48), -1, np.int32), np.zeros(n, np.int32)
    keys = np.arange(n, dtype=np.uint64) | np.uint64(1 << 60)
    whole = np.array([0, n])
    members, starts = np.arange(n, dtype=np.int32), np.array([n])
    tie_circles(
        np.uint64(seed), keys, members, whole, starts, neighbours, degree, reach, p_rewire, 0.3
    )
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((a, int(b)) for a in range(n) for b in neighbours[a, : degree[a]])
    return graph


@pytest.mark.parametrize("families", SIZES)
def test_ties_go_both_ways_once_and_never_to_oneself(families: int | None) -> None:
    state = laid_down(families)
    one, other = edges(state)
    forth = one.astype(np.int64) * state.families.size + other
    back = other.astype(np.int64) * state.families.size + one

    assert state.ties.dtype == np.int32
    n_ties = state.families["n_ties"].astype(int)
    assert np.array_equal(state.families["first_tie"], np.cumsum(n_ties) - n_ties)
    assert (one != other).all()
    assert np.unique(forth).size == forth.size
    assert np.array_equal(np.sort(forth), np.sort(back))


@pytest.mark.parametrize("families", SIZES)
def test_families_have_about_six_ties_in_any_sample(families: int | None) -> None:
    state = laid_down(families)
    ties = state.families["n_ties"]

    assert 5.0 < ties.mean() < 7.0
    assert (ties == 0).mean() < 0.02
    assert ties.max() < 48


def test_ties_stay_in_the_municipality_and_the_population() -> None:
    state = laid_down(2000)
    one, other = edges(state)
    families = state.families

    assert np.array_equal(families["municipality"][one], families["municipality"][other])
    assert np.array_equal(families["population"][one], families["population"][other])


def test_most_ties_are_between_families_of_one_home_language() -> None:
    state = laid_down(None)
    one, other = edges(state)
    families = state.families
    eu11 = families["population"][one] == Population.EU11
    same = families["home_language"][one] == families["home_language"][other]

    assert same[eu11].mean() > 0.65
    assert same[~eu11].all()


def test_families_of_the_start_know_those_who_came_or_began_when_they_did() -> None:
    """As who comes later does: else newcomers know families here for long in the first years."""
    state = laid_down(None)
    families = state.families
    one, other = edges(state)
    own = (one < state.entries[0]) & (other < state.entries[0])
    own &= families["population"][one] == Population.EU11
    own &= families["home_language"][one] == families["home_language"][other]
    came = families["entry_month"].astype(int)
    apart = np.abs(came[one[own]] - came[other[own]])
    by_chance = np.abs(came[one[own]] - np.random.default_rng(1).permutation(came[other[own]]))

    assert np.median(apart) < 0.2 * np.median(by_chance)


def test_a_longer_run_only_adds_ties_to_new_families() -> None:
    short, long = laid_down(500, years=10), laid_down(500, years=15)
    n = short.families.size
    one, other = edges(long)
    among = (one < n) & (other < n)
    before = set(zip(*(ends.tolist() for ends in edges(short)), strict=True))

    assert set(zip(one[among].tolist(), other[among].tolist(), strict=True)) == before


def test_who_comes_later_knows_families_from_the_first_month() -> None:
    state = laid_down(None)
    one, other = edges(state)
    later = state.families["status"] == Status.AWAITED
    knows_earlier = np.zeros(state.families.size, bool)
    knows_earlier[one[other < one]] = True
    to_start = later[one] & (other < state.entries[0])

    assert knows_earlier[later].mean() > 0.99
    assert 0.05 < to_start[later[one]].mean() < 0.5


def test_a_ring_without_rewiring_is_that_of_networkx() -> None:
    ours, theirs = ring(60, 0.0, seed=1), nx.watts_strogatz_graph(60, 4, 0.0)

    assert nx.utils.edges_equal(ours.edges, theirs.edges)


def measured(graphs: list[nx.Graph[int]]) -> np.ndarray:
    """Return the means of ties, spread of degrees, clustering and path length of rings."""
    rows = []
    for graph in graphs:
        largest = graph.subgraph(max(nx.connected_components(graph), key=len))
        degrees = [float(degree) for _, degree in graph.degree]
        rows.append(
            (
                float(graph.number_of_edges()),
                float(np.std(degrees)),
                nx.average_clustering(graph),
                nx.average_shortest_path_length(largest),
            )
        )
    return np.array(rows).mean(axis=0)


@pytest.mark.parametrize("p_rewire", [0.1, 0.4])
def test_rings_are_as_those_of_networkx_in_degree_clustering_and_path_length(
    p_rewire: float,
) -> None:
    ours = measured([ring(200, p_rewire, seed) for seed in range(10)])
    theirs = measured([nx.watts_strogatz_graph(200, 4, p_rewire, seed=s) for s in range(10)])

    assert ours[0] == theirs[0]
    assert ours[1:] == pytest.approx(theirs[1:], rel=0.08)


def test_the_network_is_a_small_world() -> None:
    state = laid_down(None)
    chosen = state.families["municipality"] == Municipality.TILBURG
    chosen &= state.families["home_language"] == HomeLanguage.POLISH
    chosen[state.entries[0] :] = False
    graph = family_network(state, np.flatnonzero(chosen))
    kinds = nx.get_node_attributes(graph, "kind")
    graph.remove_nodes_from([node for node, kind in kinds.items() if kind == "key_person"])
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    by_chance = 2.0 * graph.number_of_edges() / graph.number_of_nodes() ** 2

    assert largest.number_of_nodes() > 0.95 * graph.number_of_nodes()
    assert nx.average_clustering(graph) > 10.0 * by_chance
    assert nx.average_shortest_path_length(largest) < 10.0


@pytest.mark.parametrize("families", [100, *SIZES])
@pytest.mark.parametrize("lever", [1, 8, 20])
def test_key_persons_reach_families_in_proportion_to_the_lever(
    families: int | None, lever: int
) -> None:
    state = laid_down(families)
    most = BY_NAME["key_persons_per_1000"].high
    eu11 = (state.families["population"] == Population.EU11)[: state.entries[0]]
    hub = state.families["key_person"][: state.entries[0]][eu11]
    active = state.key_persons["rank"] < lever / most
    share = most / 1000.0 * parameter("n_families_per_key_person") * lever / most

    reached = float((active[hub] & (hub >= 0)).mean())
    assert reached == pytest.approx(share, abs=0.02 + 3.0 / eu11.sum())


def test_a_key_person_serves_one_language_and_municipality_and_only_eu11_families() -> None:
    state = laid_down(None)
    served = state.families["key_person"] >= 0
    families, hubs = (
        state.families[served],
        state.key_persons[state.families["key_person"][served]],
    )

    assert np.array_equal(families["municipality"], hubs["municipality"])
    assert np.array_equal(families["home_language"], hubs["home_language"])
    assert (families["population"] == Population.EU11).all()
    large = state.key_persons["n_families"][state.key_persons["n_families"] > 20]
    assert np.median(large) == pytest.approx(parameter("n_families_per_key_person"), abs=3)


def test_the_network_of_some_families_has_hubs_and_says_nothing_of_origin() -> None:
    state = laid_down(500)
    rows = np.arange(40)
    graph = family_network(state, rows)
    kinds = nx.get_node_attributes(graph, "kind")

    assert {node for node, kind in kinds.items() if kind == "family"} == set((rows + 1).tolist())
    assert "key_person" in kinds.values()
    assert all("origin" not in data for _, data in graph.nodes(data=True))
    assert set(nx.get_edge_attributes(graph, "kind").values()) == {"family", "key_person"}
    for row in rows:
        first, n = (int(state.families[name][row]) for name in ("first_tie", "n_ties"))
        expected = {int(other) + 1 for other in state.ties[first : first + n] if other < rows.size}
        assert {node for node in graph[int(row) + 1] if isinstance(node, int)} == expected


def test_municipalities_learn_from_others_and_most_within_the_province() -> None:
    graph = municipality_network(2.0)

    assert set(graph) == set(Municipality)
    assert nx.number_of_selfloops(graph) == 0
    for node in graph:
        assert graph.out_degree(node, weight="weight") == pytest.approx(1.0)
    near = graph[Municipality.HELMOND][Municipality.TILBURG]["weight"]
    far = graph[Municipality.HELMOND][Municipality.DEN_HAAG]["weight"]
    assert near == pytest.approx(2.0 * far)
    assert not graph.in_edges(Municipality.BORDER)


@pytest.mark.parametrize("families", [2, 500, None])
def test_every_municipality_has_primary_and_secondary_schools_that_lie_together(
    families: int | None,
) -> None:
    schools = laid_down(families).schools
    rows = np.arange(schools.size)

    for municipality in Municipality:
        for secondary in (0, 1):
            here = schools["municipality"] == municipality
            here &= schools["is_secondary"] == secondary
            assert here.any()
            assert (schools["first_alike"][here] == rows[here].min()).all()
            assert (schools["n_alike"][here] == here.sum()).all()
            assert np.ptp(rows[here]) == here.sum() - 1
        mine = schools["municipality"] == municipality
        first = rows[mine & (schools["is_secondary"] == 1)]
        assert (schools["first_secondary"][mine] == first.min()).all()
        assert (schools["n_secondary"][mine] == first.size).all()


def test_pupils_go_to_school_in_their_municipality_and_of_their_age() -> None:
    state = laid_down(2000)
    rows = np.repeat(np.arange(state.families.size), state.families["n_children"])
    schools = state.schools[state.children["school"]]
    here = state.families["status"][rows] == Status.IN_NL

    assert np.array_equal(schools["municipality"], state.families["municipality"][rows])
    stage, born = state.children["stage"], state.children["birth_month"]
    is_at_one = stage > Stage.VE
    large = np.where(is_at_one, stage > Stage.PO8, born <= -144)
    assert np.array_equal(schools["is_secondary"][here] == 1, large[here])


def test_a_school_has_as_many_pupils_in_a_sample_as_at_full_size() -> None:
    def pupils(state: State) -> float:
        enrolled = state.children["is_enrolled"] == 1
        school = state.schools[state.children["school"][enrolled]]
        primary = (school["is_secondary"] == 0) & (school["municipality"] == Municipality.OTHER_NL)
        kind = (state.schools["is_secondary"] == 0) & (
            state.schools["municipality"] == Municipality.OTHER_NL
        )
        return float(primary.sum() / kind.sum())

    assert pupils(laid_down(2000)) == pytest.approx(pupils(laid_down(None)), rel=0.1)


def test_any_share_of_schools_has_a_contact_person_when_the_lever_says_so() -> None:
    schools = laid_down(None).schools
    for share in (0.1, 0.5, 0.8):
        for kind in (0, 1):
            ranks = schools["contact_rank"][schools["is_secondary"] == kind]
            assert (ranks < share).mean() == pytest.approx(share, abs=0.02)


def test_networkx_builds_no_ties_of_the_model() -> None:
    tree = ast.parse(Path(model.network.acquaintances.__file__).read_text("utf-8"))
    made = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert "watts_strogatz_graph" not in made

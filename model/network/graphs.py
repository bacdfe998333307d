"""The networks as graphs of networkx, for people who look at them and analyse them."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from model.enums import FamilyType as Type
from model.enums import HomeLanguage, Housing, Municipality, Population
from model.network.municipalities import learning_weights
from model.state import State


def family_network(state: State, rows: np.ndarray) -> nx.Graph[Any]:
    """Return the ties among the families in `rows`, with their key persons as hubs.

    Nodes are the `unique_id` of families (row + 1) and ("key person", row + 1); attributes describe
    the present state and never origin. Edges carry `kind`: "family" or "key_person".
    """
    graph: nx.Graph[Any] = nx.Graph()
    families = state.families
    chosen = np.zeros(families.size, bool)
    chosen[rows] = True
    for row in np.flatnonzero(chosen):
        graph.add_node(int(row) + 1, **_described(families[row]))
    for row in np.flatnonzero(chosen):
        first = int(families["first_tie"][row])
        for other in state.ties[first : first + int(families["n_ties"][row])]:
            if chosen[other]:
                graph.add_edge(int(row) + 1, int(other) + 1, kind="family")
        hub = int(families["key_person"][row])
        if hub >= 0:
            _add_hub(graph, state, hub)
            graph.add_edge(int(row) + 1, ("key person", hub + 1), kind="key_person")
    return graph


def _described(family: np.void) -> dict[str, str | int | float]:
    return {
        "kind": "family",
        "population": Population(int(family["population"])).name.lower(),
        "municipality": Municipality(int(family["municipality"])).name.lower(),
        "home_language": HomeLanguage(int(family["home_language"])).name.lower(),
        "family_type": Type(int(family["family_type"])).name.lower(),
        "housing": Housing(int(family["housing"])).name.lower(),
        "knowledge": float(family["knowledge"]),
        "trust": float(family["trust"]),
        "is_informed": int(family["is_informed"]),
        "is_registered": int(family["is_registered"]),
    }


def _add_hub(graph: nx.Graph[Any], state: State, hub: int) -> None:
    person = state.key_persons[hub]
    graph.add_node(
        ("key person", hub + 1),
        kind="key_person",
        municipality=Municipality(int(person["municipality"])).name.lower(),
        home_language=HomeLanguage(int(person["home_language"])).name.lower(),
        rank=float(person["rank"]),
    )


def municipality_network(province_learning_ratio: float) -> nx.DiGraph[int]:
    """Return who learns from whom: edges from learner to teacher; a learner's weights add up to 1.

    See `model.network.municipalities.learning_weights`.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from((int(m), {"name": m.name.lower()}) for m in Municipality)
    weights = learning_weights(province_learning_ratio)
    for learner, teacher in np.argwhere(weights > 0.0):
        graph.add_edge(int(learner), int(teacher), weight=float(weights[learner, teacher]))
    return graph

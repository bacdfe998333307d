"""The causal graph, and along which of its arrows each of the letter's recommendations works."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrow:
    """From what to what; the grades of its direction (`sign`) and its size; keys of sources."""

    name: str
    causes: tuple[str, ...]
    effects: tuple[str, ...]
    sign: str
    size: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """One of the eleven: the scenario that carries it out, its lines in the letter, its paths.

    `answer_lines` are those of the cabinet's answer. A path is a row of arrows by name.
    """

    number: int
    scenario: str
    lines: str
    answer_lines: str
    paths: tuple[tuple[str, ...], ...]


@cache
def arrows() -> Mapping[str, Arrow]:
    """Return the arrows of the graph by name."""
    listed = tomllib.loads((_FOLDER / "causal_graph.toml").read_text("utf-8"))["edge"]
    return MappingProxyType(
        {
            name: Arrow(
                name=name,
                causes=tuple(one["from"]),
                effects=tuple(one["to"]),
                sign=one["sign"],
                size=one["size"],
                sources=tuple(one.get("sources", ())),
            )
            for name, one in listed.items()
        }
    )


@cache
def recommendations() -> tuple[Recommendation, ...]:
    """Return the letter's recommendations, in its order."""
    listed = tomllib.loads((_FOLDER / "recommendations.toml").read_text("utf-8"))["recommendation"]
    return tuple(
        Recommendation(
            number=one["number"],
            scenario=one["scenario"],
            lines=one["lines"],
            answer_lines=one["answer_lines"],
            paths=tuple(tuple(path) for path in one["paths"]),
        )
        for one in listed
    )


def stations(path: Sequence[str]) -> tuple[str, ...]:
    """Return what a path of arrows runs through, one more than it has arrows.

    Raises ValueError where an arrow does not begin at what the one before it leads to.
    """
    known = arrows()
    found = [known[path[0]].causes[0]]
    for before, after in itertools.pairwise(path):
        common = [one for one in known[before].effects if one in known[after].causes]
        if not common:
            message = f"{before} does not lead to where {after} begins"
            raise ValueError(message)
        found.append(common[0])
    return (*found, known[path[-1]].effects[0])

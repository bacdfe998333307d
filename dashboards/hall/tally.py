"""What a group chose, without who chose it: nothing that rests on fewer than five people.

A slider that somebody did not touch is no choice of theirs; it is not the place where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from dashboards.hall.asked import STEPS, Asked, Slider

FEWEST = 5
"""People on whom anything that is shown rests."""

MOST_CLUSTERS = 8
ALIKE = 0.25
"""How far apart on average choices in a cluster are, as a part of the length of a slider."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The sliders that one voice touched, and how many people speak with it: one, or a table."""

    places: Mapping[str, int]
    people: int = 1


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How often each place was chosen, by how many voices, and the median; None is too few."""

    counts: tuple[int, ...] | None = None
    touched: int | None = None
    median: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Voices that chose alike, and where they set the sliders that enough of them touched."""

    voices: int
    places: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A round counted: guesses, each slider, where the group as a whole set them, and clusters.

    `apart` voices belong to no cluster that is large enough to be shown.
    """

    guesses: Spread
    sliders: Mapping[str, Spread]
    group: Mapping[str, int]
    clusters: tuple[Cluster, ...] = ()
    apart: int = 0


def tally(asked: Asked, guesses: Sequence[int], choices: Sequence[Choice]) -> Tally:
    """Return a round counted; a guess is from -STEPS to STEPS."""
    spreads = {one.name: _spread_of(one, choices) for one in asked.sliders}
    clusters, apart = _clusters(asked, choices)
    return Tally(
        guesses=_spread([guess + STEPS for guess in guesses], 2 * STEPS + 1, len(guesses)),
        sliders=spreads,
        group=_medians(spreads),
        clusters=clusters,
        apart=apart,
    )


def _spread_of(slider: Slider, choices: Sequence[Choice]) -> Spread:
    touched = [one for one in choices if slider.name in one.places]
    places = [one.places[slider.name] for one in touched]
    return _spread(places, slider.places, sum(one.people for one in touched))


def _spread(places: Sequence[int], n: int, people: int) -> Spread:
    if people < FEWEST:
        return Spread()
    counts = tuple(int(one) for one in np.bincount(places, minlength=n))
    return Spread(counts=counts, touched=len(places), median=int(median_low(places)))


def _medians(spreads: Mapping[str, Spread]) -> dict[str, int]:
    return {name: one.median for name, one in spreads.items() if one.median is not None}


def _clusters(asked: Asked, choices: Sequence[Choice]) -> tuple[tuple[Cluster, ...], int]:
    """Return groups of like choices, the largest first; none where there are no two to compare."""
    voices = [one for one in choices if one.places]
    found = []
    for members in _together(asked, voices):
        people = sum(one.people for one in members)
        if people >= FEWEST:
            places = _medians({one.name: _spread_of(one, members) for one in asked.sliders})
            found.append(Cluster(voices=len(members), places=places))
    if len(found) < 2:  # noqa: PLR2004 - one cluster is the group
        return (), 0
    found.sort(key=lambda one: (-one.voices, sorted(one.places.items())))
    return tuple(found), len(voices) - sum(one.voices for one in found)


def _together(asked: Asked, voices: Sequence[Choice]) -> list[list[Choice]]:
    if len(voices) < 2:  # noqa: PLR2004 - nothing to compare
        return [list(voices)]
    lengths = np.array([max(one.places - 1, 1) for one in asked.sliders], dtype=float)
    places = np.array(
        [[one.places.get(slider.name, np.nan) for slider in asked.sliders] for one in voices]
    )
    away = np.abs(places[:, None] - places[None]) / lengths
    shared = ~np.isnan(away)
    n = shared.sum(axis=2)
    # Two who touched no slider in common have nothing that is alike.
    apart = np.where(n > 0, np.nansum(away, axis=2) / np.maximum(n, 1), 1.0)
    tree = linkage(squareform(apart, checks=False), "average")
    labels = fcluster(tree, ALIKE, "distance")
    if labels.max() > MOST_CLUSTERS:
        labels = fcluster(tree, MOST_CLUSTERS, "maxclust")
    return [
        [one for one, label in zip(voices, labels, strict=True) if label == wanted]
        for wanted in range(1, labels.max() + 1)
    ]

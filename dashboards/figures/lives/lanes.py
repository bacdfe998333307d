"""What happened to a family in two lives, as lanes: stretches of time and events, base above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboards.figures.lives.words import person_label
from dashboards.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

Life = Literal["base", "alternative"]
LIVES: tuple[Life, Life] = ("base", "alternative")

MOST_CHILDREN = 3
"""Children with a lane of their own, the one in view first."""

# Told apart by the words in and under the bars as well as by colour.
COLOURS = {
    "zero_hours": "#F0B37A",
    "bandwidth": "#F4CFA8",
    "agency_a": "#F0B37A",
    "agency_b": "#F4CFA8",
    "fixed": "#A9CFE8",
    "permanent": "#6FB1DC",
    "self_employed": "#CDB9E0",
    "none": "#D5DADF",
    "tied": "#F0B37A",
    "private_shared": "#F4CFA8",
    "private_own_lease": "#A9CFE8",
    "social": "#8FC7B4",
    "owner": "#6FB1DC",
    "home": "#E7EBEE",
    "ve": "#F7E3A1",
    "qualified": "#8FC7B4",
    "left": "#D98A8A",
    "emigrated": "#D5DADF",
    "aged_out": "#E7EBEE",
    "at_work": "#CDB9E0",
}
PRIMARY, SECONDARY, VOCATIONAL = "#CFE3F1", "#A9CFE8", "#C9DDB4"
DRAWN = (
    "voluntary_move",
    "forced_move",
    "registered",
    "course",
    "school_change",
    "left_school",
    "advice",
)
"""Events that are drawn on their lane."""


class Happening(NamedTuple):
    """An event of one life: a row of `scenarios.pairs.life_events.events`."""

    scenario: str
    month: int
    calendar: str
    person: str
    child: int
    event: str
    before: str
    after: str


class Bar(NamedTuple):
    """A stretch of a lane: what is so from one month until another."""

    state: str
    start: int
    end: int


class Lane(NamedTuple):
    """One line of bars: of a person, in one of the two lives, with the events drawn on it."""

    what: str
    life: Life
    bars: tuple[Bar, ...]
    events: tuple[Happening, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happened in two lives of a family: the scenarios, the child in view, and the months."""

    scenarios: tuple[str, str]
    child: int
    months: int
    happenings: tuple[Happening, ...]


def happenings(events: pd.DataFrame) -> tuple[Happening, ...]:
    """Return the rows of a table of events."""
    return tuple(Happening(*row) for row in events.itertuples(index=False))


def lanes(story: Story, t: Texts) -> Iterator[Lane]:
    """Give the lanes of a family: work of each adult, the home, and school of each child."""
    persons = dict.fromkeys(one.person for one in story.happenings)
    for person in sorted(name for name in persons if name.startswith("adult")):
        what = t("report.twins.work", who=person_label(person, t))
        yield from _pair(story, person, ("contract",), what)
    home = ("home", "voluntary_move", "forced_move")
    yield from _pair(story, "family", home, t("report.twins.home"))
    for person in children(story):
        what = t("report.twins.school", who=person_label(person, t))
        yield from _pair(story, person, ("born", "stage", "left_school"), what)


def children(story: Story) -> list[str]:
    """Return the children that get a lane: the one in view first, then by age."""
    seen = {one.person: one.child for one in story.happenings if one.child > 0}
    order = sorted((child != story.child, child, person) for person, child in seen.items())
    return [person for _, _, person in order][:MOST_CHILDREN]


def colour(state: str) -> str:
    """Return the colour of a contract, a home or a stage."""
    if state in COLOURS:
        return COLOURS[state]
    if state.startswith("po"):
        return PRIMARY
    return VOCATIONAL if state.startswith("mbo") else SECONDARY


def is_drawn(one: Happening) -> bool:
    """Return whether an event is marked on its lane; what stands there at the start is not."""
    return one.event in DRAWN and bool(one.month > 0 or one.before)


def _pair(story: Story, person: str, kinds: Sequence[str], what: str) -> Iterator[Lane]:
    """Give the lanes of one thing in both lives, the base above the alternative."""
    for life, scenario in zip(LIVES, story.scenarios, strict=True):
        mine = [one for one in story.happenings if (one.person, one.scenario) == (person, scenario)]
        changes = [one for one in mine if one.event in kinds]
        yield Lane(
            what=what,
            life=life,
            bars=tuple(_bars(changes, _last_month(story, scenario))),
            events=tuple(one for one in mine if is_drawn(one)),
        )


def _bars(changes: Iterable[Happening], end: int) -> Iterator[Bar]:
    kept: list[Happening] = []
    for one in changes:
        if not kept or one.after != kept[-1].after:
            kept.append(one)
    starts = [*(one.month for one in kept), end]
    for (start, until), one in zip(pairwise(starts), kept, strict=True):
        if until > start:
            yield Bar(one.after, start, until)


def _last_month(story: Story, scenario: str) -> int:
    """Return the month in which a life ends: the family leaves the country, or the horizon."""
    gone = (
        one.month
        for one in story.happenings
        if one.scenario == scenario
        and one.event == "status"
        and one.after in {"emigrated", "aged_out"}
    )
    return next(gone, story.months)

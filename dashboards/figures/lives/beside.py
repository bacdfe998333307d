"""Two lives beside each other as a table: for each month and person what happened in both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dashboards.figures.lives.lanes import Happening, Story
from dashboards.figures.lives.words import person_label, state_label
from dashboards.texts import Texts


class Beside(NamedTuple):
    """What happened to a person in a month, in both lives; empty where nothing did."""

    month: int
    calendar: str
    who: str
    base: str
    alternative: str


def beside(story: Story, t: Texts) -> list[Beside]:
    """Return what happened month by month, without how poor the family was."""
    groups: dict[tuple[str, str], list[Happening]] = {}
    for one in story.happenings:
        if one.event != "poor":
            groups.setdefault((one.calendar, one.person), []).append(one)
    return [
        Beside(
            month=rows[0].month,
            calendar=calendar,
            who=person_label(person, t),
            base=_told((one for one in rows if one.scenario == story.scenarios[0]), t),
            alternative=_told((one for one in rows if one.scenario == story.scenarios[1]), t),
        )
        for (calendar, person), rows in sorted(groups.items(), key=lambda one: one[0][0])
    ]


def _told(rows: Iterable[Happening], t: Texts) -> str:
    names = t.part("report.event")
    told = []
    for one in rows:
        what, after = names.get(one.event, ""), state_label(one.after, t)
        told.append(": ".join(part for part in (what, after) if part))
    return "; ".join(told)

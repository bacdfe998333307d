"""Twin lives for the pages: the telling pairs of a plan, and the two lives of each.

Made of the functions of the terminal, with its own defaults, so that both tell the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

from dashboards.figures.lives.figure import of
from dashboards.figures.lives.known import Known, known
from dashboards.figures.lives.lanes import Happening, Story, children
from dashboards.service.prepared import TODAY
from dashboards.service.studies import Study, key_of
from model.calendar import MONTHS_PER_YEAR
from model.disk import shelf
from model.outcomes.observers import Progress, Stop
from model.policy.scenario import Scenario
from scenarios.pairs.cause import Cause
from scenarios.pairs.find_twins import PairRow, most_telling, telling
from scenarios.pairs.twin_lives import Divergence, Member, Twins
from scenarios.pairs.twin_lives import lives as live_twins

FAMILIES, YEARS, SEED = 2000, 15, 1
"""Of the run in which families are looked for: those of `veerkracht twins`."""

MOST = 3
"""Children of each direction."""

FORM = 2
"""Of what is kept; another when the search or what is noted of a life changes."""

MEASURES = ("income_eur_month", "language")
"""What is drawn as a line: of the family, and of the child in view."""

Line = tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Life:
    """Two lives of a family with a child in view, as plain values.

    `lines` has for each of MEASURES both lives month by month, None for months without a value.
    """

    family: int
    story: Story
    divergence: Divergence | None
    lines: Mapping[str, tuple[Line, Line]]
    known: tuple[Known, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """The children that tell most of a plan, in all and by place and type, and lives by child.

    `n_families` are those with a child who might have left school in both lives.
    """

    rows: tuple[PairRow, ...]
    n_families: int
    lives: Mapping[int, Life]


def telling_lives(base: Scenario, alternative: Scenario) -> Study[Found]:
    """Return the search for telling pairs, with the lives of those that are shown first.

    What was found is kept in the cache, for who opens the pages another day.
    """

    def live(progress: Progress, stop: Stop) -> Found:
        months = YEARS * MONTHS_PER_YEAR

        def first(done: int, _: int) -> None:
            progress(done, 2 * months)

        def second(done: int, _: int) -> None:
            progress(months + done, 2 * months)

        found = telling(
            base,
            alternative,
            families=FAMILIES,
            years=YEARS,
            rng=SEED,
            most=MOST,
            progress=first,
            stop=stop,
        )
        shown = [row.child for row in most_telling(found.every, MOST)]
        return Found(
            rows=tuple(_worth_keeping(found.every)),
            n_families=found.n_families,
            lives=_lived(base, alternative, shown, second, stop),
        )

    key = key_of(f"telling lives {FORM}", base, alternative)

    def kept(progress: Progress, stop: Stop) -> Found:
        found = _recalled(key)
        if found is None:
            found = live(progress, stop)
            shelf.put("answers", key, _written(found))
        return found

    return Study(key=key, live=kept)


def prepared_lives(scenarios: Mapping[str, Scenario]) -> list[Study[Found]]:
    """Return the telling lives of each scenario beside today's policy, in their order."""
    base = scenarios[TODAY]
    return [telling_lives(base, one) for name, one in scenarios.items() if name != TODAY]


def lives_of(base: Scenario, alternative: Scenario, child: int) -> Study[Life]:
    """Return the look at the two lives of the family of one child."""

    def live(progress: Progress, stop: Stop) -> Life:
        return _lived(base, alternative, [child], progress, stop)[child]

    return Study(key=key_of(f"lives of {child}", base, alternative), live=live)


def chosen(rows: Iterable[PairRow], municipality: str, family_type: str) -> list[PairRow]:
    """Return the children that tell most of a place and a type of family; '' is any."""
    fitting = [
        row
        for row in rows
        if municipality in {"", row.municipality} and family_type in {"", row.family_type}
    ]
    return most_telling(fitting, MOST)


def _worth_keeping(every: Sequence[PairRow]) -> Iterable[PairRow]:
    """Return the rows that some place and type of family shows, in their order."""
    places = {"", *(row.municipality for row in every)}
    types = {"", *(row.family_type for row in every)}
    kept = {row for place, kind in product(places, types) for row in chosen(every, place, kind)}
    return (row for row in every if row in kept)


def _lived(
    base: Scenario,
    alternative: Scenario,
    those: Sequence[int],
    progress: Progress,
    stop: Stop,
) -> dict[int, Life]:
    members = [Member(child=child) for child in those]
    found = live_twins(
        base,
        alternative,
        members,
        families=FAMILIES,
        years=YEARS,
        rng=SEED,
        progress=progress,
        stop=stop,
    )
    return {child: life_of(twins) for child, twins in zip(those, found, strict=True)}


def life_of(twins: Twins) -> Life:
    """Return twin lives as plain values."""
    story = of(twins)
    return Life(
        family=twins.family,
        story=story,
        divergence=twins.divergence,
        lines={measure: _lines(twins, story, measure) for measure in MEASURES},
        known=known(twins.acquaintances),
    )


def _lines(twins: Twins, story: Story, measure: str) -> tuple[Line, Line]:
    rows = twins.series[twins.series["measure"] == measure]
    if measure == "language":
        rows = rows[rows["person"] == next(iter(children(story)), "")]
    found: list[Line] = []
    for scenario in story.scenarios:
        mine = rows[rows["scenario"] == scenario]
        values = dict(zip(mine["month"].tolist(), mine["value"].tolist(), strict=True))
        found.append(tuple(values.get(month) for month in range(story.months)))
    return found[0], found[1]


def _written(found: Found) -> bytes:
    """Return what was found as JSON; a named tuple is a list in it."""
    lives = {
        child: {
            "family": one.family,
            "story": vars(one.story),
            "divergence": None if one.divergence is None else asdict(one.divergence),
            "lines": one.lines,
            "known": one.known,
        }
        for child, one in found.lives.items()
    }
    content = {"rows": found.rows, "n_families": found.n_families, "lives": lives}
    return json.dumps(content, separators=(",", ":")).encode()


def _recalled(key: str) -> Found | None:
    content = shelf.get("answers", key)
    if content is None:
        return None
    told = json.loads(content)
    return Found(
        rows=tuple(PairRow(*row) for row in told["rows"]),
        n_families=told["n_families"],
        lives={int(child): _read(one) for child, one in told["lives"].items()},
    )


def _read(told: dict[str, Any]) -> Life:
    story, parting = told["story"], told["divergence"]
    cause = None if parting is None else parting["cause"]
    return Life(
        family=told["family"],
        story=Story(
            scenarios=(story["scenarios"][0], story["scenarios"][1]),
            child=story["child"],
            months=story["months"],
            happenings=tuple(Happening(*one) for one in story["happenings"]),
        ),
        divergence=None
        if cause is None
        else Divergence(
            month=parting["month"],
            calendar=parting["calendar"],
            cause=Cause(kind=cause["kind"], names=tuple(cause["names"])),
            first=parting["first"],
        ),
        lines={name: (tuple(one[0]), tuple(one[1])) for name, one in told["lines"].items()},
        known=tuple(
            Known(family, (informed[0], informed[1]), (trust[0], trust[1]), parted)
            for family, informed, trust, parted in told["known"]
        ),
    )

"""The difference in one outcome, group by group, under each plan."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

from dashboards.pages.plans.titles import called
from dashboards.pages.vergelijk.closer import grid
from dashboards.pages.vergelijk.state import Choice
from dashboards.service.prepared import TODAY
from dashboards.service.studied import FAMILIES, REPLICATES, Grouped
from dashboards.service.use_study import Looked
from dashboards.texts import Texts
from dashboards.texts.numbers import span
from model.outcomes.registry import MINIMUM_CELL
from scenarios.statistics.answer import Answer
from scenarios.statistics.ranking import COUNTED, EVENTS

FEWEST = 30
"""Expected events, or people, under which a group's number is drawn hatched."""

PLACES = {
    "amsterdam": (1, 2), "den_haag": (2, 1), "westland": (3, 1), "rotterdam": (3, 2),
    "tilburg": (4, 3), "eindhoven": (4, 4), "helmond": (4, 5), "border": (3, 5), "other_nl": (1, 5),
}  # fmt: skip
"""Row and column of the tile of each municipality, as they lie on the map."""

LETTERS = 12
"""Letters of a name beside each other on a tile."""

Row = dict[str, Any]
Scenarios = grid.Scenarios


def table(
    choice: Choice, looked: Looked[Grouped], scenarios: Scenarios, dimension: str, t: Texts
) -> Row:
    """Return a row for each group of a dimension, with what each plan changes for it."""
    outcome = choice.outcome
    what = t(f"told.{outcome}.what")
    made = grid.table(
        dimension,
        t("compare.groups.title", what=what, by=t(f"enum.dimension.{dimension}").lower()),
        [t(f"enum.dimension.{dimension}"), *grid.titles(choice.compared, scenarios, t)],
        t,
    )
    made["told"] = grid.waiting(looked, t)
    made["command"] = _command(choice, scenarios, dimension)
    if looked.found is None:
        return made
    found = _of(looked.found, outcome, dimension)
    ids = [one.id for one in looked.found.plans[1:]]
    groups = [name for name in t.part(f"enum.{dimension}") if any(key[0] == name for key in found)]
    made["rows"] = [
        _row(name, [found.get((name, one)) for one in ids], dimension, t) for name in groups
    ]
    if not found:
        return made | {"told": t("compare.groups.none")}
    years = next(iter(found.values())).years
    made["legend"] = t(
        "compare.groups.legend",
        unit=t(f"told.{outcome}.unit"),
        years=span(years, t),
        n=str(REPLICATES),
        families=t.number(FAMILIES),
        few=str(FEWEST),
        least=str(MINIMUM_CELL),
    )
    made["notes"] = [
        t("compare.groups.luck"),
        *([t("compare.groups.origin")] * (dimension == "origin")),
    ]
    return made


def tiles(choice: Choice, looked: Looked[Grouped], scenarios: Scenarios, t: Texts) -> Row:
    """Return a map of equal tiles for each plan: what it changes in each municipality."""
    rows = table(choice, looked, scenarios, "municipality", t)["rows"]
    maps = []
    for k, name in enumerate(choice.compared):
        cells = [(row, row["cells"][k]) for row in rows if row["name"] in PLACES]
        maps.append(
            {
                "name": name,
                "title": called(name, scenarios[name], t),
                "tiles": [
                    {
                        "name": row["name"],
                        "lines": wrap(row["label"], LETTERS),
                        "row": PLACES[row["name"]][0],
                        "column": PLACES[row["name"]][1],
                        "number": cell["number"],
                        "is_few": row["is_few"],
                        "strip": cell["strip"],
                    }
                    for row, cell in cells
                ],
            }
        )
    words = t.part("compare.tiles")
    return {"words": words, "save": t.part("chart.save"), "maps": maps}


def is_few(answer: Answer) -> bool:
    """Return whether a number rests on few: expected events of a share, people of anything else."""
    people = answer.behind * len(answer.years) * answer.n
    if answer.unit in COUNTED | EVENTS:
        return people * min(answer.level, answer.level_base) < FEWEST
    return people < FEWEST


def _of(found: Grouped, outcome: str, dimension: str) -> dict[tuple[str, str], Answer]:
    """Return the answers about EU-11 families by group and plan."""
    chosen: Iterable[Answer] = (
        one
        for one in found.answers
        if one.outcome == outcome
        and one.population == "eu11"
        and one.group.startswith(f"{dimension}:")
    )
    return {(one.group.partition(":")[2], one.alternative): one for one in chosen}


def _row(name: str, answers: list[Answer | None], dimension: str, t: Texts) -> Row:
    there = [one for one in answers if one is not None and not one.is_small]
    return grid.row(
        name,
        t(f"enum.{dimension}.{name}"),
        [_cell(one, t) for one in answers],
        note=t("compare.groups.behind", n=t.number(min(one.behind for one in there)))
        if there
        else "",
        is_few=bool(there) and any(is_few(one) for one in there),
    )


def _cell(one: Answer | None, t: Texts) -> Row:
    if one is None or one.is_small:
        return grid.plain(t("compare.groups.small" if one else "compare.groups.nobody"))
    return grid.difference(one.outcome, one.value, one.low, one.high, t)


def _command(choice: Choice, scenarios: Scenarios, dimension: str) -> str:
    names = " ".join(grid.named(name, scenarios) for name in (TODAY, *choice.compared))
    return (
        f"veerkracht compare {names} --families {FAMILIES} --replicates {REPLICATES}"
        f" --outcome {choice.outcome} --by {dimension}"
    )

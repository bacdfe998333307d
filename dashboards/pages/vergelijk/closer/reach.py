"""Whom each plan reaches: families and children, by which lever, and why some reach nobody."""

from __future__ import annotations

from typing import Any

from dashboards.pages.vergelijk.closer import grid
from dashboards.pages.vergelijk.state import Choice
from dashboards.service.prepared import TODAY
from dashboards.service.studied import FAMILIES_REACHED
from dashboards.service.use_study import Looked
from dashboards.texts import Texts
from dashboards.texts.reach_words import why
from scenarios.pairs.reach import CHILDREN, DIFFERENT, FAMILIES, THROUGH_OTHERS, Exposure

YEARLY = (FAMILIES, CHILDREN, THROUGH_OTHERS, DIFFERENT)
Row = dict[str, Any]


def tables(
    choice: Choice, looked: Looked[tuple[Exposure, ...]], scenarios: grid.Scenarios, t: Texts
) -> list[Row]:
    """Return whom plans reach in the last school year, and a table of levers for each plan."""
    plans = grid.titles(choice.compared, scenarios, t)
    made = grid.table("reach", t("compare.reach.title"), [t("compare.reach.who"), *plans], t)
    made["told"] = grid.waiting(looked, t)
    made["command"] = "\n".join(
        f"veerkracht reach {TODAY} {grid.named(name, scenarios)} --families {FAMILIES_REACHED}"
        for name in choice.compared
    )
    if looked.found is None:
        return [made]
    shares = [_last(one) for one in looked.found]
    made["rows"] = [
        grid.row(name, t(f"pairs.reach.column.{name}"), [_share(one[name], t) for one in shares])
        for name in YEARLY
    ]
    year = max(one.table["school_year"].max() for one in looked.found)
    made["legend"] = t("compare.reach.legend", year=str(year), n=t.number(FAMILIES_REACHED))
    levers = zip(looked.found, choice.compared, plans, strict=True)
    return [made, *(_levers(one, name, plan, t) for one, name, plan in levers)]


def _last(found: Exposure) -> dict[str, float]:
    rows = found.table
    rows = rows[(rows["dimension"] == "all") & (rows["population"] == "eu11")]
    last = rows[rows["school_year"] == rows["school_year"].max()]
    return dict(zip(last["outcome"], map(float, last["value"]), strict=True))


def _levers(found: Exposure, name: str, plan: str, t: Texts) -> Row:
    columns = [t(f"pairs.reach.{name}") for name in ("lever", "years", "families", "children")]
    made = grid.table(f"levers-{name}", t("compare.reach.levers", plan=plan), columns, t)
    made["rows"] = [
        grid.row(
            row["lever"],
            t(f"lever.{row['lever']}.label"),
            [
                grid.plain(str(row["years"])),
                _share(float(row["families"]), t),
                _share(float(row["children"]), t),
            ],
        )
        for row in found.by_lever().to_dict("records")
    ]
    made["notes"] = [
        t("pairs.reach.nobody", lever=t(f"lever.{lever}.label"), why=why(reason, t))
        for lever, reason in found.unreached.items()
    ]
    made["legend"] = t("compare.reach.levers_legend")
    if not found.moved:
        made["told"] = t("compare.reach.nothing")
    return made


def _share(value: float, t: Texts) -> Row:
    return {
        "number": t.percent(value, 1),
        "range": "",
        "strip": {"bar": [0, round(grid.WIDTH * min(1.0, value))], "middle": None, "zero": 0},
    }

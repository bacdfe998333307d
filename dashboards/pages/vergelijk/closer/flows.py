"""From which contract families come to which, under each plan: bands, and a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboards.pages.vergelijk.closer import grid
from dashboards.pages.vergelijk.state import Choice
from dashboards.service.prepared import TODAY
from dashboards.service.studied import FAMILIES_FOLLOWED, TIMES_FOLLOWED
from dashboards.service.use_study import Looked
from dashboards.texts import Texts
from dashboards.texts.numbers import level
from model.outcomes.registry import MINIMUM_CELL
from scenarios.disclosure.rules import MARK
from scenarios.pairs.contract_flows import ENDS, GONE, STARTS, ContractFlows

if TYPE_CHECKING:
    import pandas as pd

LIKE = "contract_permanent"
"""The outcome that has the unit, digits and axis of these shares."""

SHOWN = 15
"""Ways that the table has; the command prints all."""

HEIGHT, GAP, LEFT, RIGHT, NODE = 300.0, 11.0, 150.0, 350.0, 12.0
"""Of a picture 567 wide, with names on both sides: the height of all families, room between
contracts, where the columns stand, and how wide they are."""

LEAST_LABEL = 4.0
"""Height of a contract from which its name is written beside it."""

Row = dict[str, Any]
Key = tuple[str, str]


def table(
    choice: Choice, looked: Looked[tuple[ContractFlows, ...]], scenarios: grid.Scenarios, t: Texts
) -> Row:
    """Return the ways from contract to contract, those that a plan changes most first."""
    made = grid.table(
        "flows",
        t("compare.flows.title"),
        [
            t("compare.flows.flow"),
            t("compare.flows.today"),
            *grid.titles(choice.compared, scenarios, t),
        ],
        t,
    )
    made["told"] = grid.waiting(looked, t)
    made["command"] = "\n".join(
        f"veerkracht flows {TODAY} {grid.named(name, scenarios)} --families {FAMILIES_FOLLOWED}"
        f" --replicates {TIMES_FOLLOWED}"
        for name in choice.compared
    )
    if looked.found is None:
        return made
    plans = [rows(one, "eu11") for one in looked.found]
    keys = [key for key in plans[0].index if all(key in plan.index for plan in plans)]
    order = sorted(keys, key=lambda key: -max(_size(plan, key) for plan in plans))
    made["rows"] = [_row(key, [plan.loc[key] for plan in plans], t) for key in order[:SHOWN]]
    years = str(looked.found[0].years)
    made["legend"] = t("compare.flows.legend", years=years, least=str(MINIMUM_CELL))
    if len(order) > SHOWN:
        made["notes"] = [t("compare.flows.more", n=str(len(order) - SHOWN))]
    return made


def rows(found: ContractFlows, population: str) -> pd.DataFrame:
    """Return the flows of a population by start and end, the largest differences first."""
    chosen = found.table[found.table["population"] == population].set_index(["start", "end"])
    sizes = chosen["difference"].abs().fillna(-1.0)
    return chosen.loc[sizes.sort_values(ascending=False, kind="stable").index]


def way(key: Key, t: Texts) -> str:
    """Return from which contract to which, in words."""
    return f"{_name(key[0], t)} → {_name(key[1], t)}"


def _name(contract: str, t: Texts) -> str:
    return t("compare.flows.gone") if contract == GONE else t(f"enum.contract.{contract}")


def _size(plan: pd.DataFrame, key: Key) -> float:
    """Return how large a difference is; one that is not shown comes last."""
    difference = float(plan["difference"].loc[key])
    return -1.0 if math.isnan(difference) else abs(difference)


def _row(key: Key, plans: list[pd.Series[Any]], t: Texts) -> Row:
    cells = [
        grid.plain(t("compare.flows.small"))
        if one["mark"] == MARK
        else grid.difference(
            LIKE, float(one["difference"]), float(one["low"]), float(one["high"]), t
        )
        for one in plans
    ]
    base = next((float(one["share_base"]) for one in plans if one["mark"] != MARK), math.nan)
    return grid.row("-".join(key), way(key, t), [grid.plain(level(LIKE, base, t)), *cells])


def pictures(
    choice: Choice, found: tuple[ContractFlows, ...], scenarios: grid.Scenarios, t: Texts
) -> Row:
    """Return a picture of bands for today's policy, and one for each plan."""
    titles = grid.titles(choice.compared, scenarios, t)
    years = str(found[0].years)
    drawn = [
        _picture(TODAY, t("compare.flows.today"), _shares(found[0], "share_base"), t),
        *(
            _picture(name, title, _shares(one, "share"), t)
            for name, title, one in zip(choice.compared, titles, found, strict=True)
        ),
    ]
    return {
        "words": {
            "picture": t("compare.flows.picture", years=years),
            "legend": t("compare.flows.bands", years=years, least=str(MINIMUM_CELL)),
        },
        "save": t.part("chart.save"),
        "pictures": drawn,
    }


def _shares(found: ContractFlows, column: str) -> dict[Key, float]:
    shown = rows(found, "eu11")
    return {
        key: float(shown.loc[key][column]) for key in shown.index if shown.loc[key]["mark"] != MARK
    }


def _picture(name: str, title: str, shares: dict[Key, float], t: Texts) -> Row:
    """Return nodes and bands: what starts or ends in a contract is as high as it is many."""
    tops = (
        _tops({start: sum(shares.get((start, end), 0.0) for end in ENDS) for start in STARTS}),
        _tops({end: sum(shares.get((start, end), 0.0) for start in STARTS) for end in ENDS}),
    )
    nodes = [
        {
            "name": f"{side}-{contract}",
            "x": LEFT - NODE if side == 0 else RIGHT,
            "y": round(top, 1),
            "height": round(height, 1),
            "label": _name(contract, t) if height >= LEAST_LABEL else "",
            "is_left": side == 0,
        }
        for side in (0, 1)
        for contract, (top, height) in tops[side].items()
        if height > 0.0
    ]
    fill = [{contract: top for contract, (top, _) in tops[side].items()} for side in (0, 1)]
    bands = []
    for start in STARTS:
        for end in ENDS:
            share = shares.get((start, end), 0.0)
            if share <= 0.0:
                continue
            high = share * HEIGHT
            left, right = fill[0][start], fill[1][end]
            fill[0][start], fill[1][end] = left + high, right + high
            bands.append(
                {
                    "name": f"{start}-{end}",
                    "kind": "gone" if end == GONE else "stays" if start == end else "moves",
                    "path": _path(left, right, high),
                    "title": t(
                        "compare.flows.band", flow=way((start, end), t), size=level(LIKE, share, t)
                    ),
                }
            )
    height = max(top + high for column in tops for top, high in column.values())
    return {"name": name, "title": title, "height": round(height), "nodes": nodes, "bands": bands}


def _tops(shares: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Return where each contract of a column begins, and how high it is."""
    found, top = {}, 0.0
    for contract, share in shares.items():
        high = share * HEIGHT
        found[contract] = (top, high)
        top += high + (GAP if share > 0.0 else 0.0)
    return found


def _path(left: float, right: float, high: float) -> str:
    """Return a band from one column to the other, as a path of SVG."""
    middle = (LEFT + RIGHT) / 2
    one, two, three, four = (round(y, 1) for y in (left, right, right + high, left + high))
    return (
        f"M{LEFT:g} {one}C{middle:g} {one} {middle:g} {two} {RIGHT:g} {two}"
        f"V{three}C{middle:g} {three} {middle:g} {four} {LEFT:g} {four}Z"
    )

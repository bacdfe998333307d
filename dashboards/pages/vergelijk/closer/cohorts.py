"""Children born, or arrived, in one school year, followed under each plan."""

from __future__ import annotations

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
from scenarios.pairs.cohorts import BIRTHDAYS, Cohorts

if TYPE_CHECKING:
    import pandas as pd

LIKE = "vsv_mbo_expected"
"""The outcome that has the unit, digits and axis of these shares."""

Row = dict[str, Any]


def tables(
    choice: Choice, looked: Looked[tuple[Cohorts, ...]], scenarios: grid.Scenarios, t: Texts
) -> list[Row]:
    """Return a table for each birthday up to which cohorts are followed."""
    return [_table(choice, looked, scenarios, birthday, t) for birthday in BIRTHDAYS]


def _table(
    choice: Choice,
    looked: Looked[tuple[Cohorts, ...]],
    scenarios: grid.Scenarios,
    birthday: int,
    t: Texts,
) -> Row:
    made = grid.table(
        f"cohorts-{birthday}",
        t("compare.cohorts.title", age=str(birthday)),
        [
            t(f"compare.cohorts.{choice.cohort}"),
            t("chart.base"),
            *grid.titles(choice.compared, scenarios, t),
        ],
        t,
    )
    made["told"] = grid.waiting(looked, t)
    made["command"] = "\n".join(_command(name, choice, scenarios) for name in choice.compared)
    if looked.found is None:
        return made
    followed = [_followed(one.table, birthday) for one in looked.found]
    cohorts = list(followed[0].index)
    made["rows"] = [
        _row(str(cohort), [one.loc[cohort] for one in followed], t) for cohort in cohorts
    ]
    if not cohorts:
        made["told"] = t("pairs.cohorts.too_short")
    made["legend"] = t("compare.cohorts.legend", least=str(MINIMUM_CELL))
    return made


def _followed(table: pd.DataFrame, birthday: int) -> pd.DataFrame:
    chosen = table[(table["population"] == "eu11") & (table["birthday"] == birthday)]
    return chosen[chosen["every_age"]].set_index("cohort")


def _row(cohort: str, plans: list[pd.Series[Any]], t: Texts) -> Row:
    first = plans[0]
    if any(one["mark"] == MARK for one in plans):
        small = grid.plain(t("compare.groups.small"))
        return grid.row(cohort, cohort, [small] * (1 + len(plans)))
    cells = [
        grid.difference(LIKE, float(one["difference"]), float(one["low"]), float(one["high"]), t)
        for one in plans
    ]
    mark = " *" if any(one["not_yet"] > 0 for one in plans) else ""
    base = grid.plain(level(LIKE, float(first["level_base"]), t))
    note = t("compare.cohorts.children", n=t.number(float(first["children_base"])))
    return grid.row(cohort, f"{cohort}{mark}", [base, *cells], note=note)


def _command(name: str, choice: Choice, scenarios: grid.Scenarios) -> str:
    return (
        f"veerkracht cohorts {TODAY} {grid.named(name, scenarios)} --by {choice.cohort}"
        f" --families {FAMILIES_FOLLOWED} --replicates {TIMES_FOLLOWED}"
    )

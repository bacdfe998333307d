"""A family's life as events and monthly series, from its rows month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from model.calendar import START_NUMBER, month_text
from model.enums import Contract, Housing, Stage, Status, Track
from model.family_rows import FamilyRows

if TYPE_CHECKING:
    import pandas as pd

EVENT_COLUMNS = ("scenario", "month", "calendar", "person", "child", "event", "before", "after")
SERIES_COLUMNS = ("scenario", "month", "calendar", "person", "child", "measure", "value")

FAMILY_SERIES = (
    "income_eur_month",
    "hours_cv",
    "roster_predictability",
    "crowding",
    "knowledge",
    "trust",
    "parent_dutch",
    "settlement_intention",
    "care_access",
)
ADULT_SERIES = ("hours_worked", "hours_guaranteed")
CHILD_SERIES = (
    "language",
    "learning",
    "belonging",
    "absent_days_12m",
    "home_alone_hours",
    "vsv_hazard_year",
)
"""Measures of a child; `language` and `learning` are as a school sees them, gains and losses in."""

FUNDERS = ("", "municipality", "employer", "loan")
MOVES = ("", "voluntary", "forced")


class _Event(NamedTuple):
    """One event, without the scenario; `person` is 'family', 'adult 1', 'child 2' and the like."""

    month: int
    person: str
    child: int
    event: str
    before: str
    after: str


def events(lives: Sequence[FamilyRows], first_child: int, scenario: str) -> pd.DataFrame:
    """Return what happened to a family: a row per event, columns EVENT_COLUMNS.

    `lives` are its rows before the first month and after each month, `first_child` the id of its
    first child; `child` is 0 for what is not of one child. An event of the start has nothing in
    `before`; everything before the family's arrival is left out.
    """
    import pandas as pd

    found: list[_Event] = []
    was: FamilyRows | None = None
    for month, now in enumerate(lives, -1):
        if _is_awaited(now):
            continue
        found += _events(max(month, 0), was, now, first_child)
        was = now
    table = pd.DataFrame(found, columns=list(_Event._fields))
    return _with_calendar(table, scenario, EVENT_COLUMNS)


def series(lives: Sequence[FamilyRows], first_child: int, scenario: str) -> pd.DataFrame:
    """Return the measures of a family at the end of every month, columns SERIES_COLUMNS.

    Months before its arrival and after its departure are left out, and a child's before its birth
    and after it has left school for good.
    """
    import pandas as pd

    frames = []
    for person, child, months, measures in _measured(lives[1:], first_child):
        for measure, values in measures.items():
            table = pd.DataFrame({"month": months, "value": values})
            frames.append(table.assign(person=person, child=child, measure=measure))
    return _with_calendar(pd.concat(frames, ignore_index=True), scenario, SERIES_COLUMNS)


def stacked(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Return arrays of one dtype and shape (n,) as one (len(rows), n).

    NumPy's own `stack` works out a common dtype field by field, which takes longer than a run.
    """
    found = np.empty((len(rows), *rows[0].shape), rows[0].dtype)
    for k, one in enumerate(rows):
        found[k] = one
    return found


def _with_calendar(table: pd.DataFrame, scenario: str, columns: Sequence[str]) -> pd.DataFrame:
    calendar = [month_text(START_NUMBER + month) for month in table["month"]]
    return table.assign(scenario=scenario, calendar=calendar)[list(columns)]


def _is_awaited(rows: FamilyRows) -> bool:
    return int(rows.families["status"][0]) == Status.AWAITED


def _events(
    month: int, was: FamilyRows | None, now: FamilyRows, first_child: int
) -> Iterator[_Event]:
    yield from _family_events(month, was, now)
    for k in range(int(now.families["n_adults"][0])):
        before = None if was is None else was.adults[k]
        yield from _changed(month, f"adult {k + 1}", 0, "contract", before, now.adults[k], Contract)
    for k in range(now.children.size):
        before = None if was is None else was.children[k]
        yield from _child_events(month, k + 1, first_child + k, before, now.children[k])


def _family_events(month: int, was: FamilyRows | None, now: FamilyRows) -> Iterator[_Event]:
    before = None if was is None else was.families[0]
    after = now.families[0]
    yield from _changed(month, "family", 0, "status", before, after, Status)
    if before is None:
        yield _Event(month, "family", 0, "home", "", Housing(int(after["housing"])).name.lower())
    elif after["moved"] and after["status"] == Status.IN_NL:
        kind = MOVES[int(after["moved"])]
        old, new = (Housing(int(row["housing"])).name.lower() for row in (before, after))
        yield _Event(month, "family", 0, f"{kind}_move", old, new)
    elif before["housing"] != after["housing"]:
        yield from _changed(month, "family", 0, "home", before, after, Housing, field="housing")
    for field, event in (("is_registered", "registered"), ("is_poor", "poor")):
        was_so = None if before is None else before[field]
        if was_so != after[field] and (was_so is not None or after[field]):
            yield _Event(month, "family", 0, event, _yes(was_so), _yes(after[field]))
    begins = before is not None and after["course_hours_left"] > before["course_hours_left"]
    if begins:
        funder = FUNDERS[int(after["course_funder"])]
        yield _Event(month, "family", 0, "course", "", funder)


def _child_events(
    month: int,
    order: int,
    child: int,
    was: Any,  # noqa: ANN401 - a row of an array
    now: Any,  # noqa: ANN401
) -> Iterator[_Event]:
    person = f"child {order}"
    if int(now["stage"]) == Stage.UNBORN:
        return
    if was is None or was["stage"] != now["stage"]:
        old = "" if was is None else Stage(int(was["stage"])).name.lower()
        new = Stage(int(now["stage"])).name.lower()
        is_birth = old == "unborn"
        event = "born" if is_birth else "left_school" if new == "left" else "stage"
        yield _Event(month, person, child, event, "" if is_birth else old, new)
    if was is None:
        return
    if int(now["school_change_months"]) & 1:
        yield _Event(month, person, child, "school_change", "", "")
    if was["advice"] != now["advice"] and now["advice"]:
        advice = Track(int(now["advice"]) - 1).name.lower()
        yield _Event(month, person, child, "advice", "", advice)
    if now["has_repeated"] > was["has_repeated"]:
        yield _Event(month, person, child, "repeats", "", Stage(int(now["stage"])).name.lower())


def _changed(
    month: int,
    person: str,
    child: int,
    event: str,
    was: Any,  # noqa: ANN401 - a row of an array
    now: Any,  # noqa: ANN401
    names: type[Contract | Housing | Status],
    field: str = "",
) -> Iterator[_Event]:
    """Give an event when an enumeration has another value than before."""
    column = field or event
    old = "" if was is None else names(int(was[column])).name.lower()
    new = names(int(now[column])).name.lower()
    if old != new:
        yield _Event(month, person, child, event, old, new)


def _yes(value: Any) -> str:  # noqa: ANN401 - an element of an array, or None
    return "" if value is None else "yes" if value else "no"


def _measured(
    lives: Sequence[FamilyRows], first_child: int
) -> Iterator[tuple[str, int, np.ndarray, dict[str, np.ndarray]]]:
    """Give for every person: who, id of the child or 0, months, and measures over these months."""
    families = stacked([rows.families for rows in lives])[:, 0]
    here = np.isin(families["status"], (Status.IN_NL, Status.ABROAD_TEMP))
    months = np.flatnonzero(here)
    yield "family", 0, months, {name: families[name][here] for name in FAMILY_SERIES}
    for k in range(int(families["n_adults"][0])):
        adults = stacked([rows.adults for rows in lives])[here, k]
        yield f"adult {k + 1}", 0, months, {name: adults[name] for name in ADULT_SERIES}
    for k in range(lives[0].children.size):
        children = stacked([rows.children for rows in lives])[:, k]
        seen = here & (children["stage"] != Stage.UNBORN) & (children["stage"] < Stage.QUALIFIED)
        child = children[seen]
        yield f"child {k + 1}", first_child + k, np.flatnonzero(seen), _of_child(child)


def _of_child(child: np.ndarray) -> dict[str, np.ndarray]:
    made = {
        "language": child["language_z"] + child["gain_language"],
        "learning": child["learning_z"]
        + child["gain_learning"]
        + child["change_effect"]
        + child["crowding_effect"],
    }
    return {name: made[name] if name in made else child[name] for name in CHILD_SERIES}

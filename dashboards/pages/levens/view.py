"""What Levens says: made from a choice, twin lives and texts, as plain values, no state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from dashboards.figures.lives.beside import beside
from dashboards.figures.lives.known import cells
from dashboards.figures.lives.words import person_label, state_label, why
from dashboards.pages.levens.state import ANY, ENDINGS, FAMILY_TYPES, MUNICIPALITIES, START, Choice
from dashboards.pages.places import way_to_verken
from dashboards.pages.plans import own
from dashboards.pages.plans.titles import called
from dashboards.pages.words import title
from dashboards.service.lives import FAMILIES, Found, Life, chosen
from dashboards.service.prepared import TODAY
from dashboards.service.use_study import Looked
from dashboards.texts import Texts
from model.calendar import START_NUMBER, month_text
from model.policy.scenario import Scenario
from scenarios.pairs.find_twins import ALIKE, BETTER, DIRECTIONS, WORSE, Kind, PairRow
from scenarios.pairs.twin_lives import Divergence

OUTCOME = "vsv_vo_expected"
"""What the way to Verken shows: the lives are told by whether a child leaves school."""

KINDS: Mapping[str, tuple[Kind, ...]] = {"less": BETTER, "more": WORSE, "same": ALIKE}
YES_OR_NO = ("is_", "has_")
BITS = frozenset({"employed_months", "phase_limit", "leaving_left", "school", "moved"})
"""Fields whose numbers say nothing to a reader."""

Scenarios = Mapping[str, Scenario]
Row = dict[str, Any]


def question_row(choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return what can be chosen: the plan, how lives part, the place and the type of family."""
    plans = [
        {"value": name, "label": called(name, scenarios[name], t)}
        for name in scenarios
        if name != TODAY
    ]
    endings = [{"value": one, "label": t(f"lives.ending.{one}")} for one in ENDINGS]
    anything = {"value": ANY, "label": t("lives.asked.any")}
    places, types = (
        [anything, *({"value": one, "label": t(f"enum.{kind}.{one}")} for one in names)]
        for kind, names in (("municipality", MUNICIPALITIES), ("family_type", FAMILY_TYPES))
    )
    picks = (
        ("alternative", "beside", plans),
        ("ending", "ending", endings),
        ("municipality", "municipality", places),
        ("family_type", "family_type", types),
    )
    plan, *narrower = [
        {
            "name": name,
            "label": t(f"lives.asked.{label}"),
            "value": getattr(choice, name),
            "options": options,
        }
        for name, label, options in picks
    ]
    return {
        "words": t.part("question"),
        "lead": {
            "before": t("lives.asked.today"),
            "name": title(scenarios[TODAY], t),
            "after": "",
        },
        "fields": [plan | {"takes_own": True}],
        "more": {
            "title": t("lives.asked.narrow"),
            "open": any(one["value"] != one["options"][0]["value"] for one in narrower),
            "lines": [],
            "fields": narrower,
            "link": None,
        },
    }


def listed(choice: Choice, found: Found | None) -> list[PairRow]:
    """Return the families there are to see, of each direction in turn."""
    if found is None:
        return []
    rows = chosen(found.rows, choice.municipality, choice.family_type)
    ways = DIRECTIONS if choice.ending == ENDINGS[0] else (KINDS[choice.ending],)
    turns = zip_longest(*([row for row in rows if row.kind in kinds] for kinds in ways))
    return [row for turn in turns for row in turn if row is not None]


def seen(choice: Choice, rows: Sequence[PairRow]) -> PairRow | None:
    """Return the row of the child in view: the one chosen, else the first; None without any."""
    return next((row for row in rows if row.child == choice.child), next(iter(rows), None))


def is_missing(choice: Choice, found: Found | None, rows: Sequence[PairRow]) -> bool:
    """Return whether a child was asked for that is not there to see."""
    return (
        found is not None and bool(choice.child) and all(row.child != choice.child for row in rows)
    )


def waiting(looked: Looked[Any], t: Texts) -> str:
    """Return what stands where lives will be; empty once they are there."""
    if looked.state == "done":
        return ""
    if looked.state == "fault":
        return f"{t('compare.closer.fault')} {looked.fault}".strip()
    if looked.state == "full":
        return t("compare.closer.full")
    return t("compare.closer.percent", percent=str(looked.percent))


def one(choice: Choice, rows: Sequence[PairRow], told: str, life: Life | None, t: Texts) -> Row:
    """Return the family in view: who it is, the ones beside it, and where its lives part.

    `told` stands in its place while it is not there.
    """
    made: Row = {
        "words": t.part("lives.one"),
        "title": "",
        "place": "",
        "told": told,
        "before": 0,
        "next": 0,
        "parting": [],
    }
    row = seen(choice, rows)
    if row is None:
        return made | {"told": told or t("lives.nobody")}
    k = rows.index(row)
    return made | {
        "title": t("lives.of", family=str(row.family), child=str(row.child)),
        "place": t("lives.place", place=str(k + 1), n=str(len(rows))),
        "before": rows[k - 1].child,
        "next": rows[(k + 1) % len(rows)].child,
        "parting": [] if life is None else parting(life.divergence, t),
    }


def reasons(choice: Choice, found: Found, row: PairRow, scenarios: Scenarios, t: Texts) -> Row:
    """Return why this family is shown, how rare it is, and that it is no effect."""
    name = choice.alternative
    names = {
        "base": title(scenarios[TODAY], t),
        "alternative": called(name, scenarios[name], t),
    }
    rare = {
        "alike": t.number(row.alike),
        "n": t.number(found.n_families),
        "share": t.percent(row.alike / max(1, found.n_families), 1),
    }
    base, alternative = chances(row, t)
    if row.school_year:
        chance = t("lives.chance_year", year=row.school_year, base=base, alternative=alternative)
    else:
        chance = t("lives.chance_all", base=base, alternative=alternative)
    said = t(f"lives.why_{row.kind}", **names)
    words = t.part("lives.reasons")
    return {
        "words": words | {"caution": t("lives.reasons.caution", families=t.number(FAMILIES))},
        "why": [said, t(f"lives.rare_{row.kind}", **rare), chance],
        "way": way_to_verken(name, OUTCOME, choice, START),
    }


def chances(row: PairRow, t: Texts) -> tuple[str, str]:
    """Return the chances of leaving school in both lives, as the terminal prints them."""
    return t.two_percents(row.p_leave_base, row.p_leave_alternative)


def parting(divergence: Divergence | None, t: Texts) -> list[str]:
    """Return where two lives part, in sentences: the month, the cause, and what differs first."""
    if divergence is None:
        return [t("lives.together")]
    first = divergence.first
    field = str(first["field"])
    known = t.part("lives.field")
    what = known.get(field) or t("lives.small", field=field)
    sentences = [
        t("lives.parting", month=t.month(START_NUMBER + divergence.month)),
        t("lives.cause", why=why(divergence.cause, t)),
        t("lives.first", who=_who(str(first["person"]), t), what=what),
    ]
    if field not in BITS:
        base, alternative = (_value(field, str(first[life]), t) for life in ("base", "alternative"))
        sentences.append(t("lives.values", base=base, alternative=alternative))
    return sentences


def _who(person: str, t: Texts) -> str:
    return t("lives.family") if person == "family" else person_label(person, t)


def _value(field: str, value: str, t: Texts) -> str:
    """Return a value in words, or the number of the terminal as this language writes it."""
    if field.startswith(YES_OR_NO) and value in {"0", "1"}:
        return t("page.yes" if value == "1" else "page.no")
    try:
        number = float(value)
    except ValueError:
        return state_label(value, t)
    if "e" in value or number != number:  # noqa: PLR0124 - NaN
        return value
    return t.number(number, len(value.partition(".")[2]))


def pairs(choice: Choice, rows: Sequence[PairRow], t: Texts) -> Row:
    """Return the list of families: a row leads to its lives."""
    here = seen(choice, rows)
    return _table(
        "list",
        t,
        columns=("which", "what", "chance", "apart"),
        rows=[
            {
                "name": str(row.child),
                "value": row.child,
                "is_here": row is here,
                "cells": [
                    t("lives.of", family=str(row.family), child=str(row.child)),
                    t(f"pairs.twins.kind.{row.kind}"),
                    " → ".join(chances(row, t)),
                    month_text(START_NUMBER + row.parted) if row.parted >= 0 else t("lives.never"),
                ],
            }
            for row in rows
        ],
        help_text=t("lives.list.help"),
    )


def happens(choice: Choice, life: Life, scenarios: Scenarios, t: Texts) -> Row:
    """Return both lives beside each other, month by month, as the terminal prints them."""
    parted = None if life.divergence is None else life.divergence.month
    base, alternative = scenarios[TODAY], scenarios[choice.alternative]
    made = _table(
        "table",
        t,
        columns=("month", "who"),
        rows=[
            {
                "name": f"{k}",
                "value": 0,
                "is_here": row.month == parted,
                "cells": [
                    f"{row.calendar}{' *' if row.month == parted else ''}",
                    row.who,
                    row.base,
                    row.alternative,
                ],
            }
            for k, row in enumerate(beside(life.story, t))
        ],
        help_text="" if parted is None else t("lives.table.legend"),
    )
    plan = alternative.id if not own.is_own(choice.alternative) else f"{alternative.id}.toml"
    command = t("lives.command", base=TODAY, alternative=plan, child=str(life.story.child))
    made["columns"] += [title(base, t), called(choice.alternative, alternative, t)]
    return made | {"command": command}


def acquaintances(life: Life, t: Texts) -> Row:
    """Return whom the family knows, as it saw them when its lives parted, or at the end."""
    last = life.story.months - 1
    month = last if life.divergence is None else life.divergence.month
    about = t("lives.knows", n=str(len(life.known)), month=t.month(START_NUMBER + month))
    return _table(
        "known",
        t,
        columns=("family", "informed", "trust", "parted") if life.known else (),
        rows=[
            {
                "name": str(one.family),
                "value": 0,
                "is_here": False,
                "cells": [t("lives.of_family", family=str(one.family)), *cells(one, t)],
            }
            for one in life.known
        ],
        help_text=f"{about if life.known else t('lives.knows_nobody')} {t('lives.known.help')}",
    )


def _table(
    name: str, t: Texts, *, columns: Sequence[str], rows: Sequence[Row], help_text: str
) -> Row:
    return {
        "name": name,
        "title": t(f"lives.{name}.title"),
        "columns": [t(f"lives.{name}.{column}") for column in columns],
        "rows": list(rows),
        "help": help_text,
        "numbers": t("lives.table.numbers"),
        "again": t("lives.table.again"),
        "command": "",
    }

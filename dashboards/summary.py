"""What changed between two scenarios, in words that everybody reads.

A difference is called one only when it is large enough to see in the figures; below that the two
are "about the same". These limits are a choice of presentation, not a test of chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from dashboards.i18n import Texts, labels
from dashboards.panels import panel_title
from dashboards.series import Pair, line, lines
from dashboards.sheets import SCALE, SHEET, SHEETS, Sheet
from dashboards.tables import MISSING, SHOWN, shown
from model.errors import VeerkrachtError
from model.levers import BY_NAME
from model.scenario import Scenario
from scenarios.differences import Difference
from scenarios.differences import changes as changed_settings
from scenarios.explain import ExplainedRow, explain_rows

Direction = Literal["lower", "higher", "same", "unknown"]

SAME_BELOW: dict[str, float] = {
    "leaving_vo": 0.0002,
    "leaving_mbo": 0.001,
    "contracts": 0.01,
    "moves": 0.003,
    "language": 0.01,
}
"""Differences smaller than this are 'about the same', in the unit of the tidy table."""

PER = (100, 1000, 10_000)
"""A difference in shares is told as so many in so many: the first in which it is one or more."""


MANY = 2
"""A figure with more panels than this is not told panel by panel."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One outcome under both scenarios, over the last school years of the run taken together."""

    sheet: Sheet
    outcome: str
    base: float | None
    alternative: float | None

    @property
    def direction(self) -> Direction:
        """Whether the alternative lies lower or higher, or about the same."""
        if self.base is None or self.alternative is None:
            return "unknown"
        difference = self.alternative - self.base
        if abs(difference) < SAME_BELOW[self.sheet.name]:
            return "same"
        return "lower" if difference < 0 else "higher"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence and the direction it speaks of."""

    text: str
    direction: Direction


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A lever that the alternative sets elsewhere: its text, its standing, and what that means."""

    text: str
    status: str
    meaning: str
    assumption: str


def changes(pair: Pair) -> list[Change]:
    """Return every outcome of the page under both scenarios, in the order of the figures."""
    return [change(pair, sheet, outcome) for sheet in SHEETS for outcome in sheet.outcomes]


def change(pair: Pair, sheet: Sheet, outcome: str) -> Change:
    """Return one outcome under both scenarios."""
    return Change(
        sheet=sheet,
        outcome=outcome,
        base=line(pair, outcome, "base").last(),
        alternative=line(pair, outcome, "alternative").last(),
    )


def sentences(pair: Pair, t: Texts) -> list[Sentence]:
    """Return a sentence per outcome; contracts that stay as they are share one sentence."""
    found = changes(pair)
    told = [
        Sentence(text=sentence(item, t), direction=item.direction)
        for item in found
        if item.sheet is not SHEET["contracts"] or item.direction in {"lower", "higher"}
    ]
    contracts = [item for item in found if item.sheet is SHEET["contracts"]]
    if all(item.direction == "same" for item in contracts):
        told.append(Sentence(text=t("summary.contracts_same"), direction="same"))
    return told


def sentence(item: Change, t: Texts) -> str:
    """Return one outcome in words."""
    if item.base is None or item.alternative is None:
        return t("summary.unknown", what=t(f"outcome.{item.outcome}.label"))
    return t(
        f"summary.{item.sheet.kind}.{item.direction}",
        what=t(f"outcome.{item.outcome}.label"),
        base=shown(item.sheet, item.base, t),
        alternative=shown(item.sheet, item.alternative, t),
        difference=_difference(item.sheet, item.base, item.alternative, t),
    )


def _difference(sheet: Sheet, base: float, alternative: float, t: Texts) -> str:
    # Of the numbers as shown, so that whoever subtracts them finds the same.
    digits = sheet.decimals + round(math.log10(SCALE[sheet.kind]))
    distance = abs(round(alternative, digits) - round(base, digits))
    if sheet.kind != "percent":
        return shown(sheet, distance, t)
    many = next((many for many in PER if round(distance * many) >= 1), PER[-1])
    return t(
        "summary.so_many",
        count=t.number(distance * many),
        many=t.number(many),
        who=t(f"summary.who.{sheet.name}"),
    )


def lead(sheet: Sheet, pair: Pair, t: Texts) -> str:
    """Return what a figure shows in its last school year, for who does not see the figure.

    Of a figure with many panels only those are told in which base and alternative differ.
    """
    outcomes = sheet.outcomes
    if len(outcomes) > MANY:
        outcomes = tuple(name for name in outcomes if _differ_at_the_end(pair, sheet, name))
    years = line(pair, sheet.outcomes[0], "base").years
    year = years[-1] if years else MISSING
    if not outcomes:
        return t("summary.lead_same", year=year)
    told = (_lead_of(sheet, pair, outcome, t) for outcome in outcomes)
    return t("summary.lead", year=year, told=" ".join(told))


def _differ_at_the_end(pair: Pair, sheet: Sheet, outcome: str) -> bool:
    base, alternative = (item.last(1) for item in lines(pair, outcome, ("base", "alternative")))
    ends = Change(sheet=sheet, outcome=outcome, base=base, alternative=alternative)
    return ends.direction in {"lower", "higher"}


def _lead_of(sheet: Sheet, pair: Pair, outcome: str, t: Texts) -> str:
    values = [item.last(1) for item in lines(pair, outcome, SHOWN)]
    base, alternative, comparable = (shown(sheet, value, t) for value in values)
    return t(
        "summary.lead_one" if len(sheet.outcomes) == 1 else "summary.lead_many",
        what=panel_title(outcome, t),
        base=base,
        alternative=alternative,
        comparable=comparable,
    )


def settings(base: Scenario, alternative: Scenario, t: Texts) -> list[Setting]:
    """Return what the alternative sets elsewhere than the base, in words.

    Nothing when one of the two cannot be laid out over the months: their run says why.
    """
    try:
        differences = changed_settings(alternative, base)
        rows = explain_rows(alternative, base, labels(t.language), t.language)
    except VeerkrachtError:
        return []
    # The start of the bill shows as the start of what it governs.
    return [
        _setting(difference, row, t)
        for difference, row in zip(differences, rows, strict=True)
        if difference.name != "reform_start"
    ]


def _setting(difference: Difference, row: ExplainedRow, t: Texts) -> Setting:
    lever = BY_NAME[difference.name] if difference.kind == "lever" else None
    parts = [row.start, row.ramp, row.end]
    if difference.target is not None or difference.except_for:
        parts.append(t("summary.for_whom", whom=row.whom))
    text = t(
        "summary.setting",
        what=row.label,
        before=t.lever_value(lever, difference.old) if lever else row.old,
        after=t.lever_value(lever, difference.new) if lever else row.new,
        when=", ".join(part for part in parts if part),
    )
    if lever is None:
        return Setting(text=text, status=t("summary.world"), meaning="", assumption="")
    assumption = t("page.assumption") if lever.effect_grade == "D" else ""
    if not row.status:
        return Setting(text=text, status=t("summary.own"), meaning="", assumption=assumption)
    return Setting(
        text=text,
        status=t(f"status.{lever.status}.label"),
        meaning=t(f"status.{lever.status}.meaning"),
        assumption=assumption,
    )

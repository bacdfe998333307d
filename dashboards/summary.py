"""What changed between two scenarios, in words that everybody reads.

A difference is called one only when it is large enough to see in the figures; below that the two
are "about the same". These limits are a choice of presentation, not a test of chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dashboards import board
from dashboards.figures import SHEET, SHEETS, Sheet
from dashboards.i18n import Texts
from dashboards.series import Pair, line, lines
from dashboards.tables import MISSING, SHOWN, shown
from model.scenario import Scenario

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
"""A difference between shares is told as so many in so many: the first in which it is one or more."""


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
    status_meaning: str
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
        difference=_difference(item.sheet, abs(item.alternative - item.base), t),
    )


def _difference(sheet: Sheet, distance: float, t: Texts) -> str:
    if sheet.kind != "percent":
        return shown(sheet, distance, t)
    many = next((many for many in PER if round(distance * many) >= 1), PER[-1])
    return t("summary.so_many", count=t.number(distance * many), many=t.number(many))


def lead(sheet: Sheet, pair: Pair, t: Texts) -> str:
    """Return what a figure shows in its last school year, for who does not see the figure."""
    told = []
    for outcome in sheet.outcomes:
        values = [item.last(1) for item in lines(pair, outcome, SHOWN)]
        base, alternative, comparable = (shown(sheet, value, t) for value in values)
        told.append(
            t(
                "summary.lead_one" if len(sheet.outcomes) == 1 else "summary.lead_many",
                what=t(f"outcome.{outcome}.label"),
                base=base,
                alternative=alternative,
                comparable=comparable,
            )
        )
    years = line(pair, sheet.outcomes[0], "base").years
    return t("summary.lead", year=years[-1] if years else MISSING, told=" ".join(told))


def settings(base: Scenario, alternative: Scenario, t: Texts) -> list[Setting]:
    """Return what the alternative sets elsewhere than the base, in words."""
    found = [
        Setting(
            text=t(
                "summary.setting",
                what=t(f"lever.{item.lever.name}.label"),
                before=t.lever_value(item.lever, item.before.value),
                after=t.lever_value(item.lever, item.after.value),
                when=_when(item.after, t),
            ),
            status=t(f"status.{item.lever.status}.label"),
            status_meaning=t(f"status.{item.lever.status}.meaning"),
            assumption=t("summary.assumption") if item.lever.effect_grade == "D" else "",
        )
        for item in board.differences(base, alternative)
    ]
    return found + list(_of_the_world(base, alternative, t))


def _when(setting: board.Setting, t: Texts) -> str:
    when = "" if setting.start is None else t("summary.from", month=t.month(setting.start))
    return when + (t("summary.for_some") if setting.for_some else "")


def _of_the_world(base: Scenario, alternative: Scenario, t: Texts) -> Iterator[Setting]:
    for item in board.parameter_differences(base, alternative):
        start = "" if item.start is None else t("summary.from", month=t.month(item.start))
        end = "" if item.end is None else t("summary.until", month=t.month(item.end))
        what = t("summary.parameter", name=item.parameter, value=t.number(item.value, 2))
        yield Setting(text=what + start + end, status="", status_meaning="", assumption="")

"""What the alternative sets elsewhere than the base, in words that everybody reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboards.texts import Texts, labels
from dashboards.texts.scenario_words import ExplainedRow, rows_of
from model.calendar import START_NUMBER
from model.errors import VeerkrachtError
from model.policy.scenario import Scenario
from model.registry import BY_NAME
from scenarios.authoring.differences import Difference
from scenarios.authoring.differences import changes as changed_settings


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A lever that the alternative sets elsewhere: its text, its standing, and what that means."""

    text: str
    status: str
    meaning: str
    assumption: str


def settings(base: Scenario, alternative: Scenario, t: Texts) -> list[Setting]:
    """Return what the alternative sets elsewhere than the base, in words.

    Nothing when one of the two cannot be laid out over the months: their answer says why.
    """
    try:
        differences = _changed(base, alternative)
    except VeerkrachtError:
        return []
    rows = rows_of(differences, labels(t.language), t.language)
    # The start of the bill shows as the start of what it governs.
    return [
        _setting(difference, row, t)
        for difference, row in zip(differences, rows, strict=True)
        if difference.name != "reform_start"
    ]


def first_change(base: Scenario, alternative: Scenario) -> float | None:
    """Return the first month in which the alternative differs from the base.

    None when it never does, or when one of the two cannot be laid out over the months.
    """
    try:
        found = _changed(base, alternative)
    except VeerkrachtError:
        return None
    return min((one.start or START_NUMBER for one in found), default=None)


@lru_cache(maxsize=64)
def _changed(base: Scenario, alternative: Scenario) -> tuple[Difference, ...]:
    return changed_settings(alternative, base)


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

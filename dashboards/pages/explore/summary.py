"""What changed between two scenarios, in words that everybody reads."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.figures.panels import panel_title
from dashboards.figures.registry import SHEET, SHEETS, Sheet
from dashboards.figures.series import Pair, line, lines
from dashboards.figures.tables import SHOWN
from dashboards.texts import Texts, labels, look_words
from dashboards.texts.answer_words import over_time
from dashboards.texts.numbers import MISSING, level
from dashboards.texts.scenario_words import ExplainedRow, explain_rows
from model.errors import VeerkrachtError
from model.outcomes.registry import BY_OUTCOME
from model.policy.scenario import Scenario
from model.registry import BY_NAME
from scenarios.asking.paired_sums import PairedSums
from scenarios.authoring.differences import Difference
from scenarios.authoring.differences import changes as changed_settings
from scenarios.statistics.answer import Direction
from scenarios.statistics.words import Look, Word

MANY = 2
"""A figure with more panels than this is not told panel by panel."""


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


_DIRECTIONS: dict[Word, Direction] = {
    "less": "lower",
    "more": "higher",
    "small": "same",
    "none": "same",
}
"""The direction that a word speaks of; all other words speak of none."""


def sentences(sums: PairedSums, pair: Pair | None, t: Texts) -> list[Sentence]:
    """Return a sentence per outcome; contracts that stay as they are share one sentence.

    What one run adds about change over time is said to be of one run.
    """
    found = [(sheet, sums.look(outcome)) for sheet in SHEETS for outcome in sheet.outcomes]
    told_apart = {"less", "more", "seems_less", "seems_more"}
    told = [
        Sentence(text=_told(look, pair, t), direction=_DIRECTIONS.get(look.word, "unknown"))
        for sheet, look in found
        if sheet is not SHEET["contracts"] or look.word in told_apart
    ]
    words = {look.word for sheet, look in found if sheet is SHEET["contracts"]}
    if words <= {"none", "small"}:
        told.append(Sentence(text=t("summary.contracts_same"), direction="same"))
    return told


def _told(look: Look, pair: Pair | None, t: Texts) -> str:
    sentence = look_words.told(look, t).sentence
    changed = None if pair is None else pair.over_time(look.answer.outcome)
    if changed is None or pair is None:
        return sentence
    return f"{sentence} {t('summary.one_run', families=pair.families)} {over_time(changed, t)}"


def lead(sheet: Sheet, pair: Pair, t: Texts) -> str:
    """Return what a figure shows in its last school year, for who does not see the figure.

    Of a figure with many panels only those are told in which base and alternative differ.
    """
    outcomes = sheet.outcomes
    if len(outcomes) > MANY:
        outcomes = tuple(name for name in outcomes if _differ_at_the_end(pair, name))
    years = line(pair, sheet.outcomes[0], "base").years
    year = years[-1] if years else MISSING
    if not outcomes:
        return t("summary.lead_same", year=year)
    told = (_lead_of(sheet, pair, outcome, t) for outcome in outcomes)
    return t("summary.lead", year=year, told=" ".join(told))


def _differ_at_the_end(pair: Pair, outcome: str) -> bool:
    base, alternative = (item.last for item in lines(pair, outcome, ("base", "alternative")))
    if base is None or alternative is None:
        return False
    return abs(alternative - base) >= BY_OUTCOME[outcome].smallest.value


def _lead_of(sheet: Sheet, pair: Pair, outcome: str, t: Texts) -> str:
    values = [item.last for item in lines(pair, outcome, SHOWN)]
    base, alternative, comparable = (level(outcome, value, t) for value in values)
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

"""The words and tables of a report: the answer, its certainty, its assumptions, its making."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.figures.registry import SHEETS
from dashboards.texts import Texts, labels
from dashboards.texts.answer_words import certainty, over_time, sentence
from dashboards.texts.scenario_words import ExplainedRow, explain_rows
from model.errors import VeerkrachtError
from model.policy.channels import BY_CHANNEL
from model.policy.record import scenarios_in
from model.policy.scenario import Scenario
from model.registry import BY_NAME, BY_PARAMETER
from scenarios.format.manifest import Settings
from scenarios.pairs.attribution import DIRECT, WHOLE
from scenarios.runs.parameter_samples import POSTERIOR, source
from scenarios.runs.run import Ensemble
from scenarios.statistics.answers import answers as asked
from scenarios.statistics.over_time import over_times, told_as

if TYPE_CHECKING:
    import pandas as pd

ANSWERED = ("vsv_mbo_expected", "vsv_vo_expected")
"""Outcomes that the answer is about: expected school leaving, which is the headline."""

MOST_PARAMETERS = 12
"""Parameters in the table behind the channels, those of the largest channels first."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as it is read: a caption, headings, and rows of text."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Told:
    """The answer about one outcome, in a sentence, and how certain it is.

    `over_time` has the difference and the changes over time standardised; empty without any.
    """

    sentence: str
    certainty: str
    over_time: str


def title_of(scenario: Scenario, t: Texts) -> str:
    """Return the title of a scenario."""
    return scenario.title_nl if t.language == "nl" else scenario.title_en


def question_of(scenario: Scenario, t: Texts) -> str:
    """Return the question that a scenario answers."""
    return scenario.question_nl if t.language == "nl" else scenario.question_en


def caveat_of(scenario: Scenario, t: Texts) -> str:
    """Return what a reader has to keep in mind of a scenario."""
    return scenario.caveat_nl if t.language == "nl" else scenario.caveat_en


def scenarios_of(run: Ensemble) -> list[Scenario]:
    """Return the scenarios of a run as it was made, the base first."""
    return list(scenarios_in(run.about["scenarios"], str(run.folder)))


def held(run: Ensemble, outcomes: Sequence[str]) -> list[str]:
    """Return those outcomes that a run holds; one of another version may lack some."""
    return [outcome for outcome in outcomes if outcome in run.outcomes]


def answers(run: Ensemble, alternative: str, t: Texts) -> list[Told]:
    """Return the answers about an alternative: EU-11 children, the last school years together."""
    if not held(run, ANSWERED):
        return []
    found = asked(
        run,
        outcome=held(run, ANSWERED),
        scenario=alternative,
        population="eu11",
        dimension=told_as(run),
    )
    changed = {one.answer.outcome: over_time(one, t) for one in over_times(run, found)}
    return [
        Told(
            sentence=sentence(one, t),
            certainty=certainty(one, t),
            over_time=changed.get(one.outcome, ""),
        )
        for one in found
        if one.group == "all"
    ]


def caution(base: Scenario, alternative: Scenario, t: Texts) -> str:
    """Return the warning that belongs above every answer."""
    names = {row.name for row in differing(base, alternative, t) if row.name in BY_NAME}
    names.discard("reform_start")
    assumed = sum(BY_NAME[name].effect_grade == "D" for name in names)
    return t("report.answer.caution", assumed=str(assumed), all=str(len(names)))


def differing(base: Scenario, alternative: Scenario, t: Texts) -> list[ExplainedRow]:
    """Return what the alternative sets elsewhere than the base, in words."""
    try:
        return explain_rows(alternative, base, labels(t.language), t.language)
    except VeerkrachtError:
        return []


def moved_levers(base: Scenario, alternative: Scenario, t: Texts) -> Grid:
    """Return the levers that differ: from what to what, since when, and who stands behind them."""
    rows = []
    for row in differing(base, alternative, t):
        lever = BY_NAME.get(row.name)
        grades, status = "", t("summary.world")
        if lever is not None:
            status = f"{t(f'status.{lever.status}.label')} ({lever.status})"
            status = status if row.status else t("summary.own")
            grades = "; ".join(
                (
                    t("report.assumptions.value", grade=lever.grade),
                    t("report.assumptions.effect", grade=lever.effect_grade),
                )
            )
        when = ", ".join(part for part in (row.start, row.ramp, row.end) if part)
        change = f"{row.old} → {row.new} {row.unit}".strip()
        rows.append((row.label, change, when, status, row.letter_lines, grades))
    names = ("lever", "change", "start", "status", "lines", "grade")
    return Grid(
        caption=t("report.assumptions.text"),
        columns=[t(f"report.assumptions.{name}") for name in names],
        rows=rows,
    )


def behind_channels(parts: pd.DataFrame, run: Ensemble, t: Texts) -> Grid:
    """Return the parameters that carry the largest channels, with range, source and grade."""
    ways = parts[~parts["channel"].isin((DIRECT, WHOLE))]
    order = ways.sort_values("effect", key=abs, ascending=False)["channel"]
    used = run.parameters
    rows = []
    for channel in dict.fromkeys(map(str, order)):
        for name in BY_CHANNEL[channel].neutral:
            row = BY_PARAMETER[name]
            rows.append(
                (
                    t(f"report.channel.{channel}"),
                    name,
                    f"{used.get(name, row.value):g} {row.unit}",
                    " – ".join(f"{end:.3g}" for end in row.likely),
                    f"{row.grade} ({t(f'grade.{row.grade}.label')})",
                    row.source,
                )
            )
    names = ("way", "parameter", "used", "range", "grade", "source")
    return Grid(
        caption=t("report.assumptions.parameters_text"),
        columns=[t(f"report.assumptions.{name}") for name in names],
        rows=rows[:MOST_PARAMETERS],
    )


def ledger_line(t: Texts) -> str:
    """Return how many numbers of the model have which grade."""
    counts = Counter(row.grade for row in BY_PARAMETER.values())
    grades = {grade: str(counts[grade]) for grade in ("A", "B", "C", "D")}
    return t("report.assumptions.ledger", all=str(len(BY_PARAMETER)), **grades)


def digest_of(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a scenario as it stands in run.json."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def commands(run: Ensemble, t: Texts) -> list[tuple[str, str]]:
    """Return commands that make the numbers again, each with what it is for."""
    settings = run.about["settings"]
    families = settings["families"] or "all"
    again = (
        f"veerkracht compare {' '.join(run.scenarios)} --families {families}"
        f" --years {settings['years']} --seed {settings['seed']}"
        f" --replicates {len(run.replicates)} --draws {_draws(settings)} --out RUN"
    )
    return [
        (f"veerkracht verify {run.folder.name}", t("report.reproduce.check")),
        (again, t("report.reproduce.again") + _which_draws(settings, t)),
        (
            f"veerkracht report {run.folder.name} --language {t.language}",
            t("report.reproduce.this"),
        ),
    ]


def _draws(settings: Settings) -> str:
    """Return what `--draws` takes; a file is named by a word, for nobody knows where it lies."""
    is_own = settings["draws"] == "posterior" and settings["draws_from"] != _shipped_posterior()
    return FILE if is_own else settings["draws"]


def _which_draws(settings: Settings, t: Texts) -> str:
    if _draws(settings) != FILE:
        return ""
    sha = settings["draws_from"].removeprefix("posterior ")[:DIGITS]
    return "; " + t("report.reproduce.draws_file", file=FILE, sha=sha)


def _shipped_posterior() -> str:
    return source("posterior") if POSTERIOR.exists() else ""


FILE, DIGITS = "DRAWS", 16
"""What stands for a file of draws in a command, and how many digits of its checksum are told."""


def provenance(run: Ensemble, t: Texts) -> Grid:
    """Return seeds, sizes and digests of a run."""
    about, settings = run.about, run.about["settings"]
    seeds = ", ".join(f"{r}: {about['seeds'][str(r)]}" for r in run.replicates[:40])
    digests = "; ".join(f"{one['id']} {digest_of(one)[:16]}" for one in about["scenarios"])
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    values = {
        "scenarios": digests,
        "families": str(settings["families"] or t("report.reproduce.all")),
        "years": str(settings["years"]),
        "replicates": str(len(run.replicates)),
        "draws": str(settings["draws"]),
        "seed": str(settings["seed"]),
        "seeds": seeds + (" …" if len(run.replicates) > 40 else ""),  # noqa: PLR2004 - enough to read
        "code": about["code_digest"],
        "data": run.digest,
        "versions": f"{versions}; Python {about['python']}",
        "made": about["started"],
    }
    told = (*ANSWERED, *(outcome for sheet in SHEETS for outcome in sheet.outcomes))
    lacks = [outcome for outcome in dict.fromkeys(told) if outcome not in run.outcomes]
    if lacks:
        values["lacks"] = ", ".join(t(f"outcome.{outcome}.label") for outcome in lacks)
    rows = [(t(f"report.reproduce.{name}"), value) for name, value in values.items()]
    return Grid(caption="", columns=(), rows=rows)

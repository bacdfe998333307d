"""A report to hand over: one HTML file about a run, which needs no network and prints well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import plotly

from dashboards.proof.carriers import in_html
from dashboards.proof.record import Rows, proof_of, rows_of
from dashboards.report.channels import channels
from dashboards.report.methods import methods
from dashboards.report.sections import Drawn, differences, levels, meta_of, reached
from dashboards.report.words import (
    Grid,
    Told,
    answers,
    caution,
    caveat_of,
    commands,
    ledger_line,
    moved_levers,
    provenance,
    question_of,
    scenarios_of,
    title_of,
)
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import span
from model.errors import InputError
from model.outcomes.registry import last_years
from model.policy.scenario import Scenario
from scenarios.destinations import Destination, destination, is_page
from scenarios.runs.run import Ensemble

TEMPLATES = Path(__file__).with_name("templates")
REACH_FAMILIES = 2000
"""Families with whom a report looks who is reached."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """All that a report says of one alternative."""

    title: str
    question: str
    caveat: str
    caution: str
    basis: str
    answers: Sequence[Told]
    figures: Sequence[Drawn]
    reach: Sequence[Drawn]
    reach_text: str
    channels: Sequence[Drawn]
    channels_missing: str
    channels_commands: Sequence[str]
    channels_asked: Sequence[Mapping[str, Any]]
    levers: Grid
    parameters: Grid | None


def report(run: Ensemble, language: str, *, reach_families: int = REACH_FAMILIES) -> str:
    """Return the report of a run as HTML, in Dutch ("nl") or English ("en").

    Who is reached is looked at by living both scenarios once more with `reach_families` families
    (none when 0). Raises InputError when the run has one scenario only.
    """
    t = texts(language)
    base, sections = _sections(run, t, reach_families)
    template = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True
    ).get_template("handout.html")
    page = template.render(
        t=t,
        language=t.language,
        title=t("report.title", alternative=", ".join(section.title for section in sections)),
        subtitle=t("report.subtitle", base=title_of(base, t)),
        sections=sections,
        commands=[
            *commands(run, t),
            *((one, t("report.reproduce.ways")) for s in sections for one in s.channels_commands),
        ],
        provenance=provenance(run, t),
        ledger=ledger_line(t),
        methods=methods(run, t),
        plotly=_plotly(),
    )
    asked: dict[str, Any] = {"language": language, "reach_families": reach_families}
    if attributions := [one for section in sections for one in section.channels_asked]:
        asked["attributions"] = attributions
    return in_html(page, proof_of(run, "report", asked, _numbers(sections)))


def report_numbers(run: Ensemble, language: str, *, reach_families: int) -> dict[str, Rows]:
    """Return the numbers of a report without the report, to hold against those that it carries.

    Where a difference comes from is read from the folder of the run, as for a report.
    """
    return _numbers(_sections(run, texts(language), reach_families)[1])


def _sections(run: Ensemble, t: Texts, reach_families: int) -> tuple[Scenario, list[Section]]:
    base, *others = scenarios_of(run)
    if not others:
        raise InputError(t("report.no_runs"))
    return base, [_section(run, base, other, t, reach_families) for other in others]


def _numbers(sections: Sequence[Section]) -> dict[str, Rows]:
    """Return the numbers behind the figures by their titles."""
    return {
        f"{section.title}: {one.title}": rows_of(one.numbers)
        for section in sections
        for one in (*section.figures, *section.reach, *section.channels)
    }


def write_report(
    run: Ensemble, name: str | Path, language: str, *, reach_families: int, force: bool = False
) -> Destination:
    """Write the report of a run to a file, whole or not at all; return where.

    Raises InputError when that would harm what lies there (`scenarios.destinations`; `force` writes
    over any file), StorageError when the file cannot be written.
    """
    place = destination(name, is_page, ending=".html", force=force)
    place.write(report(run, language, reach_families=reach_families).encode())
    return place


def _section(
    run: Ensemble, base: Scenario, other: Scenario, t: Texts, reach_families: int
) -> Section:
    meta = meta_of(run, base, other)
    years, n = span(last_years(run.school_years), t), str(len(run.replicates))
    who, who_text = reached(run, base, other, reach_families, meta, t)
    ways = channels(run, base, other, meta, t)
    return Section(
        title=title_of(other, t),
        question=question_of(other, t),
        caveat=caveat_of(other, t),
        caution=caution(base, other, t),
        basis=t("report.answer.basis", years=years, replicates=n),
        answers=answers(run, other.id, t),
        figures=[*differences(run, other, meta, t), *levels(run, base, other, meta, t)],
        reach=who,
        reach_text=who_text,
        channels=ways.drawn,
        channels_missing=ways.missing,
        channels_commands=ways.commands,
        channels_asked=ways.asked,
        levers=moved_levers(base, other, t),
        parameters=ways.parameters,
    )


def _plotly() -> str:
    path = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return path.read_text("utf-8").replace("</script", "<\\/script")

"""What can be taken along of a comparison: files, its picture, and what differs from the base."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboards.exports.about import KINDS, Differs
from dashboards.figures.scales import OUTCOMES
from dashboards.pages import told
from dashboards.pages.vergelijk.closer import grid
from dashboards.pages.vergelijk.state import Choice
from dashboards.pages.words import title
from dashboards.service.prepared import TODAY
from dashboards.service.studied import FAMILIES, REPLICATES, Grouped
from dashboards.service.studies import Studies
from dashboards.service.use_study import Looked
from dashboards.texts import LANGUAGES, Texts, texts
from model.policy.scenario import Scenario

Row = dict[str, Any]


def offered(
    choice: Choice,
    looked: Looked[Grouped],
    picture: str,
    scenarios: grid.Scenarios,
    t: Texts,
) -> Row:
    """Return what can be taken along, once it is there; `picture` is the comparison as SVG."""
    names = " ".join(grid.named(name, scenarios) for name in (TODAY, *choice.compared))
    made: Row = {
        "words": t.part("compare.take"),
        "save": t.part("chart.save"),
        "told": grid.waiting(looked, t),
        "files": [],
        "picture": picture,
        "command": f"veerkracht compare {names} --families {FAMILIES} --replicates {REPLICATES}"
        " --out RUN",
    }
    if looked.found is not None:
        made["files"] = [
            {
                "label": t(f"compare.file.{kind}"),
                "help": t(f"compare.file.{kind}_help"),
                "address": f"data/{looked.key}/take/{kind}-{t.language}",
            }
            for kind in KINDS
        ]
    return made


def differs(base: Scenario, plans: Mapping[str, Scenario], t: Texts) -> list[Differs]:
    """Return for each plan (by its title) what it sets elsewhere than the base, in words."""
    return [
        (title, [one.text for one in told.settings(base, plan, t)]) for title, plan in plans.items()
    ]


def file_of[File](
    make: Callable[..., File], studies: Studies, key: str, kind: str, language: str
) -> File | None:
    """Return what was looked into under a key as a file; None for what is not there (any more).

    `make` is `dashboards.report.taken.taken`.
    """
    work = studies.find(key)
    found = None if work is None else work.found
    if not isinstance(found, Grouped) or kind not in KINDS or language not in LANGUAGES:
        return None
    t = texts(language)
    base, *others = found.plans
    plans = {f"{title(one, t)} ({one.id})": one for one in others}
    return make(found.run, kind, language, outcomes=OUTCOMES, differs=differs(base, plans, t))

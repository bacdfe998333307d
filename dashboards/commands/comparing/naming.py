"""What scenarios, people and outcomes are called in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dashboards.texts import Texts
from dashboards.texts.numbers import unit
from model.policy.record import from_record
from model.policy.scenario import Scenario

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble


def titles(run: Ensemble, t: Texts) -> dict[str, str]:
    """Return what the scenarios of a run are called, by id; a title that two have gets the id."""
    return titles_of(map(from_record, run.about["scenarios"]), t)


def titles_of(scenarios: Iterable[Scenario], t: Texts) -> dict[str, str]:
    """Return what scenarios are called, by id; a title that two have gets the id."""
    found = {}
    for one in scenarios:
        found[one.id] = one.title_nl if t.language == "nl" else one.title_en
    many = Counter(found.values())
    return {
        name: f"{title} ({name})" if many[title] > 1 else title for name, title in found.items()
    }


def label(outcome: str, t: Texts) -> str:
    """Return how people call an outcome."""
    return t(f"outcome.{outcome}.label")


def heading(outcome: str, t: Texts) -> str:
    """Return how people call an outcome, with its unit."""
    return f"{label(outcome, t)} ({unit(outcome, t)})"

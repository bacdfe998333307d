"""What every page says of scenarios and levers: titles, standing in the letter, assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.texts import Texts
from model.evidence.declaring import Lever
from model.policy.scenario import Scenario

STANDINGS = "KWRN"
Row = dict[str, Any]


def title(scenario: Scenario, t: Texts) -> str:
    """Return the title of a scenario in the language of the texts."""
    return scenario.title_en if t.language == "en" else scenario.title_nl


def marks(lever: Lever, t: Texts) -> list[Row]:
    """Return how a lever stands in the letter, and whether its effect is an assumption."""
    found = [
        mark("status", t(f"status.{letter}.label"), t(f"status.{letter}.meaning"))
        for letter in STANDINGS
        if letter in lever.status
    ]
    if lever.effect_grade == "D":
        found.append(mark("assumption", t("page.assumption"), t("grade.D.meaning")))
    return found


def mark(kind: str, label: str, meaning: str) -> Row:
    """Return a mark: its kind, what stands on it, and what that means."""
    return {"kind": kind, "label": label, "meaning": meaning}


def left_out(parts: Sequence[str], t: Texts) -> list[Row]:
    """Return the message about parts of an address that did not fit; none when all of it did."""
    if not parts:
        return []
    return [
        {
            "title": t("page.notice.dropped_title"),
            "text": t("page.notice.dropped", parts=", ".join(parts)),
        }
    ]

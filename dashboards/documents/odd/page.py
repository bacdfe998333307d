"""The page: its text stands in `text.md`, and a line `[[name]]` there is a table that is made.

Run `python -m dashboards.documents` after a change of state, rules, levers, parameters or outcomes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from dashboards.documents.odd import processes, rules, schedule, set_and_seen, variables

TEXT = Path(__file__).with_name("text.md")
PAGE = Path(__file__).parents[3] / "docs" / "odd.md"
PLACE = re.compile(r"^\[\[(\w+)\]\]$", re.MULTILINE)

TABLES: dict[str, Callable[[], str]] = {
    "entities": variables.entities,
    "variables": variables.variables,
    "enumerations": variables.enumerations,
    "schedule": schedule.schedule,
    "processes": processes.processes,
    "levers": set_and_seen.levers,
    "outcomes": set_and_seen.outcomes,
    "submodels": rules.submodels,
}
"""What can stand in the text, by the name of its place."""


def page() -> str:
    """Return the whole page as Markdown. Raises KeyError for a place without a table."""
    return PLACE.sub(lambda found: TABLES[found[1]](), TEXT.read_text("utf-8"))


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE

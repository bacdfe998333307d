"""How a page with plans asks: its lists, and plans of the visitor's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from solara.alias import rv

from dashboards.components.question import Plans, Question
from dashboards.pages.chosen import Chosen
from dashboards.pages.plans.given import Given

Row = Mapping[str, Any]


def asks[Choice](chosen: Chosen[Choice], given: Given, question: Row, plans: Row) -> None:
    """Show them where this is called; rows as `Question` and `Plans` take them."""
    with rv.Html(tag="div", class_="vk-asks"):
        Question(
            **question,
            undoable=chosen.can_undo,
            event_commit=chosen.commit,
            event_undo=chosen.undo,
            event_given=given.take,
        )
        Plans(**plans, event_given=given.take, event_name=given.name)

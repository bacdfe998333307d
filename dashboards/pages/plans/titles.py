"""What plans are called on a page, and those of a visitor's own as they can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboards.pages.plans import own
from dashboards.pages.words import title
from dashboards.texts import Texts
from model.policy.scenario import Scenario
from scenarios.files.load import SUFFIX

Row = dict[str, Any]


def called(name: str, scenario: Scenario, t: Texts) -> str:
    """Return the title of a scenario, and that it is the visitor's own where it is."""
    found = title(scenario, t)
    return t("compare.own_title", title=found) if own.is_own(name) else found


def listed(names: Iterable[str], scenarios: Mapping[str, Scenario], t: Texts) -> list[Row]:
    """Return the plans of one's own among those on a page, as they can be kept and downloaded."""
    return [
        {
            "value": name,
            "title": title(scenarios[name], t),
            "file": f"{scenarios[name].id}{SUFFIX}",
            "text": own.text_of(name) or "",
        }
        for name in dict.fromkeys(names)
        if own.is_own(name)
    ]

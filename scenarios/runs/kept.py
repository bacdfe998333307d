"""Sums of runs that were made before, kept in the cache under the question that was asked."""

from __future__ import annotations

import json
from collections.abc import Mapping

from model.disk import shelf
from model.disk.packing import packed, unpacked
from model.outcomes.sums import Sums
from model.policy.record import to_record
from model.policy.scenario import Scenario
from model.run.snapshot import made_by


def question(
    scenario: Scenario,
    reference: Scenario,
    *,
    families: int | None,
    months: int,
    seed: int,
    sample: Mapping[str, float],
    off: tuple[str, ...],
) -> str:
    """Return what a run was asked, and by which code it is answered: the same text, the same bits.

    Titles and texts of scenarios count for nothing.
    """
    asked = {
        "made by": made_by(),
        "scenario": _changes(scenario),
        "reference": _changes(reference),
        "sample": dict(sample),
        "off": sorted(off),
        "families": families,
        "months": months,
        "seed": seed,
    }
    return json.dumps(asked, sort_keys=True, default=repr)  # what cannot be used is refused later


def recalled(key: str) -> Sums | None:
    """Return the sums of all groups that were kept under a question; None when there are none."""
    content = shelf.get("answers", key)
    if content is None:
        return None
    try:
        about, arrays = unpacked(content)
        numbers, school_years = arrays["numbers"], tuple(about["school_years"])
        held, weights = arrays["held"], arrays["weights"]
    except (KeyError, TypeError, ValueError):
        return None
    is_whole = about.get("question") == json.loads(key) and (
        len(numbers) == len(held) == len(school_years)
    )
    return Sums(numbers, school_years, held, weights) if is_whole else None


def keep(key: str, sums: Sums) -> None:
    """Keep the sums of all groups under a question."""
    about = {"question": json.loads(key), "school_years": list(sums.school_years)}
    arrays = {"numbers": sums.numbers, "held": sums.held, "weights": sums.weights}
    shelf.put("answers", key, packed(about, arrays))


def _changes(scenario: Scenario) -> dict[str, object]:
    record = to_record(scenario)
    return {name: record[name] for name in ("levers", "parameters")}

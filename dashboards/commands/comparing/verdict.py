"""What the stop rule found, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from dashboards.commands.comparing.naming import label
from dashboards.texts import Texts
from dashboards.texts.numbers import differences, unsigned, with_unit
from scenarios.statistics.stopping_rule import Settled


def told(verdict: Settled, names: Mapping[str, str], t: Texts) -> str:
    """Return in plain words what the stop rule found, and which pairs are open.

    `names` are what the scenarios are called, by id.
    """
    words = {
        "n": str(verdict.n),
        "what": label(verdict.outcome, t).lower(),
        "order": " < ".join(names[one] for one in verdict.ranking),
        "error": t.percent(verdict.error),
    }
    if verdict.verdict != "unsettled":
        return t(f"terminal.{verdict.verdict}", **words)
    return " ".join([t("terminal.unsettled", **words), *_open(verdict, names, t)])


def _open(verdict: Settled, names: Mapping[str, str], t: Texts) -> Iterator[str]:
    """Yield each pair whose order is open, and how large a difference could still hide there."""
    still_open = verdict.pairs[~verdict.pairs["settled"]]
    for row in still_open.to_dict("records"):
        pair = {"first": names[str(row["first"])], "second": names[str(row["second"])]}
        size = max(abs(row["low"]), abs(row["high"]))
        if not math.isfinite(size):
            yield t("terminal.open_unknown", **pair)
            continue
        (written,) = differences(verdict.outcome, t, size)
        size_in_words = with_unit(verdict.outcome, unsigned(written), t)
        yield t("terminal.open_pair", size=size_in_words, **pair)
    needed = still_open["n_needed"].max()
    if math.isfinite(needed):
        yield t("terminal.needed", n=t.number(needed))

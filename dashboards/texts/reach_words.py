"""Why a lever reached nobody, in words."""

from __future__ import annotations

from dashboards.texts import Texts
from scenarios.pairs.why_not_reached import Reason


def why(reason: Reason, t: Texts) -> str:
    """Return in words why a lever reached nobody."""
    levers = [t(f"lever.{name}.label") for name in reason.levers]
    return t(
        f"pairs.reach.why.{reason.kind}",
        whom=t(f"pairs.reach.whom.{reason.whom}"),
        n=t.number(reason.n),
        levers=f" {t('pairs.reach.or')} ".join(levers),
        since=reason.since,
        months=t.number(reason.months),
    )

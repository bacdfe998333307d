"""Whom a family knows, in words: what it saw of each, in the base and in the alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dashboards.texts import Texts

if TYPE_CHECKING:
    import pandas as pd


class Known(NamedTuple):
    """Somebody the family knows, as it was seen when the lives parted: in the base, and beside it.

    `trust` is None for who is not in the country, `parted` the calendar month in which its own
    lives part, or empty.
    """

    family: int
    is_informed: tuple[bool, bool]
    trust: tuple[float | None, float | None]
    parted: str


def known(acquaintances: pd.DataFrame) -> tuple[Known, ...]:
    """Return the rows of a table of acquaintances (`scenarios.pairs.acquaintances`)."""
    return tuple(
        Known(
            family=int(row["family"]),
            is_informed=(bool(row["is_informed_base"]), bool(row["is_informed_alternative"])),
            trust=(
                float(row["trust_base"]) if row["is_here_base"] else None,
                float(row["trust_alternative"]) if row["is_here_alternative"] else None,
            ),
            parted=str(row["parted"]),
        )
        for row in acquaintances.to_dict("records")
    )


def cells(one: Known, t: Texts) -> list[str]:
    """Return what a family saw of another: informed, trust, and when the other's lives part."""
    informed, trust = [], []
    for is_informed, value in zip(one.is_informed, one.trust, strict=True):
        if value is None:
            informed.append(t("lives.away"))
            trust.append("–")
        else:
            informed.append(t("page.yes" if is_informed else "page.no"))
            trust.append(t.number(value, 2))
    return [_both(informed), _both(trust), one.parted or t("lives.never")]


def _both(values: Sequence[str]) -> str:
    return values[0] if values[0] == values[1] else " → ".join(values)

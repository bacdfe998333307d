"""Numbers in the terminal: a level in its unit, a difference with its interval, a probability."""

from __future__ import annotations

import math

from model.outcomes import BY_OUTCOME

ALMOST_SURE = 0.999
"""Probabilities above this are not told apart."""

MOST_DECIMALS = 6


def shown(outcome: str, value: float) -> str:
    """Return a value in its unit."""
    import pandas as pd

    if pd.isna(value):
        return "–"
    if _is_share(outcome):
        return f"{100 * value:.2f} %"
    return f"{value:,.{_decimals(outcome)}f}"


def differences(outcome: str, *values: float) -> list[str]:
    """Return a difference and the ends of its interval, with sign; shares in percentage points.

    All have as many decimals as the width of the interval needs for two figures.
    """
    import pandas as pd

    scale = 100.0 if _is_share(outcome) else 1.0
    known = [scale * value for value in values if not pd.isna(value)]
    half = (max(known, default=0.0) - min(known, default=0.0)) / 2.0 or abs(max(known, default=0.0))
    decimals = _decimals(outcome)
    if half > 0.0:
        decimals = max(decimals, min(MOST_DECIMALS, 1 - math.floor(math.log10(half))))
    return [
        "–" if pd.isna(value) else "0" if value == 0 else f"{scale * value:+,.{decimals}f}"
        for value in values
    ]


def certainty(p_sign: float) -> str:
    """Return the probability that a sign is right; chance is never put at certainty."""
    import pandas as pd

    if pd.isna(p_sign):
        return ""
    return f"{p_sign:.1%}" if p_sign < ALMOST_SURE else f">{ALMOST_SURE:.1%}"


def _is_share(outcome: str) -> bool:
    return BY_OUTCOME[outcome].unit.startswith("share")


def _decimals(outcome: str) -> int:
    if _is_share(outcome):
        return 2
    is_whole = BY_OUTCOME[outcome].unit.startswith("EUR") or BY_OUTCOME[outcome].level == "count"
    return 0 if is_whole else 3

"""Draws of the parameters, as somebody types them."""

from __future__ import annotations

from pathlib import Path

from model.registry import BY_PARAMETER
from scenarios.runs.parameter_samples import DRAWS, Asked, fitted_in


def asked(text: str) -> Asked:
    """Return the kind of draws, or the file of draws, that was typed."""
    known = next((kind for kind in DRAWS if kind == text), None)
    return Path(text).expanduser() if known is None else known


def unpinned(draws: Asked) -> tuple[str, ...]:
    """Return the free numbers that no figure was fitted with, by dotted name."""
    fitted = set(fitted_in(draws))
    return tuple(
        row.name for row in BY_PARAMETER.values() if row.is_free and row.name not in fitted
    )

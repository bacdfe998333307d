"""The style of all pages: tokens, and the sheet that uses them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dashboards.figures import tokens


@cache
def style() -> str:
    """Return the style sheet of the pages."""
    return tokens.css() + (Path(__file__).parent / "page.css").read_text("utf-8")

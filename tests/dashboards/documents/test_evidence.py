"""The page on evidence is current and complete."""

import re

from calibration.sources import load_sources
from dashboards.documents.evidence import PAGE, page
from model.registry import BY_PARAMETER


def test_the_page_is_current() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert written == page(), "run: python -m dashboards.documents"


def test_the_page_has_every_parameter_and_every_source() -> None:
    text = page()

    assert all(f"| `{name}` |" in text for name in BY_PARAMETER)
    assert all(f"| {key} |" in text for key in load_sources())


def test_the_page_says_which_children_and_what_the_grades_mean() -> None:
    text = page()

    assert re.search(r"48,500.*?not all children.*?92,000", text, re.DOTALL)
    assert "No number graded C or D may be shown as a finding" in text

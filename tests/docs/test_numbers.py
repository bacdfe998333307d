"""The numbers in the pages are written for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
NO_NUMBER = re.compile(r"(?<![\w`])[+−-]?(?:nan|inf)(?![\w`])|\d[eE]\+\d")
"""What a program says where a number is missing or has no end, and powers of ten."""


@pytest.mark.parametrize("page", sorted(str(one.relative_to(DOCS)) for one in DOCS.rglob("*.md")))
def test_no_page_has_a_number_that_people_do_not_read(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")

    assert NO_NUMBER.findall(text) == []


@pytest.mark.parametrize("text", ["(+nan to +nan)", "| -inf to 10 |", "8.7e+04"])
def test_such_numbers_are_found(text: str) -> None:
    assert NO_NUMBER.search(text)

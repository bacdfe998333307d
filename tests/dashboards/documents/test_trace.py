"""The page on what was verified has the numbers of today, and says nothing that no result gives."""

import re

import pytest

from dashboards.documents.trace import DOCS, PAGE, RESULTS, TEXT, page, told


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m dashboards.documents"


def test_every_number_has_a_place_and_every_page_and_test_is_there() -> None:
    root = DOCS.parent

    assert set(re.findall(r"\{(\w+)\}", TEXT.read_text("utf-8"))) == set(RESULTS)
    linked = re.findall(r"\]\(([\w/.]+)\)", page())
    assert [name for name in linked if not (DOCS / name).exists()] == []
    tests = re.findall(r"`(tests/[\w/.]+)`", page())
    assert tests
    assert [name for name in tests if not (root / name).exists()] == []


def test_a_number_that_its_page_no_longer_has_is_missed() -> None:
    with pytest.raises(ValueError, match=r"docs/sizes\.md says nothing like"):
        told("sizes.md", r"(\d+ unicorns)")()

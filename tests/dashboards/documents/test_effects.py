"""The page on effects is current and tells every scenario."""

from dashboards.documents.effects import PAGE, page
from scenarios import names


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m dashboards.documents"


def test_the_page_has_every_scenario_but_the_one_that_all_are_held_against() -> None:
    told = page()
    for name in names():
        assert (f"## {name}: " in told) == (name != "s01_reference")

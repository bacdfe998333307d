"""Aanbevelingen in a real browser, with the real model behind it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PLACE = "/aanbevelingen"
PATIENCE = 120_000
"""Milliseconds that an answer may take on a busy machine."""

SIZES = [(1400, 900), (1024, 768), (390, 844)]


def until_answered(page: Page) -> None:
    """Wait until every recommendation has its effect."""
    expect(page.locator(".vk-eleven li:not([data-n='0'])")).to_have_count(11, timeout=PATIENCE)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_first_effects_are_pictures_above_the_fold(
    app_page: Page, width: int, height: int, language: str
) -> None:
    app_page.set_viewport_size({"width": width, "height": height})
    app_page.goto(f"{PLACE}?language={language}")
    until_answered(app_page)
    rows = app_page.locator(".vk-eleven li")

    for row in (rows.nth(0), rows.nth(1)):
        expect(row.locator("svg")).to_be_in_viewport(ratio=1)
        expect(row.locator("strong")).not_to_be_empty()
    assert app_page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_recommendation_is_read_and_taken_back(app_page: Page) -> None:
    app_page.goto(PLACE)
    app_page.get_by_role("button", name="7 Stimuleer voorschool").click()

    expect(app_page.locator(".vk-one h2")).to_contain_text("7. Stimuleer voorschool")
    app_page.wait_for_function("location.search.includes('number=7')")
    app_page.get_by_role("button", name="Ongedaan maken").click()
    expect(app_page.locator(".vk-one h2")).to_contain_text("1. Heb oog")


def test_it_is_tried_in_verken_with_the_same_scenario_and_outcome(app_page: Page) -> None:
    app_page.goto(f"{PLACE}?number=7&outcome=language_at_4&language=en")
    app_page.get_by_role("link", name="Try this in Explore").click()

    expect(app_page.locator("#vk-alternative")).to_have_value("s15_preschool", timeout=PATIENCE)
    expect(app_page.locator("#vk-outcome")).to_have_value("language_at_4")
    expect(app_page.locator("html")).to_have_attribute("lang", "en")


def test_the_menu_leads_to_the_other_page_and_keeps_how_it_is_shown(app_page: Page) -> None:
    app_page.goto("/?language=en&theme=dark")
    app_page.get_by_role("link", name="Recommendations").click()

    expect(app_page.locator(".vk-eleven")).to_be_visible(timeout=PATIENCE)
    expect(app_page.locator("html")).to_have_attribute("lang", "en")
    expect(app_page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(app_page.get_by_role("link", name="Recommendations")).to_have_attribute(
        "aria-current", "page"
    )


def test_a_link_that_does_not_fit_opens_the_first_and_says_what_was_left_out(
    app_page: Page,
) -> None:
    app_page.goto(f"{PLACE}?number=12&outcome=wealth")

    expect(app_page.locator(".vk-one h2")).to_contain_text("1. ")
    expect(app_page.locator(".vk-notice")).to_contain_text("number=12, outcome=wealth")


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_nobody_is_kept_out(app_page: Page, language: str, theme: str) -> None:
    app_page.goto(f"{PLACE}?number=3&language={language}&theme={theme}")
    until_answered(app_page)
    for summary in app_page.locator(".vk-known summary").all():
        summary.click()

    assert Axe().run(app_page).response["violations"] == []

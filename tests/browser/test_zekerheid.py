"""Zekerheid in a real browser, with the real model behind it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PLACE = "/zekerheid"
PATIENCE = 120_000
"""Milliseconds that an answer may take on a busy machine."""

SIZES = [(1400, 900), (1024, 768), (390, 844), (3840, 2160)]


def test_it_can_be_read_at_every_size_in_both_languages(app_page: Page) -> None:
    for language in ("nl", "en"):
        app_page.goto(f"{PLACE}?language={language}")
        expect(app_page.locator(".vk-sure")).not_to_have_attribute("data-n", "0", timeout=PATIENCE)
        for width, height in SIZES:
            app_page.set_viewport_size({"width": width, "height": height})
            expect(app_page.locator(".vk-three")).to_be_in_viewport()
            expect(app_page.locator("[data-set='luck'] svg")).to_be_visible()
            bar, line = (
                app_page.locator(f"[data-set='luck'] {part}").bounding_box()
                for part in (".vk-grade-bar", ".vk-axis")
            )
            assert bar is not None
            assert line is not None
            assert line["width"] > 150
            assert bar["x"] >= line["x"] - 1
            assert app_page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_plan_and_outcome_stand_in_the_address_and_are_taken_back(app_page: Page) -> None:
    app_page.goto(PLACE)
    app_page.locator("#vk-scenario").select_option("s15_preschool")
    app_page.wait_for_function("location.search.includes('scenario=s15_preschool')")
    app_page.locator("#vk-outcome").select_option("language_at_4")
    app_page.wait_for_function("location.search.includes('outcome=language_at_4')")
    expect(app_page.locator("#vk-sure-title")).to_contain_text("Nederlands op 4 jaar")
    app_page.get_by_role("button", name="Ongedaan maken").click()

    expect(app_page.locator("#vk-sure-title")).to_contain_text("Schoolverlaten vo")
    expect(app_page.locator("#vk-scenario")).to_have_value("s15_preschool")


def test_a_headline_of_the_first_page_leads_here_with_its_outcome(app_page: Page) -> None:
    app_page.goto("/?language=en&alternative=s15_preschool")
    card = app_page.locator("[data-outcome='language_at_12']")
    card.get_by_role("link", name="How sure is this?").click(timeout=PATIENCE)

    expect(app_page.locator("#vk-outcome")).to_have_value("language_at_12", timeout=PATIENCE)
    expect(app_page.locator("#vk-scenario")).to_have_value("s15_preschool")
    expect(app_page.locator("html")).to_have_attribute("lang", "en")
    expect(app_page.locator(".vk-sure .vk-notice")).to_have_count(0)


def test_a_link_that_does_not_fit_says_what_was_left_out(app_page: Page) -> None:
    app_page.goto(f"{PLACE}?scenario=s01_reference&outcome=wealth")

    expect(app_page.locator(".vk-notice")).to_contain_text("scenario=s01_reference, outcome=wealth")


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_nobody_is_kept_out(app_page: Page, language: str, theme: str) -> None:
    app_page.goto(f"{PLACE}?language={language}&theme={theme}&plan=changed")
    expect(app_page.locator(".vk-sure")).not_to_have_attribute("data-n", "0", timeout=PATIENCE)
    for summary in app_page.locator(".vk-known summary").all():
        summary.click()

    assert Axe().run(app_page).response["violations"] == []

"""Levens in a real browser, with the real model behind it: one visitor who walks the page."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PLACE = "/levens"
PATIENCE = 120_000
"""Milliseconds that a search may take on a busy machine."""

PICTURE = ".vk-lanes svg rect"


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """Return what keeps people out."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_families_are_followed_narrowed_taken_back_and_shared(app_page: Page) -> None:
    app_page.set_viewport_size({"width": 1400, "height": 900})
    app_page.goto(PLACE)
    title = app_page.locator("#vk-family-title")
    expect(app_page.locator(PICTURE).first).to_be_in_viewport(timeout=PATIENCE)
    first = title.inner_text()
    expect(app_page.locator(".vk-parting")).to_contain_text("gaan de twee levens uit elkaar")
    expect(app_page.locator(".vk-reasons")).to_contain_text("Dit is geen effect")
    assert app_page.locator("[data-table=list] tbody tr").count() >= 3
    assert faults(app_page) == []

    app_page.get_by_role("button", name="Volgende gezin").click()
    expect(title).not_to_have_text(first)
    app_page.wait_for_function("/child=\\d+/.test(location.search)")
    second = title.inner_text()
    app_page.get_by_role("button", name="Ongedaan maken").click()
    expect(title).to_have_text(first)
    app_page.locator("[data-table=list] tbody button").nth(1).click()
    expect(title).to_have_text(second)

    with app_page.expect_download() as download:
        app_page.locator(".vk-lanes .vk-save button", has_text="SVG").click()
    assert "Dit is geen effect" in download.value.path().read_text("utf-8")

    shared = app_page.url.replace("?", "?language=en&theme=dark&")
    app_page.set_viewport_size({"width": 1024, "height": 768})
    app_page.goto(shared)
    expect(app_page.locator(PICTURE).first).to_be_in_viewport(timeout=PATIENCE)
    expect(title).to_contain_text(re.sub(r"\D+", ".*", second).split(".*")[1])
    expect(app_page.locator("[data-table=list] [aria-pressed=true]")).to_have_count(1)
    assert faults(app_page) == []

    app_page.set_viewport_size({"width": 390, "height": 844})
    expect(app_page.locator(PICTURE).first).to_be_in_viewport()
    assert app_page.evaluate("document.documentElement.scrollWidth") <= 390
    app_page.locator(".vk-question summary").click()
    app_page.locator("#vk-ending").select_option("same")
    expect(app_page.locator(".vk-reasons")).to_contain_text("everybody in this family ends")
    for summary in app_page.locator("[data-table] summary").all():
        summary.click()
    assert faults(app_page) == []


def test_what_is_not_there_is_said(app_page: Page) -> None:
    app_page.goto(f"{PLACE}?alternative=s20_border&child=9999999&ending=worst")

    expect(app_page.locator(".vk-family")).to_contain_text(
        "Zo’n gezin is er niet bij", timeout=PATIENCE
    )
    expect(app_page.locator(".vk-notice")).to_contain_text("ending=worst, child=9999999")
    assert faults(app_page) == []
    app_page.get_by_role("link", name="Vergelijk").click()
    way = app_page.get_by_role("link", name="Volg een gezin").first
    expect(way).to_have_attribute("href", "levens?alternative=s02_bandwidth", timeout=PATIENCE)

"""The first page in a real browser, with the real model behind it and no network but loopback.

Every test fails on an error in the page and on any request that leaves the server.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from dashboards.figures.registry import SHEETS

SMALL = "/?families=500&years=5"
FIGURES = tuple(sheet.name for sheet in SHEETS)
DUTCH_NUMBER, ENGLISH_NUMBER = re.compile(r"\d,\d\d%"), re.compile(r"\d\.\d\d%")
PATIENCE = 120_000
"""Milliseconds that a run of the model may take on a busy machine."""


def figure(page: Page, name: str) -> Locator:
    return page.locator(f"[data-figure={name}]")


def until_drawn(page: Page) -> None:
    """Wait until all figures show what was asked last."""
    expect(page.locator(".vk-status")).to_have_attribute("data-state", "ready", timeout=PATIENCE)
    drawn = page.locator("[data-figure][aria-busy=false]:not([data-key=''])")
    expect(drawn).to_have_count(len(FIGURES), timeout=PATIENCE)


def until_changed(page: Page, before: set[str]) -> None:
    """Wait until all figures show another pair of runs than before."""
    page.wait_for_function(
        """before => [...document.querySelectorAll('[data-figure]')]
          .every(one => !before.includes(one.dataset.key))""",
        arg=sorted(before),
        timeout=PATIENCE,
    )
    until_drawn(page)


def keys(page: Page) -> set[str]:
    """Return the names of the pairs of runs that the figures show."""
    found = page.locator("[data-figure]").evaluate_all("all => all.map(one => one.dataset.key)")
    return set(found)


def drawn_lines(page: Page, name: str) -> str:
    """Return the lines of a figure as they stand in the picture."""
    lines = figure(page, name).locator(".js-line")
    return str(lines.evaluate_all("all => all.map(line => line.getAttribute('d')).join()"))


def separators(page: Page) -> str:
    """Return with which signs the first figure writes its numbers."""
    return str(page.evaluate("document.querySelector('.vk-plot').layout.separators"))


def address(page: Page) -> str:
    return str(page.evaluate("location.href"))


@pytest.fixture
def small(app_page: Page) -> Page:
    """Give the page with its figures drawn, for few families and few years."""
    app_page.goto(SMALL)
    until_drawn(app_page)
    return app_page


def test_the_page_opens_with_every_figure_drawn(small: Page) -> None:
    for name in FIGURES:
        expect(figure(small, name).locator(".js-line")).not_to_have_count(0)

    assert len(keys(small)) == 1


def test_figures_speak_dutch_at_first(small: Page) -> None:
    expect(small.locator("html")).to_have_attribute("lang", "nl")
    expect(small.get_by_role("heading", name="Wat verandert er?")).to_be_visible()
    expect(figure(small, "leaving_vo").locator(".vk-lead")).to_contain_text(DUTCH_NUMBER)
    assert separators(small) == ",."


def test_the_language_can_be_changed_without_a_new_run(small: Page) -> None:
    before = keys(small)
    small.get_by_role("button", name="English", exact=True).click()

    expect(small.locator("html")).to_have_attribute("lang", "en")
    expect(small.get_by_role("heading", name="What changes?")).to_be_visible()
    expect(figure(small, "leaving_vo").locator(".vk-lead")).to_contain_text(ENGLISH_NUMBER)
    small.wait_for_function("document.querySelector('.vk-plot').layout.separators === '.,'")
    small.wait_for_function("location.search.includes('language=en')")
    assert keys(small) == before


def test_a_slider_moved_by_keyboard_changes_the_figures(small: Page) -> None:
    before, picture = keys(small), drawn_lines(small, "moves")
    slider = small.get_by_label("Wonen los van werk")
    slider.focus()
    small.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "25% van deze woningen")
    small.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "100% van deze woningen")

    small.wait_for_function("location.search.includes('housing_decoupled=1')")
    until_changed(small, before)
    assert drawn_lines(small, "moves") != picture


def test_the_last_picture_stays_until_the_new_one_is_there(small: Page) -> None:
    before, picture = keys(small), drawn_lines(small, "contracts")
    # Note what is drawn at every moment in which the figure says that it is an old one.
    small.evaluate(
        """() => {
          const card = document.querySelector('[data-figure=contracts]');
          const lines = () => [...card.querySelectorAll('.js-line')];
          window.seen = [];
          new MutationObserver(() => {
            if (card.getAttribute('aria-busy') !== 'true') return;
            window.seen.push(lines().map(line => line.getAttribute('d')).join());
          }).observe(card, { attributes: true, attributeFilter: ['aria-busy'] });
        }"""
    )
    small.get_by_label("Nulurencontract afgeschaft").focus()
    small.keyboard.press("Space")
    until_changed(small, before)

    assert small.evaluate("window.seen") == [picture]
    assert drawn_lines(small, "contracts") != picture


def test_a_run_shows_how_far_it_is(app_page: Page) -> None:
    app_page.goto("/?families=all&years=20")
    bar = app_page.get_by_role("progressbar", name="Voortgang van de berekening")

    expect(bar).to_be_visible(timeout=PATIENCE)
    expect(app_page.locator(".vk-progress-text")).to_have_text(
        re.compile(r"Rekent: \d+% \(\d+ van (240|480) maanden\)"), timeout=PATIENCE
    )
    # Nobody waits for this run any more once the visitor has gone to another page.
    app_page.goto(SMALL)
    until_drawn(app_page)


def test_what_stands_in_the_link_is_what_is_shown(app_page: Page) -> None:
    app_page.goto(f"{SMALL}&base=s00_frozen_2023&housing_decoupled=0.8&language=en&nonsense=1")
    until_drawn(app_page)

    expect(app_page.get_by_label("Base", exact=True)).to_have_value("s00_frozen_2023")
    expect(app_page.get_by_label("Housing apart from work")).to_have_attribute(
        "aria-valuetext", "80% of these homes"
    )
    expect(app_page.locator(".vk-notice")).to_contain_text("nonsense=1")
    assert "nonsense" not in address(app_page)
    assert "housing_decoupled=0.8" in address(app_page)


def test_assumptions_are_marked_as_such(app_page: Page) -> None:
    app_page.goto(f"{SMALL}&housing_decoupled=0.8")
    until_drawn(app_page)

    item = app_page.locator(".vk-settings li").filter(has_text="Wonen los van werk")
    expect(item).to_contain_text("effect is een aanname")
    expect(app_page.get_by_text("Dit is geen voorspelling.")).to_be_visible()


def test_every_figure_has_its_numbers_as_a_table(small: Page) -> None:
    for name in FIGURES:
        figure(small, name).locator("summary").click()
        rows = figure(small, name).get_by_role("row")
        expect(rows.first).to_be_visible()
        expect(rows).to_have_count(5 if name.startswith("leaving") else 6)


@pytest.mark.parametrize(("button", "ending"), [("Data (CSV)", ".csv"), ("Plaatje (PNG)", ".png")])
def test_every_figure_can_be_taken_along(small: Page, button: str, ending: str) -> None:
    with small.expect_download() as waiting:
        figure(small, "moves").get_by_text(button).click()
    saved = waiting.value

    assert saved.suggested_filename == f"veerkracht-moves-s01_reference-s02_bandwidth{ending}"
    content = saved.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbfline,scenario" if ending == ".csv" else b"\x89PNG")


@pytest.mark.parametrize("width", [360, 412, 768, 1400])
def test_nothing_sticks_out_sideways(app_page: Page, width: int) -> None:
    app_page.set_viewport_size({"width": width, "height": 800})
    app_page.goto(SMALL)
    until_drawn(app_page)
    sticking_out = app_page.evaluate(
        """() => [...document.querySelectorAll('.vk-all *')]
          .filter(one => !one.closest('.vk-scroll, .vk-hidden, .vk-skip, .modebar'))
          .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.outerHTML.slice(0, 80))"""
    )

    assert app_page.evaluate("document.documentElement.scrollWidth") <= width
    assert sticking_out == []


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1024, 768), (390, 844)])
def test_the_answer_is_a_picture_above_the_fold(app_page: Page, width: int, height: int) -> None:
    app_page.set_viewport_size({"width": width, "height": height})
    app_page.goto(SMALL)
    cards = app_page.locator(".vk-answer")
    expect(cards).to_have_count(4, timeout=PATIENCE)

    expect(app_page.locator(".vk-message")).to_be_in_viewport(ratio=1)
    expect(cards.first.locator(".vk-dot")).not_to_have_count(0)
    expect(cards.first.locator("svg")).to_be_in_viewport(ratio=1)


def test_how_far_a_run_is_stays_in_sight_while_a_phone_scrolls(app_page: Page) -> None:
    app_page.set_viewport_size({"width": 360, "height": 740})
    app_page.goto(SMALL)
    until_drawn(app_page)
    app_page.get_by_label("Extra onderwijsuren").scroll_into_view_if_needed()

    expect(app_page.locator(".vk-status")).to_be_in_viewport()
    expect(app_page.get_by_label("Extra onderwijsuren")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "language"), [(1400, "nl"), (360, "en")])
def test_the_page_has_no_known_barrier(app_page: Page, width: int, language: str) -> None:
    app_page.set_viewport_size({"width": width, "height": 900})
    app_page.goto(f"{SMALL}&language={language}")
    until_drawn(app_page)
    found = Axe().run(app_page)

    assert found.response["violations"] == []


def test_the_page_can_be_enlarged(small: Page) -> None:
    content = small.locator("meta[name=viewport]").get_attribute("content")

    assert content is not None
    assert "user-scalable" not in content


def test_charts_cannot_be_sent_to_others(small: Page) -> None:
    expect(figure(small, "moves").locator(".modebar-btn")).to_have_count(0)

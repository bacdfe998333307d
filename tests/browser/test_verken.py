"""Verken in a real browser, with the real model behind it and no network but loopback.

Every test fails on an error in the page and on any request that leaves the server.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

SMALL = "/?years=5"
PATIENCE = 120_000
"""Milliseconds that an answer may take on a busy machine."""

SIZES = [(1400, 900), (1024, 768), (390, 844)]
DUTCH_NUMBER, ENGLISH_NUMBER = re.compile(r"\d,\d"), re.compile(r"\d\.\d")


def pill(page: Page) -> Locator:
    return page.locator(".vk-pill")


def key(page: Page) -> str:
    """Return which answer the page shows."""
    return str(page.locator(".vk-answer").get_attribute("data-key"))


def until_answered(page: Page) -> None:
    """Wait until the answer to what was asked last is there, with its charts."""
    expect(pill(page)).to_have_attribute("data-state", "ready", timeout=PATIENCE)
    expect(page.locator(".vk-chart .vk-line").first).to_be_visible(timeout=PATIENCE)


def until_changed(page: Page, before: str) -> None:
    """Wait until another answer is shown, and no more comes of it."""
    expect(page.locator(".vk-answer")).not_to_have_attribute("data-key", before, timeout=PATIENCE)
    until_answered(page)


def drawn(page: Page, chart: str) -> str:
    """Return the lines of a chart as they stand in the picture."""
    lines = page.locator(f"[data-chart={chart}] .vk-line")
    return str(lines.evaluate_all("all => all.map(line => line.getAttribute('d')).join()"))


def address(page: Page) -> str:
    return str(page.evaluate("location.href"))


@pytest.fixture
def small(app_page: Page) -> Page:
    """Give the page with its answer, for few years."""
    app_page.goto(SMALL)
    until_answered(app_page)
    return app_page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_answer_is_a_picture_above_the_fold(
    app_page: Page, width: int, height: int, language: str
) -> None:
    app_page.set_viewport_size({"width": width, "height": height})
    app_page.goto(f"{SMALL}&language={language}")
    cards = app_page.locator(".vk-card")
    expect(cards).to_have_count(4, timeout=PATIENCE)

    expect(app_page.locator(".vk-message")).to_be_in_viewport(ratio=1)
    expect(cards.first.locator(".vk-dot")).not_to_have_count(0)
    expect(cards.first.locator("svg")).to_be_in_viewport(ratio=1)
    if width == SIZES[0][0]:
        for chart in ("levels", "differences"):
            expect(app_page.locator(f"[data-chart={chart}]")).to_be_in_viewport(ratio=1)


def test_the_page_speaks_dutch_at_first(small: Page) -> None:
    expect(small.locator("html")).to_have_attribute("lang", "nl")
    expect(small.locator(".vk-card").first).to_contain_text("Schoolverlaten vo")
    expect(small.locator("[data-chart=levels] .vk-tick").first).to_contain_text(DUTCH_NUMBER)


def test_the_language_can_be_changed_without_asking_anew(small: Page) -> None:
    before = key(small)
    small.get_by_role("button", name="English", exact=True).click()

    expect(small.locator("html")).to_have_attribute("lang", "en")
    expect(small.locator(".vk-card").first).to_contain_text("Leaving school")
    expect(small.locator("[data-chart=levels] .vk-tick").first).to_contain_text(ENGLISH_NUMBER)
    small.wait_for_function("location.search.includes('language=en')")
    assert key(small) == before


def test_a_slider_moved_by_keyboard_changes_the_answer(small: Page) -> None:
    before, picture = key(small), drawn(small, "differences")
    slider = small.get_by_label("Woning los van de baan", exact=True)
    slider.focus()
    small.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "100% van deze woningen")

    small.wait_for_function("location.search.includes('housing_decoupled=1')")
    until_changed(small, before)
    assert drawn(small, "differences") != picture


def test_the_browser_says_working_before_the_server_knows(small: Page) -> None:
    before = key(small)
    said = small.evaluate(
        """() => {
          const slider = document.getElementById('vk-housing_decoupled');
          slider.value = slider.max;
          slider.dispatchEvent(new Event('input'));
          slider.dispatchEvent(new Event('change'));
          return new Promise((told) => Promise.resolve().then(() => setTimeout(() =>
            told(document.documentElement.dataset.state))));
        }"""
    )

    assert said == "working"
    until_changed(small, before)


def test_what_is_undone_is_as_it_was(small: Page) -> None:
    before = key(small)
    small.get_by_label("Woning los van de baan", exact=True).focus()
    small.keyboard.press("End")
    until_changed(small, before)
    small.get_by_role("button", name="Ongedaan maken").click()

    expect(small.locator(".vk-answer")).to_have_attribute("data-key", before, timeout=PATIENCE)
    small.wait_for_function("!location.search.includes('housing')")


def test_help_opens_by_key_and_by_touch(small: Page) -> None:
    ask = small.get_by_role("button", name="Uitleg: Woning los van de baan")
    ask.focus()
    small.keyboard.press("Enter")
    expect(small.locator("#vk-help-housing_decoupled")).to_be_visible()
    ask.click()
    expect(small.locator("#vk-help-housing_decoupled")).to_be_hidden()


def test_who_comes_with_a_group_finds_the_hall(app_page: Page) -> None:
    app_page.goto(SMALL)
    app_page.locator(".vk-more summary").first.click()
    app_page.locator(".vk-more a").first.click()

    expect(app_page).to_have_url(re.compile(r"/zaal$"))
    expect(app_page.locator("h1")).to_be_visible()


def test_a_guess_is_drawn_while_a_slider_is_dragged_between_two_answers(small: Page) -> None:
    before = key(small)
    small.get_by_label("Woning los van de baan", exact=True).focus()
    small.keyboard.press("End")
    until_changed(small, before)
    number = small.locator(".vk-big").first.inner_text()
    small.evaluate(
        """() => {
          const slider = document.getElementById('vk-housing_decoupled');
          slider.value = 12;
          slider.dispatchEvent(new Event('input'));
        }"""
    )

    drawn_cards = small.locator(".vk-card svg")
    expect(small.locator(".vk-guess")).to_have_count(drawn_cards.count())
    expect(small.locator(".vk-guess-words").first).to_have_text("schatting tijdens schuiven")
    assert small.locator(".vk-big").first.inner_text() == number


def test_what_stands_in_the_link_is_what_is_shown(app_page: Page) -> None:
    app_page.goto(f"{SMALL}&base=s00_frozen_2023&housing_decoupled=0.8&language=en&nonsense=1")
    until_answered(app_page)

    expect(app_page.locator("#vk-base")).to_have_value("s00_frozen_2023")
    expect(app_page.locator("#vk-housing_decoupled")).to_have_attribute(
        "aria-valuetext", "80% of these homes"
    )
    expect(app_page.locator(".vk-notice")).to_contain_text("nonsense=1")
    assert "nonsense" not in address(app_page)
    assert "housing_decoupled=0.8" in address(app_page)


def test_assumptions_are_marked_as_such(app_page: Page) -> None:
    app_page.goto(f"{SMALL}&housing_decoupled=0.8")
    until_answered(app_page)

    item = app_page.locator(".vk-summary li").filter(has_text="Wonen los van werk")
    expect(item).to_contain_text("effect is een aanname")
    expect(app_page.get_by_text("Dit is geen voorspelling.", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 412, 768, 1400])
def test_nothing_sticks_out_sideways(app_page: Page, width: int) -> None:
    app_page.set_viewport_size({"width": width, "height": 800})
    app_page.goto(SMALL)
    until_answered(app_page)
    sticking_out = app_page.evaluate(
        """() => [...document.querySelectorAll('.vk-all *')]
          .filter(one => !one.closest('.vk-scroll, .vk-hidden, .vk-skip, .vk-cards, svg'))
          .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.outerHTML.slice(0, 80))"""
    )

    assert app_page.evaluate("document.documentElement.scrollWidth") <= width
    assert sticking_out == []


def test_on_a_phone_the_answer_stays_in_sight_beside_the_sliders(app_page: Page) -> None:
    app_page.set_viewport_size({"width": 390, "height": 844})
    app_page.goto(SMALL)
    until_answered(app_page)
    slider = app_page.get_by_label("Extra lesuren per week", exact=True)
    slider.evaluate("one => one.scrollIntoView({ block: 'end' })")

    expect(app_page.locator(".vk-card svg").first).to_be_in_viewport(ratio=1)
    expect(slider).to_be_in_viewport()


def test_a_room_reads_the_answer_from_ten_metres(app_page: Page) -> None:
    app_page.set_viewport_size({"width": 1920, "height": 1080})
    app_page.goto(f"{SMALL}&screen=far")
    until_answered(app_page)
    sizes = app_page.evaluate(
        """() => ['.vk-message', '.vk-big', '.vk-range', '.vk-word', '.vk-tick', '.vk-label']
          .map(one => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"""
    )

    # On a screen two metres high, ten minutes of arc are 16 of 1,080 lines: the height of an x.
    assert min(sizes) >= 28
    expect(app_page.locator(".vk-card svg").last).to_be_in_viewport(ratio=1)
    for chart in ("levels", "differences"):
        expect(app_page.locator(f"[data-chart={chart}] svg")).to_be_in_viewport(ratio=1)

    # What other assumptions change comes last, and takes two lines of the narrowest card.
    app_page.locator(".vk-card .vk-small").evaluate_all(
        "all => all.forEach(one => one.textContent = 'Andere aannames: −16,3 tot −10,8 (40 keer"
        " geprobeerd).')"
    )
    expect(app_page.locator(".vk-card").last).to_be_in_viewport(ratio=1)
    expect(app_page.locator(".vk-chart").last).to_be_in_viewport(ratio=1)
    clash = app_page.locator("[data-chart=differences] svg").evaluate(
        """drawn => {
          const boxes = [...drawn.querySelectorAll('text')].map(one => one.getBoundingClientRect());
          return boxes.some((one, k) => boxes.slice(k + 1).some(two => one.left < two.right
            && two.left < one.right && one.top + 2 < two.bottom && two.top + 2 < one.bottom));
        }"""
    )
    assert not clash


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_the_page_has_no_known_barrier(app_page: Page, language: str, theme: str) -> None:
    app_page.goto(f"{SMALL}&language={language}&theme={theme}")
    until_answered(app_page)

    # On a desk, on the same desk enlarged to twice the size, and on a phone.
    for width in (1400, 700, 390):
        app_page.set_viewport_size({"width": width, "height": 900})
        for state in ("ready", "working", "silent", "lost", "fault"):
            app_page.evaluate(
                "state => { document.documentElement.dataset.state = state;"
                " document.querySelector('.vk-pill').dataset.state = state; }",
                state,
            )
            found = Axe().run(app_page).response["violations"]
            assert found == [], f"{state} at {width}"


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_a_question_without_an_answer_says_why_where_the_answer_would_be(
    app_page: Page, language: str, theme: str
) -> None:
    app_page.goto(f"{SMALL}&alternative=s22_downturn&language={language}&theme={theme}")
    expect(pill(app_page)).to_have_attribute("data-state", "fault", timeout=PATIENCE)

    expect(app_page.locator(".vk-answer .vk-fault")).to_contain_text("2030")
    expect(app_page.locator(".vk-answer .vk-fault")).to_be_in_viewport(ratio=1)
    expect(app_page.locator("#vk-outcome")).to_have_count(0)
    assert Axe().run(app_page).response["violations"] == []

    app_page.locator(".vk-fault button").click()
    until_answered(app_page)
    assert "years=5" not in address(app_page)


def test_the_page_can_be_enlarged(small: Page) -> None:
    content = small.locator("meta[name=viewport]").get_attribute("content")

    assert content is not None
    assert "user-scalable" not in content

"""Plans of a visitor's own in a real browser: kept under a name, chosen again on every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

PATIENCE = 120_000
NAME = '<img src=x onerror="document.title=1"> één & "twee"'
"""A name that would do harm if a page took it for HTML."""

SHELF = "veerkracht.plans"
BOARD = "/?course_hours=250&years=5"


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """Return what keeps people out."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def opened(page: Page, address: str) -> None:
    """Open a page and its list of own plans."""
    page.goto(address)
    page.locator(".vk-plans summary").click()


def kept(page: Page, name: str = NAME) -> None:
    """Keep what stands on the board under a name, and see that it was."""
    row = page.locator("[data-plan=board]")
    row.get_by_role("textbox").fill(name)
    row.get_by_role("button").click()
    expect(page.locator(".vk-plans [role=status]")).to_contain_text("Bewaard.", timeout=PATIENCE)


def labels(page: Page) -> list[str]:
    """Return the names of the plans that the page lists as kept."""
    found = page.locator("[data-plan=kept] input")
    return [one.input_value() for one in found.all()]


def test_what_is_on_the_board_is_kept_under_a_name_and_chosen_on_every_page(
    app_page: Page,
) -> None:
    opened(app_page, BOARD)
    kept(app_page)
    chosen = app_page.locator("#vk-alternative option:checked")
    expect(chosen).to_have_text(f"{NAME} (eigen plan)")
    app_page.wait_for_function("location.search.includes('alternative=own.')")
    expect(app_page.locator("[data-plan=board]")).to_have_count(0)
    expect(app_page.locator("#vk-course_hours")).to_have_attribute(
        "aria-valuetext", "250 uur per deelnemer"
    )
    with app_page.expect_download() as download:
        app_page.get_by_role("button", name="Download als bestand").click()
    assert "course_hours = " in download.value.path().read_text("utf-8")
    assert faults(app_page) == []

    app_page.goto("/?years=5")
    app_page.locator("#vk-alternative").select_option(label=NAME)
    expect(chosen).to_have_text(f"{NAME} (eigen plan)", timeout=PATIENCE)

    app_page.goto("/vergelijk")
    app_page.locator("#vk-second").select_option(label=NAME)
    heading = app_page.locator(".vk-compared thead th").nth(2)
    expect(heading).to_have_text(f"{NAME} (eigen plan)", timeout=PATIENCE)

    app_page.goto("/levens")
    app_page.locator("#vk-alternative").select_option(label=NAME)
    expect(chosen).to_have_text(f"{NAME} (eigen plan)", timeout=PATIENCE)
    expect(app_page.locator(".vk-lanes svg rect").first).to_be_visible(timeout=2 * PATIENCE)
    assert "Veerkracht" in app_page.title()
    assert app_page.locator("img[src=x]").count() == 0
    assert faults(app_page) == []


def test_a_plan_is_renamed_removed_and_put_back_and_another_window_sees_it(app_page: Page) -> None:
    opened(app_page, BOARD)
    kept(app_page, "eerste")
    other = app_page.context.new_page()
    opened(other, "/vergelijk?second=&third=")
    expect(other.locator("[data-plan=kept]")).to_have_count(1)
    app_page.locator("#vk-course_hours").evaluate(
        "one => { one.value = 0; one.dispatchEvent(new Event('change')); }"
    )
    expect(app_page.locator("[data-plan=board]")).to_have_count(1)
    kept(app_page, "tweede")
    expect(other.locator("[data-plan=kept]")).to_have_count(2)

    row = other.locator("[data-plan=kept]").nth(1)
    row.get_by_role("textbox").fill("eerste")
    row.get_by_role("button", name="Hernoem").click()
    expect(other.get_by_role("alert")).to_contain_text("Er is al een plan met deze naam")
    row.get_by_role("textbox").fill("derde")
    row.get_by_role("button", name="Hernoem").click()
    expect(other.locator(".vk-plans [role=status]")).to_contain_text("Hernoemd", timeout=PATIENCE)
    expect(app_page.locator("[data-plan=kept] input").nth(1)).to_have_value("derde")
    assert labels(other) == ["eerste", "derde"]

    # What was kept in one window is not lost when the other writes.
    app_page.get_by_role("button", name="Verwijder eerste").click()
    expect(other.locator("[data-plan=kept]")).to_have_count(1)
    app_page.reload()
    app_page.locator(".vk-plans summary").click()
    assert labels(app_page) == ["derde"]
    app_page.get_by_role("button", name="Verwijder derde").click()
    app_page.locator(".vk-plans").get_by_role("button", name="Zet terug").click()
    assert labels(app_page) == ["derde"]

    other.get_by_role("button", name="Gebruik derde").click()
    second = other.locator("#vk-second option:checked")
    expect(second).to_have_text("derde (eigen plan)", timeout=PATIENCE)
    other.close()


FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
FORBIDDEN = """for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, {
    configurable: true,
    get() { throw new DOMException('', 'SecurityError'); },
  });
}"""


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (FULL, "De opslag van deze browser is vol"),
        (FORBIDDEN, "Deze browser mag hier niets bewaren"),
    ],
)
def test_a_browser_that_cannot_keep_says_so_and_the_plan_can_be_downloaded(
    app_page: Page, broken: str, told: str
) -> None:
    app_page.add_init_script(broken)
    opened(app_page, BOARD)
    row = app_page.locator("[data-plan=board]")
    row.get_by_role("textbox").fill("mijn plan")
    row.get_by_role("button").click()

    expect(app_page.locator(".vk-plans [role=alert]").first).to_contain_text(told, timeout=PATIENCE)
    expect(app_page.locator(".vk-plans [role=status]")).to_have_text("")
    with app_page.expect_download() as download:
        app_page.get_by_role("button", name="Download als bestand").click()
    assert download.value.suggested_filename == "mijn_plan.toml"
    assert faults(app_page) == []


def test_what_is_no_plan_any_more_is_refused_with_words(app_page: Page) -> None:
    app_page.goto("/levens")
    app_page.evaluate(
        "([shelf, text]) => localStorage.setItem(shelf, text)",
        [SHELF, '[{"label": "oud", "value": "own.AAAA"}, {"label": 3}, null]'],
    )
    opened(app_page, "/levens")
    assert labels(app_page) == ["oud"]
    app_page.get_by_role("button", name="Gebruik oud").click()

    expect(app_page.locator(".vk-refused h2")).to_contain_text("oud", timeout=PATIENCE)
    expect(app_page.locator("#vk-alternative")).to_have_value("s02_bandwidth")
    app_page.evaluate("shelf => localStorage.setItem(shelf, '{broken')", SHELF)
    opened(app_page, "/levens")
    assert labels(app_page) == []


@pytest.mark.parametrize("place", ["/", "/levens"])
def test_a_file_with_mistakes_is_answered_with_their_places(app_page: Page, place: str) -> None:
    wrong = b'id = "s05_flex_law"\ntitle = 3\n[levers]\ncourse_hour = 1\n'
    opened(app_page, place)
    file = FilePayload(name="plan.toml", mimeType="text/plain", buffer=wrong)
    app_page.locator("#vk-file").set_input_files(files=[file])

    places = app_page.locator(".vk-refused li")
    expect(places).to_have_count(3, timeout=PATIENCE)
    assert [one.get_attribute("data-line") for one in places.all()] == ["1", "2", "4"]
    expect(app_page.locator("#vk-alternative")).to_have_value("s02_bandwidth")

"""Vergelijk in a real browser, with the real model behind it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

PLACE = "/vergelijk"
PATIENCE = 120_000
"""Milliseconds that an answer may take on a busy machine."""

SIZES = [(1400, 900), (1024, 768), (390, 844)]


def until_answered(page: Page, scenarios: int = 3) -> None:
    """Wait until every scenario has its column."""
    there = page.locator(".vk-compared thead th[data-n]:not([data-n='0'])")
    expect(there).to_have_count(scenarios, timeout=PATIENCE)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_first_differences_are_pictures_above_the_fold(
    app_page: Page, width: int, height: int, language: str
) -> None:
    app_page.set_viewport_size({"width": width, "height": height})
    app_page.goto(f"{PLACE}?language={language}")
    until_answered(app_page)
    cells = app_page.locator(".vk-compared tbody tr").first.locator("td")

    expect(cells.first.locator("svg")).to_be_in_viewport(ratio=1)
    expect(cells.first.locator("strong")).not_to_be_empty()
    assert app_page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_scenario_and_another_outcome_are_compared_and_taken_back(app_page: Page) -> None:
    app_page.goto(PLACE)
    app_page.locator("#vk-third").select_option("s15_preschool")

    expect(app_page.locator(".vk-compared thead th").last).to_contain_text("Voorschool")
    until_answered(app_page)
    app_page.get_by_role("button", name="Gedwongen verhuizen").click()
    expect(app_page.locator(".vk-ranked h2")).to_contain_text("Gedwongen verhuizen")
    expect(app_page.locator(".vk-ranked ul li")).to_have_count(6)
    app_page.wait_for_function(
        "location.search.includes('third=s15_preschool')"
        " && location.search.includes('outcome=forced_moves')"
    )
    for _ in range(2):
        app_page.get_by_role("button", name="Ongedaan maken").click()
    expect(app_page.locator("#vk-third")).to_have_value("s19_housing")


def test_a_number_is_the_one_that_can_be_downloaded(app_page: Page) -> None:
    app_page.goto(f"{PLACE}?first=s04_chain&second=&third=")
    # Nobody else asks for this plan, so no more replicates come than are shown now.
    done = app_page.locator(".vk-compared thead th[data-n='20']")
    expect(done).to_have_count(1, timeout=PATIENCE)
    app_page.locator(".vk-compared summary").click()
    link = app_page.locator(".vk-compared details a").first
    href = link.get_attribute("href")
    assert href is not None
    found = app_page.request.get(f"{app_page.url.split(PLACE)[0]}/{href}")

    assert found.ok
    written = app_page.locator("[data-outcome=vsv_vo_expected] td strong").inner_text()
    together = found.text().splitlines()[-1].split(",")
    change = 10_000 * float(together[7])
    digits = len(written.partition(",")[2])
    shown = float(written.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    # What is written has fewer digits than what is shown was rounded from.
    assert abs(shown - change) <= 0.6 * 10.0**-digits


def test_what_stands_on_the_board_is_compared_kept_and_downloaded(app_page: Page) -> None:
    app_page.goto("/?course_hours=250")
    app_page.get_by_role("link", name="Vergelijk dit plan met andere").click()
    title = "Mijn versie van: Bandbreedtecontract"
    first = app_page.locator("#vk-first option:checked")
    expect(first).to_contain_text(title, timeout=PATIENCE)
    until_answered(app_page)
    app_page.locator(".vk-more summary").click()
    app_page.locator("[data-plan=own] button[type=submit]").click()
    expect(app_page.locator("[data-plan=kept]")).to_have_count(1, timeout=PATIENCE)
    with app_page.expect_download() as download:
        app_page.get_by_role("button", name="Download als bestand").click()

    assert "course_hours = " in download.value.path().read_text("utf-8")
    app_page.goto(PLACE)
    app_page.locator(".vk-more summary").click()
    app_page.get_by_role("button", name=f"Gebruik {title}").click()
    third = app_page.locator("#vk-third option:checked")
    expect(third).to_contain_text(title, timeout=PATIENCE)


def test_a_file_with_mistakes_is_answered_with_their_places(app_page: Page) -> None:
    wrong = b'id = "s05_flex_law"\ntitle = 3\n[levers]\ncourse_hour = 1\n'
    app_page.goto(PLACE)
    app_page.locator(".vk-more summary").click()
    file = FilePayload(name="plan.toml", mimeType="text/plain", buffer=wrong)
    app_page.locator("#vk-file").set_input_files(files=[file])

    places = app_page.locator(".vk-refused li")
    expect(places).to_have_count(3, timeout=PATIENCE)
    assert [one.get_attribute("data-line") for one in places.all()] == ["1", "2", "4"]
    until_answered(app_page)
    found = Axe().run(app_page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    expect(app_page.locator("#vk-third")).to_have_value("s19_housing")


@pytest.mark.parametrize(("language", "theme"), [("nl", "light"), ("en", "dark")])
def test_nobody_is_kept_out(app_page: Page, language: str, theme: str) -> None:
    app_page.goto(f"{PLACE}?language={language}&theme={theme}")
    until_answered(app_page)

    assert Axe().run(app_page).response["violations"] == []


@pytest.mark.parametrize(("language", "width"), [("nl", 1400), ("en", 1024), ("nl", 390)])
def test_groups_and_places_are_looked_at_more_closely(
    app_page: Page, language: str, width: int
) -> None:
    app_page.set_viewport_size({"width": width, "height": 844})
    app_page.goto(f"{PLACE}?language={language}&second=&third=&view=groups")
    rows = app_page.locator("[data-closer=letter_group] tbody tr")
    expect(rows).to_have_count(3, timeout=2 * PATIENCE)
    assert Axe().run(app_page).response["violations"] == []
    app_page.locator(".vk-tabs button").nth(2).click()
    expect(app_page.locator("[data-tile=rotterdam]")).to_be_visible(timeout=2 * PATIENCE)

    assert Axe().run(app_page).response["violations"] == []
    assert app_page.evaluate("document.documentElement.scrollWidth") <= width
    app_page.wait_for_function("location.search.includes('view=municipalities')")


def test_years_stand_in_charts_and_a_table_and_a_chart_is_taken_along(app_page: Page) -> None:
    app_page.goto(f"{PLACE}?third=")
    until_answered(app_page, 2)

    expect(app_page.locator(".vk-look .vk-chart")).to_have_count(3)
    expect(app_page.locator("[data-closer=years] tbody tr").first).to_contain_text("2023/24")
    for label in ("SVG", "PNG"):
        with app_page.expect_download() as download:
            app_page.locator(".vk-look .vk-save button", has_text=label).first.click()
        content = download.value.path().read_bytes()
        if label == "SVG":
            text = content.decode()
            assert "Dit is anders dan nu" in text
            assert "Bandbreedtecontract" in text
        else:
            assert content.startswith(b"\x89PNG")


def test_what_is_seen_fits_on_one_sheet_with_a_note(app_page: Page) -> None:
    app_page.goto(f"{PLACE}?view=take")
    until_answered(app_page)
    app_page.locator("textarea").fill("Voor de wethouder.")
    app_page.evaluate("window.print = () => {}")
    app_page.get_by_role("button", name="Druk één A4 af").click()
    sheets = app_page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    app_page.emulate_media(media="print")
    expect(app_page.locator("#vk-note")).to_have_text("Voor de wethouder.")
    expect(app_page.locator(".vk-differ li").first).to_be_visible()
    expect(app_page.locator(".vk-takes")).to_be_hidden()


@pytest.mark.parametrize(("language", "width"), [("nl", 1400), ("en", 390)])
def test_flows_of_contracts_are_drawn_and_stand_in_a_table(
    app_page: Page, language: str, width: int
) -> None:
    app_page.set_viewport_size({"width": width, "height": 844})
    app_page.goto(f"{PLACE}?language={language}&second=&third=&view=flows")
    pictures = app_page.locator("svg[data-flows]")
    expect(pictures).to_have_count(2, timeout=2 * PATIENCE)

    for picture in pictures.all():
        assert picture.locator("path").count() > 10
        # No name is cut off at the edge of its picture.
        assert picture.evaluate(
            """svg => {
              const edge = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('text')].map((one) => one.getBoundingClientRect())
                .every((box) => box.left >= edge.left - 1 && box.right <= edge.right + 1
                  && box.top >= edge.top - 1);
            }"""
        )
    rows = app_page.locator("[data-closer=flows] tbody tr")
    assert rows.count() == 15
    # What is drawn of today's policy is what the table says of it.
    drawn = pictures.first.locator("path title").all_text_contents()
    way, share = (rows.first.locator(one).first.inner_text() for one in ("th", "td strong"))
    assert any(way.strip() in one and share in one for one in drawn)
    assert Axe().run(app_page).response["violations"] == []
    assert app_page.evaluate("document.documentElement.scrollWidth") <= width

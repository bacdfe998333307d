"""The report in a real browser: drawn without a network, readable on a phone and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboards.report.report import write_report
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.pairs.attribution import attribute, keep_attribution
from scenarios.runs.run import run_pairs

POLICY = Scenario(
    id="more_care",
    title_nl="Meer zorg",
    title_en="More care",
    question_nl="Helpt betere toegang tot zorg?",
    question_en="Does better access to care help?",
    levers=(LeverChange(lever="care_access_level", value=0.9),),
)
PHONE_WIDTH, PAPER_WIDTH = 390, 690


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("handed_over")
    size: dict[str, Any] = {"families": 60, "years": 4}
    run = run_pairs(
        (FROZEN_2023, POLICY), **size, replicates=range(3), out=folder / "run", workers=1
    )
    parts = attribute(FROZEN_2023, POLICY, channels=("absence",), replicates=2, **size)
    keep_attribution(parts, folder / "run")
    path: Path = folder / "report.html"
    write_report(run, path, "nl", reach_families=40)
    return path.as_uri()


@pytest.fixture
def opened(page: Page, address: str) -> Page:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("request", lambda one: faults.append(one.url) if one.url != address else None)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-ready", "yes")
    assert [fault for fault in faults if not fault.startswith(("data:", "blob:"))] == []
    return page


def test_every_figure_is_drawn_without_a_network(opened: Page) -> None:
    places = opened.locator(".figure")

    assert places.count() == opened.locator(".figure svg.main-svg").locator("nth=0").count() * 9
    assert opened.locator(".figure .plot-container").count() == places.count()


def test_it_fits_on_a_phone_and_on_paper(opened: Page) -> None:
    for width in (PHONE_WIDTH, PAPER_WIDTH):
        opened.set_viewport_size({"width": width, "height": 900})
        opened.reload()
        expect(opened.locator("html")).to_have_attribute("data-ready", "yes")
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        drawn = "[...document.querySelectorAll('.main-svg')].map(one => one.clientWidth)"
        assert max(opened.evaluate(drawn)) <= width

    opened.emulate_media(media="print")
    assert not opened.locator("#print").is_visible()


def test_it_prints_to_a_few_pages(opened: Page) -> None:
    printed = opened.pdf(format="A4", print_background=True)

    assert printed.startswith(b"%PDF")
    assert 3 <= printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 15


def test_the_numbers_open_and_can_be_reached_with_the_keyboard(opened: Page) -> None:
    first = opened.locator("details summary").first
    first.focus()
    opened.keyboard.press("Enter")

    assert opened.locator("details table").first.is_visible()


def test_it_has_no_faults_of_access(opened: Page) -> None:
    found = Axe().run(opened)

    faults = [one["id"] for one in found.response["violations"]]
    assert faults == []

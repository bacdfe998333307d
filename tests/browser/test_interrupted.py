"""What a reader sees when something breaks: a server that stalls, and one that ends."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SMALL = "/?years=5"
PATIENCE = 120_000
STORM_SECONDS = 75
"""How long what belongs to a page that is gone is kept, with some to spare."""

SLIDER = "#vk-housing_decoupled"


class Own:
    """A server of one test, which may stall it and end it."""

    def __init__(self, port: str = "0") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.serve", "--port", port],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        found = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in self.process.stdout)
        self.address = next(one.group() for one in found if one)


@pytest.fixture
def own() -> Iterator[Own]:
    found = Own()
    yield found
    found.process.send_signal(signal.SIGCONT)
    found.process.kill()
    found.process.communicate()


def until_answered(page: Page) -> None:
    expect(page.locator(".vk-pill")).to_have_attribute("data-state", "ready", timeout=PATIENCE)


def let_go(page: Page, place: int) -> None:
    page.locator(SLIDER).evaluate(
        """(one, place) => {
          one.value = place;
          one.dispatchEvent(new Event('input'));
          one.dispatchEvent(new Event('change'));
        }""",
        place,
    )


def test_a_server_that_stalls_and_ends_in_mid_answer_is_told_as_it_is(own: Own, page: Page) -> None:
    page.goto(own.address + SMALL)
    until_answered(page)
    before = page.locator(".vk-answer").get_attribute("data-key")

    own.process.send_signal(signal.SIGSTOP)
    let_go(page, 16)
    expect(page.locator(".vk-pill")).to_have_attribute("data-state", "working")
    expect(page.locator(".vk-pill")).to_have_attribute("data-state", "silent", timeout=20_000)
    expect(page.locator(".vk-pill")).to_contain_text("De server antwoordt nog niet")
    assert page.locator(".vk-answer").get_attribute("data-key") == before

    own.process.send_signal(signal.SIGCONT)
    until_answered(page)
    assert page.locator(".vk-answer").get_attribute("data-key") != before

    own.process.send_signal(signal.SIGTERM)
    expect(page.locator(".vk-pill")).to_have_attribute("data-state", "lost", timeout=30_000)
    expect(page.locator(".vk-pill")).to_contain_text("Geen verbinding")
    expect(page.locator(SLIDER)).to_be_disabled()
    expect(page.locator(SLIDER)).to_have_value("16")
    expect(page.get_by_text("Server disconnected")).to_be_hidden()
    assert Axe().run(page).response["violations"] == []


def test_after_a_restart_a_phone_in_the_hall_says_that_its_room_is_gone(
    own: Own, page: Page
) -> None:
    opened = page.request.post(f"{own.address}/zaal", max_redirects=0)
    code = opened.headers["location"].rpartition("/")[2].partition("?")[0]
    page.goto(f"{own.address}/z/{code}?lang=nl")
    page.locator("[data-join] button").click()
    expect(page.locator("[data-join]")).to_be_hidden()

    own.process.kill()
    own.process.wait()
    expect(page.locator("#line")).to_contain_text("Geen verbinding", timeout=15_000)
    anew = Own(port=str(urlsplit(own.address).port))
    try:
        expect(page.get_by_text("Deze zaal is gesloten")).to_be_visible(timeout=15_000)
    finally:
        anew.process.kill()
        anew.process.communicate()


def test_a_kept_plan_outlives_the_server(own: Own, page: Page) -> None:
    page.goto(own.address + "/?course_hours=250&years=5")
    page.locator(".vk-plans summary").click()
    row = page.locator("[data-plan=board]")
    row.get_by_role("textbox").fill("mijn plan")
    row.get_by_role("button").click()
    expect(page.locator("[data-plan=kept]")).to_have_count(1, timeout=PATIENCE)
    chosen = page.locator("#vk-alternative option:checked")
    expect(chosen).to_contain_text("mijn plan", timeout=PATIENCE)
    shared = page.url

    own.process.kill()
    own.process.wait()
    anew = Own(port=str(urlsplit(own.address).port))
    try:
        page.goto(f"{anew.address}/vergelijk?second=&third=")
        page.locator("#vk-second").select_option(label="mijn plan", timeout=PATIENCE)
        heading = page.locator(".vk-compared thead th").nth(2)
        expect(heading).to_have_text("mijn plan (eigen plan)", timeout=PATIENCE)
        # Who got the link before sees the same plan.
        page.goto(shared)
        chosen = page.locator("#vk-alternative option:checked")
        expect(chosen).to_have_text("mijn plan (eigen plan)", timeout=PATIENCE)
    finally:
        anew.process.kill()
        anew.process.communicate()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted in /proc")
def test_a_storm_of_reloads_leaves_nothing_behind(own: Own, page: Page) -> None:
    def threads() -> int:
        return len(list(Path(f"/proc/{own.process.pid}/task").iterdir()))

    page.goto(own.address + SMALL)
    until_answered(page)
    before = threads()
    for _ in range(20):
        page.goto(own.address + SMALL, wait_until="commit")
    until_answered(page)
    page.close()
    # What asyncio keeps for work beside its loop comes when it is first needed, and stays.
    most = before + (os.cpu_count() or 1) + 4
    for _ in range(STORM_SECONDS):
        if threads() <= most:
            break
        select.select([], [], [], 1.0)
    assert threads() <= most

"""What a reader sees when something breaks: a server that stalls, and one that ends."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SMALL = "/?years=5"
PATIENCE = 120_000
SLIDER = "#vk-housing_decoupled"


class Own:
    """A server of one test, which may stall it and end it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.serve", "--port", "0"],
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

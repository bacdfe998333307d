"""An evening in real browsers: host, screen and phones, with made-up answers behind them.

Every test fails on an error in a page, on any request that leaves the server, and on a page that is
wider than its window.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.crowd import Phone
from dashboards.hall.room import Phase
from dashboards.service.answering import Answering
from tests.dashboards.hall.serving import Served, served

PATIENCE = 30_000
NEXT = re.compile("Begin met gokken|Volgende stap|Volgende ronde")
Open = Callable[..., Page]


@pytest.fixture
def hall(answering: Answering, tmp_path: Path) -> Iterator[Served]:
    """Serve a hall on a free port."""
    with served(answering, tmp_path) as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, hall: Served) -> Iterator[Open]:
    """Give a maker of pages, each in a browser of its own, that fail on errors."""
    troubles: list[str] = []
    contexts = []

    def left(url: str) -> None:
        if not url.startswith(hall.address):
            troubles.append(url)

    def opened(path: str, width: int = 390, height: int = 844) -> Page:
        context = browser.new_context(
            locale="nl-NL", base_url=hall.address, viewport={"width": width, "height": height}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: left(asked.url))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        troubles += [f"{page.url} is wider than its window" for page in context.pages if wide(page)]
        context.close()
    assert troubles == []


def wide(page: Page) -> bool:
    """Return whether a page has to be moved sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def code_of(host: Page) -> str:
    found = re.search(r"/zaal/([A-Z]{6})", host.url)
    assert found is not None
    return found[1]


def opened_room(open_page: Open) -> Page:
    """Return the page of a host who opened a room and chose the question."""
    host = open_page("/zaal", width=1280, height=720)
    host.get_by_role("button", name="Open een zaal", exact=True).click()
    host.get_by_role("button", name="Bewaar deze vraag").click()
    expect(host.get_by_text("Gekozen:")).to_be_visible()
    return host


def screen_of(host: Page) -> Page:
    screen = host.context.new_page()
    screen.goto(f"/zaal/{code_of(host)}/screen?lang=nl")
    return screen


def joined(open_page: Open, code: str, name: str = "") -> Page:
    phone = open_page(f"/z/{code}")
    phone.get_by_label("Naam of bijnaam").fill(name)
    phone.get_by_role("button", name="Doe mee").click()
    expect(phone.get_by_text("U doet mee")).to_be_visible()
    return phone


def forward(host: Page) -> None:
    title = host.locator("h1").inner_text()
    host.get_by_role("button", name=NEXT).click()
    expect(host.locator("h1")).not_to_have_text(title)


def moved(phone: Page, key: str = "ArrowRight", place: int = 0) -> None:
    """Move a slider of a phone by one, and wait until the server has it."""
    phone.locator("input[type=range]").nth(place).focus()
    phone.keyboard.press(key)
    if phone.locator("[data-guess]").count():
        phone.get_by_role("button", name="Dit is mijn gok").click()
    expect(phone.locator("#line")).to_have_text("Bewaard.")


def faults(page: Page) -> list[str]:
    return [str(one["id"]) for one in Axe().run(page).response["violations"]]


def test_an_evening_with_two_phones_a_host_and_a_screen(open_page: Open, hall: Served) -> None:
    host = opened_room(open_page)
    code = code_of(host)
    host.get_by_role("button", name="Oefen met").click()
    screen, ada, ben = screen_of(host), joined(open_page, code, "Ada"), joined(open_page, code)
    expect(screen.get_by_text("26 telefoons")).to_be_visible()
    found: dict[str, list[str]] = {}
    for phase in Phase:
        if phase is not Phase.LOBBY:
            forward(host)
            expect(ada.locator("h1")).to_be_focused()
        if phase in {Phase.GUESS, Phase.SET}:
            moved(ada)
            moved(ben, "ArrowLeft" if phase is Phase.GUESS else "ArrowRight", place=0)
        if phase is Phase.REVEAL:
            expect(screen.locator(".band, .mean").first).to_be_attached()
            expect(ada.get_by_text("Uw gok: 8 meer")).to_be_visible()
            sentence = screen.locator("p.large").first.inner_text()
            expect(ada.get_by_text(sentence)).to_be_visible()
        assert screen.evaluate("document.documentElement.scrollHeight - innerHeight") <= 2, phase
        found |= {f"{phase} {one.url[-12:]}": faults(one) for one in (host, screen, ada)}
    room = next(iter(hall.lives.rooms))

    assert {name: one for name, one in found.items() if one} == {}
    assert len(room.rounds[0].guesses) == 26


def test_a_room_is_opened_on_a_phone(open_page: Open) -> None:
    host = open_page("/zaal")
    assert not wide(host)

    host.get_by_role("button", name="Open een zaal", exact=True).click()
    host.get_by_role("button", name="Bewaar deze vraag").click()
    expect(host.get_by_text("Gekozen:")).to_be_visible()


def test_a_phone_that_was_closed_comes_back_with_what_it_chose(open_page: Open) -> None:
    host = opened_room(open_page)
    phone = joined(open_page, code_of(host), "Ada")
    expect(phone.get_by_text("Ada")).to_be_visible()
    forward(host)
    forward(host)
    expect(phone.locator("[data-lever]")).to_have_count(3)
    moved(phone, place=1)
    chosen = phone.locator("input[type=range]").nth(1).input_value()
    again = phone.context.new_page()
    phone.close()
    again.goto(f"/z/{code_of(host)}")

    expect(again.locator("input[type=range]").nth(1)).to_have_value(chosen)
    moved(again, place=1)
    expect(again.locator("input[type=range]").nth(1)).not_to_have_value(chosen)


def test_a_choice_made_without_a_line_arrives_when_the_line_is_back(
    open_page: Open, hall: Served
) -> None:
    host = opened_room(open_page)
    phone = joined(open_page, code_of(host))
    forward(host)
    forward(host)
    expect(phone.locator("[data-lever]")).to_have_count(3)
    phone.context.set_offline(True)
    phone.locator("input[type=range]").nth(1).focus()
    phone.keyboard.press("ArrowRight")
    expect(phone.locator("#line")).to_contain_text("Geen verbinding")
    phone.context.set_offline(False)
    expect(phone.locator("#line")).to_have_text("Bewaard.")
    room = next(iter(hall.lives.rooms))

    assert [len(one) for one in room.rounds[0].places.values()] == [1]


def test_a_table_moves_together(open_page: Open) -> None:
    host = opened_room(open_page)
    host.get_by_label("Kiezen per tafel").check()
    host.get_by_role("button", name="Bewaar deze vraag").click()
    phones = []
    for _ in range(2):
        phone = open_page(f"/z/{code_of(host)}")
        phone.get_by_label("Tafel").select_option("4")
        phone.get_by_role("button", name="Doe mee").click()
        phones.append(phone)
    forward(host)
    forward(host)
    expect(phones[0].locator("[data-lever]")).to_have_count(3)
    moved(phones[0], place=1)
    value = phones[0].locator("input[type=range]").nth(1).input_value()

    expect(phones[1].locator("input[type=range]").nth(1)).to_have_value(value)
    expect(screen_of(host).get_by_text("Elke stip is een tafel")).to_be_visible()


def test_when_the_server_restarts_a_phone_says_so_and_the_saved_state_goes_on(
    open_page: Open, hall: Served, tmp_path: Path
) -> None:
    host = opened_room(open_page)
    code = code_of(host)
    phone = joined(open_page, code)
    with host.expect_download() as downloading:
        host.get_by_text("Bewaar de stand").click()
    kept = tmp_path / "kept.json"
    downloading.value.save_as(kept)
    # Without a word, as a server that stops.
    hall.lives.rooms.end(next(iter(hall.lives.rooms)))

    expect(phone.get_by_text("Deze zaal is gesloten")).to_be_visible(timeout=15_000)
    host.goto("/zaal")
    host.locator("input[type=file]").set_input_files(kept)
    host.get_by_role("button", name="met deze stand").click()
    expect(host.get_by_text("Gekozen:")).to_be_visible()
    assert code_of(host) != code


def test_sixty_phones_choose_and_every_vote_is_on_the_screen_once(
    open_page: Open, hall: Served
) -> None:
    host = opened_room(open_page)
    screen = screen_of(host)
    room = next(iter(hall.lives.rooms))
    forward(host)
    forward(host)
    lever = room.rounds[0].asked.sliders[1]

    async def crowd() -> list[int]:
        phones = [Phone(hall.address, room.code) for _ in range(60)]
        statuses: list[int] = []

        async def one(k: int, phone: Phone) -> None:
            await asyncio.sleep(k / 15)
            await phone.join()
            statuses.append(await phone.choose(lever.name, k % lever.places))
            if k % 3 == 0:
                phone.die()
                phone.listen()
            if k % 2 == 0:
                phone.sequence -= 1
                statuses.append(await phone.choose(lever.name, k % lever.places))

        await asyncio.gather(*(one(k, phone) for k, phone in enumerate(phones)))
        for phone in phones:
            phone.die()
        return statuses

    found: list[int] = []
    thread = threading.Thread(target=lambda: found.extend(asyncio.run(crowd())))
    thread.start()
    thread.join()

    expect(screen.get_by_text("60 raakten deze knop aan")).to_be_visible()
    expect(screen.locator("svg.spread").first.locator(".dot")).to_have_count(60)
    assert set(found) == {200}
    assert len(room.rounds[0].places) == 60

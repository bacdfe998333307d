"""Pictures of the pages, for the documentation: `make screens`. Of Verken every state.

Each state is brought about as a reader meets it: a server that stands still, one that is gone, a
link that does not fit, a slider held between two answers.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.pages.served import Served, looked_at

DOCS = Path(__file__).parents[2] / "docs"
FOLDER, PAGE = DOCS / "verken", DOCS / "verken.md"
DESK, TABLET, PHONE, ROOM = (1400, 900), (1024, 768), (390, 844), (1920, 1080)
PATIENCE = 180_000
LAW = "alternative=s05_flex_law&housing_decoupled=0.8"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A picture: its name, what it shows, how the page is opened and what is done then."""

    name: str
    told: str
    size: tuple[int, int] = DESK
    query: str = LAW
    until: str = "ready"
    act: Callable[[Page, Served], None] | None = None
    whole: bool = False


def known(page: Page, _: Served) -> None:
    """Wait until what other assumptions change is there."""
    page.wait_for_function("document.querySelector('.vk-unknown') !== null", timeout=PATIENCE)


def helped(page: Page, _: Served) -> None:
    """Open the help of a lever."""
    page.locator("[data-lever=housing_decoupled] .vk-ask").click()
    page.locator("[data-lever=housing_decoupled]").scroll_into_view_if_needed()


def dragged(page: Page, _: Served) -> None:
    """Hold a slider between two positions that were answered."""
    before = page.locator(".vk-answer").get_attribute("data-key")
    page.locator("#vk-housing_decoupled").focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        "before => document.querySelector('.vk-answer').dataset.key !== before"
        " && document.documentElement.dataset.state === 'ready'",
        arg=before,
        timeout=PATIENCE,
    )
    _held(page, 8)


def waiting(page: Page, served: Served) -> None:
    """Let a slider go while the server stands still."""
    served.freeze()
    _held(page, 3)
    page.locator("#vk-housing_decoupled").evaluate("one => one.dispatchEvent(new Event('change'))")
    page.wait_for_function("document.documentElement.dataset.state === 'working'")


def silent(page: Page, served: Served) -> None:
    """Wait until the page says that the server does not answer."""
    waiting(page, served)
    page.wait_for_function("document.documentElement.dataset.state === 'silent'", timeout=20_000)


def lost(page: Page, served: Served) -> None:
    """End the server while the page is open."""
    served.stop()
    page.wait_for_function("document.documentElement.dataset.state === 'lost'", timeout=30_000)


def printed(page: Page, _: Served) -> None:
    """Look at the page as a printer does."""
    page.emulate_media(media="print")


def _held(page: Page, place: int) -> None:
    page.locator("#vk-housing_decoupled").evaluate(
        "(one, place) => { one.value = place; one.dispatchEvent(new Event('input')); }", place
    )


SCREENS = (
    Screen(name="first", told="A first impression: four samples, and words that say “seems”.",
        until="first", query="alternative=s21_all"),
    Screen(name="desk", told="On a desk, with what other assumptions change.", act=known),
    Screen(name="dark", told="The same in English and dark, with a fifth card.",
        query=f"{LAW}&language=en&theme=dark&outcome=contract_permanent"),
    Screen(name="tablet", told="On a tablet.", size=TABLET),
    Screen(name="phone", told="On a phone: the answer stays while the board scrolls.", size=PHONE),
    Screen(name="phone_help", told="On a phone, with the help of a lever open.", size=PHONE,
        act=helped),
    Screen(name="room", told="On the screen of a room, to be read from ten metres.", size=ROOM,
        query=f"{LAW}&screen=far"),
    Screen(name="print", told="On paper.", size=(1000, 1300), act=printed, whole=True),
    Screen(name="dragged", told="While a slider is dragged: an estimate between two answers.",
        act=dragged),
    Screen(name="dropped", told="A link of which a part does not fit.",
        query=f"{LAW}&nonsense=1&years=99"),
    Screen(name="fault", told="A question that cannot be answered.", until="fault",
        query="alternative=s22_downturn&years=5"),
    Screen(name="working", told="Let go: the browser says “working” before the server knows.",
        act=waiting),
    Screen(name="silent", told="A server that does not answer.", act=silent),
    Screen(name="lost", told="A lost line: sliders stand where the answer has them.", act=lost),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A picture of another page: where it goes in docs/, its address, and what must be there.

    `top` is the part of the page that it begins with, where that is not the first.
    """

    place: str
    address: str
    there: str
    size: tuple[int, int] = DESK
    top: str = ""


LIVES, COLUMNS = ".vk-lanes svg rect", ".vk-compared thead th[data-n='20'] >> nth=2"
ADVISER = "first=s05_flex_law&second=s19_housing&third=&outcome=forced_moves&language=en"
"""The question of the guide for an adviser."""

SIGHTS = {
    "lives": Sight(place="levens/desk.png", address="levens", there=LIVES),
    "lives_phone": Sight(place="levens/phone.png", address="levens?theme=dark", there=LIVES,
        size=PHONE),
    "compare": Sight(place="vergelijk/desk.png", address="vergelijk", there=COLUMNS),
    "certainty": Sight(place="zekerheid/desk.png", address="zekerheid",
        there=".vk-sure[data-n='20']"),
    "adviser_compare": Sight(place="guides/adviser/compare.png", address=f"vergelijk?{ADVISER}",
        there=".vk-compared thead th[data-n='20'] >> nth=1", size=(1400, 1150)),
    "adviser_groups": Sight(place="guides/adviser/groups.png",
        address=f"vergelijk?{ADVISER}&view=groups&by=family_type",
        there="[data-closer=family_type] tbody tr", top=".vk-look", size=(1400, 420)),
    "adviser_certainty": Sight(place="guides/adviser/certainty.png",
        address="zekerheid?scenario=s19_housing&outcome=forced_moves&language=en",
        there=".vk-sure[data-n='20']"),
    "letter": Sight(place="aanbevelingen/desk.png", address="aanbevelingen",
        there=".vk-eleven li[data-n='20'] >> nth=10"),
}  # fmt: skip


def main() -> None:
    """Take the pictures and write the page that shows them."""
    parser = argparse.ArgumentParser(description="Pictures of the pages.")
    names = [*(one.name for one in SCREENS), *SIGHTS]
    parser.add_argument("--only", nargs="*", choices=names)
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with looked_at() as (served, browser):
        # The last state of Verken is that of a server that is gone.
        for name, sight in SIGHTS.items():
            if not options.only or name in options.only:
                seen(sight, served, browser)
                print(name)
        for screen in SCREENS:
            if not options.only or screen.name in options.only:
                taken(screen, served, browser)
                print(screen.name)
    PAGE.write_text(_told(), "utf-8")


def taken(screen: Screen, served: Served, browser: Browser) -> None:
    """Take a picture of one state."""
    width, height = screen.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{served.address}/?{screen.query}")
    page.locator(f".vk-pill[data-state={screen.until}]").wait_for(timeout=PATIENCE)
    if screen.until == "ready":
        page.locator(".vk-chart .vk-line").last.wait_for(timeout=PATIENCE)
    if screen.act is not None:
        screen.act(page, served)
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{screen.name}.png", full_page=screen.whole)
    served.thaw()
    context.close()


def seen(sight: Sight, served: Served, browser: Browser) -> None:
    """Take a picture of another page, when what it shows is there."""
    width, height = sight.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{served.address}/{sight.address}")
    page.locator(sight.there).first.wait_for(timeout=PATIENCE)
    if sight.top:
        page.locator(sight.top).evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(300)
    place = DOCS / sight.place
    place.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=place)
    context.close()


def _told() -> str:
    shown = "\n\n".join(f"## {one.told}\n\n![{one.told}](verken/{one.name}.png)" for one in SCREENS)
    return (
        "# Verken in every state\n\n"
        "Made by `make screens`, with the model as it was then; not to be edited by hand.\n\n"
        f"{shown}\n"
    )


if __name__ == "__main__":
    main()

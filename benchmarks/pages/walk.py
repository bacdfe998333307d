"""A reader who walks through all pages: how soon each has a picture, and what the walk costs."""

from __future__ import annotations

import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.pages.measured import Row, Traffic
from benchmarks.pages.served import Served

PATIENCE = 180_000
QUIET_MS = 4000
"""How long a page is looked at, so that what comes after its first picture counts too."""

PICTURES = {
    "": ".vk-chart .vk-line",
    "vergelijk": ".vk-compared td svg",
    "levens": ".vk-lanes svg rect",
    "aanbevelingen": ".vk-eleven li svg",
    "zekerheid": ".vk-graded svg",
}
"""The first picture of each page, by its address."""

KEPT = ".vk-compared thead th[data-n='20'] >> nth=2"
"""What stands on Vergelijk once the answers to shipped scenarios are there."""


def walked(served: Served, browser: Browser) -> Iterator[Row]:
    """Yield what a walk through all pages costs, answers to shipped scenarios being there."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{served.address}/vergelijk")
    page.locator(KEPT).wait_for(timeout=PATIENCE)
    page.context.close()

    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    traffic = Traffic(page)
    seconds, weights = {}, {}
    cost = served.seconds
    for place, picture in PICTURES.items():
        before, begun = traffic.bytes, time.monotonic()
        page.goto(f"{served.address}/{place}")
        page.locator(picture).first.wait_for(timeout=PATIENCE)
        seconds[place or "verken"] = time.monotonic() - begun
        page.wait_for_timeout(QUIET_MS)
        weights[place or "verken"] = (traffic.bytes - before) / 1000
    cost = served.seconds - cost
    context.close()

    # The first page brings the files that all share.
    later = {name: weight for name, weight in weights.items() if name != "verken"}
    slowest = max(seconds[name] for name in later)
    yield Row(what="first picture of each page after the first",
        found=", ".join(f"{name} {seconds[name]:.2f} s" for name in later), aim="1 s",
        numbers=(slowest,), aims=(1.0,))  # fmt: skip
    yield Row(what="each page beside shared files",
        found=", ".join(f"{name} {weight:.0f} kB" for name, weight in later.items()),
        aim="150 kB", numbers=(max(later.values()),), aims=(150.0,))  # fmt: skip
    total = sum(weights.values()) / 1000
    yield Row(what="a walk through all pages: bytes, processor time of the server",
        found=f"{total:.2f} MB, {cost:.1f} s", aim="3 MB, 2 s",
        numbers=(total, cost), aims=(3.0, 2.0))  # fmt: skip

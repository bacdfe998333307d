"""Sixty simulated phones in a room while a full-size run is going: `python -m benchmarks.hall`.

Starts the pages in a process of their own, asks for a full-size answer in a browser, lets phones
choose, lose their line and come back, and prints how long a vote takes to the screen, whether every
vote is counted once, and what it costs in memory. Minutes. With `--alone` nothing else is asked of
the server, so that its memory is that of the room.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from playwright.async_api import async_playwright

from benchmarks.crowd import SECONDS_TO_ANSWER, SECONDS_TO_CALM, SEE_OTHER, Phone, asked, connected
from dashboards.hall import posed
from dashboards.service.catalogue import catalogue
from dashboards.texts import texts

PHONES, JOINS, JOIN_SECONDS = 60, 30, 10.0
LEVERS = ("agency_phase_b_months", "extra_education_hours", "info_point_coverage")
PROBED = 2
"""The slider that only the first six phones touch: the first moves it, and the screen shows it."""

STANDING = 5
PROBE_SECONDS, LATEST = 3.0, 1.0
"""How long it rests between two votes, and how late the screen may show one, 95 times in 100."""

EVERY_SECONDS = 8.0
"""How often a phone chooses."""

DEATH = 0.05
"""The part of choices after which the line is lost and opened again."""

SECONDS_AFTER = 20.0
"""How long after the end of a room its memory is looked at."""

SECONDS_GONE = 90.0
"""How long after the browser with the full-size question is gone it is looked at again: the page
is kept for a minute, and the people of the answer as long."""

LARGE = "/?families=all&years=20"
KIB = 1024

LARGEST_MB = 0.2
"""Memory of the server that a phone may take; and that a room may leave behind for each it had."""

CALM_SECONDS, IDLE = 5.0, 0.02
"""A server is calm that took less than this part of a core for so long: it prepares answers before
anybody asks for them, and what these take is not a room's."""


@dataclass
class Screen:
    """A host with its screen: what is asked of the room, and what the screen showed when."""

    address: str
    code: str = ""
    cookie: str = ""
    moves: int = 0
    shown: list[tuple[float, str]] = field(default_factory=list)

    async def open(self) -> None:
        """Open a room and choose the question."""
        _, headers, _ = await asked(self.address, "POST", "/zaal?lang=en")
        self.code = re.findall(r"/zaal/([A-Z]+)", headers["location"])[0]
        self.cookie = headers["set-cookie"].partition(";")[0]
        question = {"base": "s01_reference", "outcome": "forced_moves", "lever": LEVERS}
        await self.do(do="plan", **question)

    async def do(self, **fields: object) -> None:
        """Do something as the host."""
        sent = urlencode({"seen": self.moves, **fields}, doseq=True)
        path = f"/zaal/{self.code}/do?lang=en"
        status, _, _ = await asked(self.address, "POST", path, sent, cookie=self.cookie)
        if status != SEE_OTHER:
            raise RuntimeError(f"The host was refused: {status}")
        self.moves += fields["do"] in {"plan", "forward"}

    async def watch(self) -> None:
        """Note what the screen shows, and when."""
        path = f"/zaal/{self.code}/screen/stream?lang=en"
        reader, _ = await connected(self.address, "GET", path, cookie=self.cookie)
        while line := (await reader.readline()).decode():
            if line.startswith("data: {"):
                page = json.loads(line.removeprefix("data: "))["html"]
                self.shown.append((time.monotonic(), page))

    def seen(self, words: str, after: float) -> float | None:
        """Return when the screen first showed these words after a moment."""
        return next((when for when, page in self.shown if when >= after and words in page), None)


class Evening:
    """A crowd that chooses for so many minutes in the room of a screen."""

    def __init__(self, screen: Screen, minutes: float) -> None:
        self.screen, self.minutes = screen, minutes
        self.phones = [Phone(screen.address, screen.code) for _ in range(PHONES)]
        self.late: list[float] = []
        self._luck = np.random.default_rng(1)
        self._end = 0.0

    async def join(self) -> float:
        """Let everybody in; return how long the first ones took together."""
        begun = time.monotonic()
        await asyncio.gather(*(one.join() for one in self.phones[:JOINS]))
        took = time.monotonic() - begun
        await asyncio.gather(*(one.join() for one in self.phones[JOINS:]))
        return took

    async def live(self) -> None:
        """Let everybody choose until it is over."""
        for phone in self.phones[1 : 1 + STANDING]:
            await phone.choose(LEVERS[PROBED], 1)
        self._end = time.monotonic() + 60 * self.minutes
        probe, *others = self.phones
        await asyncio.gather(self._probe(probe), *(self._choose(one) for one in others))

    async def _choose(self, phone: Phone) -> None:
        await asyncio.sleep(self._luck.uniform(0, EVERY_SECONDS))
        while time.monotonic() < self._end:
            lever, place = self._luck.integers((PROBED, 3))
            await phone.choose(LEVERS[lever], int(place))
            if self._luck.random() < DEATH:
                phone.die()
                phone.listen()
            await asyncio.sleep(self._luck.uniform(0, 2 * EVERY_SECONDS))

    async def _probe(self, phone: Phone) -> None:
        place = 0
        while time.monotonic() < self._end:
            place = 2 - place
            sent = time.monotonic()
            await phone.choose(LEVERS[PROBED], place)
            while (when := self.screen.seen(_picture(place), sent)) is None:
                if time.monotonic() - sent > SECONDS_TO_ANSWER:
                    raise RuntimeError("A vote never came to the screen.")
                await asyncio.sleep(0.02)
            self.late.append(when - sent)
            await asyncio.sleep(PROBE_SECONDS)

    async def lost(self) -> int:
        """Return how many phones are kept by the server with other choices than they made."""
        found = 0
        for phone in self.phones:
            path = f"/z/{self.screen.code}/state"
            _, _, text = await asked(self.screen.address, "GET", path, cookie=phone.cookie)
            found += json.loads(text)["places"] != phone.chosen
            phone.die()
        return found


async def evening(address: str, minutes: float, pid: int) -> dict[str, float]:
    """Return what was measured of an evening with a crowd."""
    screen = Screen(address)
    await screen.open()
    before = memory(pid)
    watching = asyncio.ensure_future(screen.watch())
    crowd = Evening(screen, minutes)
    joins = await crowd.join()
    for _ in range(2):
        await screen.do(do="forward")
    await asyncio.sleep(SECONDS_TO_CALM)
    await crowd.live()
    during = memory(pid)
    lost = await crowd.lost()
    watching.cancel()
    await screen.do(do="end")
    await asyncio.sleep(SECONDS_AFTER)
    after = memory(pid)
    p50, p95 = (float(np.quantile(crowd.late, part)) for part in (0.5, 0.95))
    mb = (during - before) / PHONES
    found = {"joins": joins, "p50": p50, "p95": p95, "lost": lost, "mb": mb}
    return found | {"before": before, "after": after}


def _picture(place: int) -> str:
    """Return how the screen tells of the probed slider: five phones at place 1, one elsewhere."""
    t = texts("en")
    asked_of = posed.posed("s01_reference", "forced_moves", LEVERS, catalogue(), by_table=False)
    slider = asked_of.slider(LEVERS[PROBED])
    if slider is None:
        raise RuntimeError("The probed slider is not asked.")
    values = posed.values(slider, t)
    told = sorted([(place, 1), (1, STANDING)])
    parts = [t("hall.picture_part", n=str(n), value=values[at]) for at, n in told]
    return html.escape(", ".join(parts))


def memory(pid: int) -> float:
    """Return the resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / KIB


async def calm(pid: int) -> None:
    """Wait until a server does nothing by itself any more."""
    begun = spent(pid)
    while True:
        await asyncio.sleep(CALM_SECONDS)
        now = spent(pid)
        if now - begun < IDLE * CALM_SECONDS:
            return
        begun = now


def spent(pid: int) -> float:
    """Return the processor time of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


async def alone(address: str, minutes: float, pid: int) -> dict[str, float]:
    """Return what was measured while nobody else asks anything of the server."""
    await calm(pid)
    return await evening(address, minutes, pid)


async def measured(address: str, minutes: float, pid: int) -> dict[str, float]:
    """Return what was measured while Verken answers a question of full size."""
    async with async_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = await playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page()
        await page.goto(address + LARGE)
        await page.locator(".vk-pill").wait_for(timeout=1000 * SECONDS_TO_ANSWER)
        found = await evening(address, minutes, pid)
        await browser.close()
    await asyncio.sleep(SECONDS_GONE)
    return found | {"gone": memory(pid)}


def main() -> int:
    """Measure, and print it; returns 1 when a measure is not met."""
    parser = argparse.ArgumentParser(description="Sixty phones in a room, beside a full-size run.")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--alone", action="store_true", help="without the full-size run")
    given = parser.parse_args()
    command = [sys.executable, "-u", "-m", "dashboards.serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = next(
                found[0]
                for line in server.stdout or ()
                if (found := re.search(r"http://127\.0\.0\.1:\d+", line))
            )
            measure = alone if given.alone else measured
            results = asyncio.run(measure(address, given.minutes, server.pid))
        finally:
            server.terminate()
            server.communicate()
    print(f"{JOINS} joins        {results['joins']:.1f} s (at most {JOIN_SECONDS:.0f})")
    print(
        f"vote to screen  p50 {results['p50']:.2f} s, p95 {results['p95']:.2f} s (at most {LATEST})"
    )
    print(f"votes lost      {results['lost']:.0f}")
    return 0 if _is_met(results) & _is_met_of_memory(results, is_alone=given.alone) else 1


def _is_met(results: dict[str, float]) -> bool:
    return results["joins"] <= JOIN_SECONDS and results["p95"] <= LATEST and not results["lost"]


def _is_met_of_memory(results: dict[str, float], *, is_alone: bool) -> bool:
    """Print what it took in memory; return whether that is within the aim, where it is a room's."""
    before, after, mb = results["before"], results["after"], results["mb"]
    if is_alone:
        print(f"memory a phone  {mb:.2f} MB (at most {LARGEST_MB})")
        left = (after - before) / PHONES
        print(f"left behind     {left:.2f} MB a phone, {after - before:.1f} MB after the end")
        return max(mb, left) <= LARGEST_MB
    print(f"memory a phone  {mb:.2f} MB, with all that the process did meanwhile")
    print(f"memory          {before:.0f} MB before the room, the full-size question just asked")
    print(f"                {after:.0f} MB a while after its end, while that question is answered")
    print(f"                {results['gone']:.0f} MB once its browser is gone too")
    return True


if __name__ == "__main__":
    sys.exit(main())

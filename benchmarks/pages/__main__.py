"""What the pages cost, in a real browser, in one run: `make bench-pages`.

    python -m benchmarks.pages

Wall time is that of the page: from a slider let go until numbers, interval and picture of the new
answer are there. Processor time of server and browser stands beside it, because wall time hangs on
what else the machine does. The table goes to docs/pages.md.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks.machine import describe
from benchmarks.pages.measured import Row, Traffic
from benchmarks.pages.served import Served, browser_seconds, looked_at
from benchmarks.pages.walk import walked

DOCUMENT = Path(__file__).parents[2] / "docs" / "pages.md"
PATIENCE = 180_000
SECONDS_AWAY = 75.0
"""After so long nothing is kept any more of a page whose browser is gone."""

BACK_MB = 0.2
"""What may stay of a context that is gone, as of a phone of a room: a bound of our own."""

LEVER = "housing_decoupled"
N_PLACES = 21
"""So many places has that slider."""

MOVE = """([lever, place]) => new Promise((done) => {
  const slider = document.getElementById('vk-' + lever);
  const key = () => document.querySelector('.vk-answer').dataset.key;
  const line = () => document.querySelector('[data-chart=differences] .vk-line');
  const picture = () => line().getAttribute('d');
  const [before, drawn] = [key(), picture()];
  if (Number(slider.value) === place) throw new Error('the slider stands there already');
  slider.value = place;
  slider.dispatchEvent(new Event('input'));
  const begun = performance.now();
  slider.dispatchEvent(new Event('change'));
  const look = () => {
    const pill = document.querySelector('.vk-pill').dataset;
    const isNew = key() !== before && pill.key === key() && picture() !== drawn;
    if (isNew && pill.state !== 'working') done(performance.now() - begun);
    else if (performance.now() - begun > 120000) done(120000);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description="What the pages cost in a real browser.")
    parser.add_argument("--moves", type=int, default=20, help="moves of one user (%(default)s)")
    parser.add_argument("--contexts", type=int, default=30, help="users at once (%(default)s)")
    parser.add_argument(
        "--walk", action="store_true", help="only walk through all pages; writes no table"
    )
    options = parser.parse_args()
    machine = describe()
    rows: list[Row] = []
    with looked_at() as (served, browser):
        measured = (
            walked(served, browser)
            if options.walk
            else _measured(served, browser, options.moves, options.contexts)
        )
        for found in measured:
            print(f"{found.what}: {found.found} (aim {found.aim})", flush=True)
            rows.append(found)
    if options.walk:
        return
    DOCUMENT.write_text(_document(machine, rows), "utf-8")


def _measured(served: Served, browser: Browser, moves: int, contexts: int) -> Iterator[Row]:
    """Yield the rows of the table, each as soon as it is known."""
    page, traffic, row = _opened(served, browser)
    yield row
    yield from _alone(page, traffic, served, moves)
    yield _beside_full_size(page, served, browser)
    page.context.close()
    yield from walked(served, browser)
    yield from _many(served, browser, contexts)


def _opened(served: Served, browser: Browser) -> tuple[Page, Traffic, Row]:
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    traffic = Traffic(page)
    begun = time.monotonic()
    page.goto(served.address)
    page.locator(".vk-chart .vk-line").last.wait_for(timeout=PATIENCE)
    seconds = time.monotonic() - begun
    found = f"{seconds:.1f} s, {traffic.bytes / 1e6:.1f} MB"
    _settled(page)
    return page, traffic, Row(what="first load, until a picture", found=found, aim="2 s",
        numbers=(seconds,), aims=(2.0,))  # fmt: skip


def _settled(page: Page) -> None:
    page.locator(".vk-pill[data-state=ready]").wait_for(timeout=PATIENCE)


def _refined(page: Page) -> None:
    """Wait until the usual samples are there; more of them come when nobody else waits."""
    page.wait_for_function(
        "location.search.includes('years=12')"
        " && document.querySelector('.vk-pill').dataset.state !== 'working'"
        " && Number(document.querySelector('.vk-pill').dataset.n) >= 20",
        timeout=PATIENCE,
    )


def _at_rest(page: Page) -> None:
    """Wait until what is worked out when nobody waits is done too."""
    page.wait_for_function(
        "/40/.test(document.querySelector('.vk-card:last-child .vk-small:last-child').textContent)",
        timeout=PATIENCE,
    )


def _alone(page: Page, traffic: Traffic, served: Served, moves: int) -> list[Row]:
    """Measure what one user meets: wall time, processor time and bytes of moves."""
    waits, first, settled = [], [], []
    server = browser = 0.0
    places = _places(page)[:moves]
    for place in places:
        before = traffic.bytes, served.seconds, browser_seconds()
        waits.append(page.evaluate(MOVE, [LEVER, place]) / 1000)
        server += served.seconds - before[1]
        browser += browser_seconds() - before[2]
        first.append(traffic.bytes - before[0])
        _settled(page)
        page.wait_for_timeout(200)
        settled.append(traffic.bytes - before[0])
    kept, kept_wait = [], []
    _at_rest(page)
    for place in places[-6:-1]:
        before_kept = served.seconds
        kept_wait.append(page.evaluate(MOVE, [LEVER, place]) / 1000)
        kept.append(served.seconds - before_kept)
    middle, late = median(waits), _p95(waits)
    looked = 1000 * browser / moves
    cost, again = 1000 * server / moves, 1000 * median(kept)
    bytes_first, bytes_settled = median(first) / 1000, median(settled) / 1000
    return [
        Row(what="release of a slider to numbers, interval and picture, median / p95",
            found=f"{middle:.2f} / {late:.2f} s (processor of the browser {looked:.0f} ms)",
            aim="0.4 / 0.8 s", numbers=(middle, late), aims=(0.4, 0.8)),
        Row(what="processor time of the server, first answer / kept one",
            found=f"{cost:.0f} / {again:.0f} ms (kept: {median(kept_wait):.2f} s of wall time)",
            aim="150 / 25 ms", numbers=(cost, again), aims=(150.0, 25.0)),
        Row(what="bytes until the first answer / until settled",
            found=f"{bytes_first:.1f} / {bytes_settled:.1f} kB", aim="15 / 40 kB",
            numbers=(bytes_first, bytes_settled), aims=(15.0, 40.0)),
    ]  # fmt: skip


def _places(page: Page) -> list[int]:
    """Return every other place of the slider once, in leaps."""
    now = int(page.locator(f"#vk-{LEVER}").input_value())
    return [(now + 1 + 7 * k % (N_PLACES - 1)) % N_PLACES for k in range(N_PLACES - 1)]


def _beside_full_size(page: Page, served: Served, browser: Browser) -> Row:
    other = browser.new_context().new_page()
    other.goto(f"{served.address}/?families=all&years=20")
    other.locator(".vk-pill").wait_for(timeout=PATIENCE)
    page.locator("#vk-years").evaluate(
        "one => { one.value = '12'; one.dispatchEvent(new Event('change')); }"
    )
    page.wait_for_function("location.search.includes('years=12')")
    _refined(page)
    waits = [page.evaluate(MOVE, [LEVER, place]) / 1000 for place in _places(page)[:10]]
    other.context.close()
    late = _p95(waits)
    return Row(what="the same while somebody runs full size, p95", found=f"{late:.2f} s", aim="1 s",
        numbers=(late,), aims=(1.0,))  # fmt: skip


def _many(served: Served, browser: Browser, contexts: int) -> list[Row]:
    """Measure many users at once: waits, memory of each, and what is left when they are gone."""
    time.sleep(SECONDS_AWAY)
    before = served.megabytes
    pages = []
    for _ in range(contexts):
        page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
        page.goto(f"{served.address}/?years=10")
        page.locator(".vk-chart .vk-line").last.wait_for(timeout=PATIENCE)
        pages.append(page)
    full = served.megabytes
    waits = _moves_of_many(pages)
    for page in pages:
        page.context.close()
    time.sleep(SECONDS_AWAY)
    after = served.megabytes
    each, late = (full - before) / contexts, _p95(waits)
    return [
        Row(what=f"{contexts} contexts, a move each every ten seconds, median / p95",
            found=f"{median(waits):.2f} / {late:.2f} s", aim="p95 2 s",
            numbers=(late,), aims=(2.0,)),
        Row(what="memory of a session; a minute after all left",
            found=f"{each:.1f} MB; {after:.0f} MB of {full:.0f} (before them {before:.0f})",
            aim="2 MB; back", numbers=(each, after), aims=(2.0, before + BACK_MB * contexts)),
    ]  # fmt: skip


def _moves_of_many(pages: Sequence[Page]) -> list[float]:
    """Let every page move a slider twice, ten seconds apart, spread over these."""
    places = _places(pages[0])
    started = "window.vkWait = null; (MOVE)(ARGS).then((ms) => { window.vkWait = ms; }); null"
    waits = []
    for turn in range(2):
        begun = time.monotonic()
        for k, page in enumerate(pages):
            pause = begun + 10 * k / len(pages) - time.monotonic()
            time.sleep(max(0.0, pause))
            place = places[(k + 10 * turn) % len(places)]
            arguments = f"['{LEVER}', {place}]"
            page.evaluate(started.replace("MOVE", MOVE).replace("ARGS", arguments))
        for page in pages:
            page.wait_for_function("window.vkWait !== null", timeout=PATIENCE)
            waits.append(page.evaluate("window.vkWait") / 1000)
    return waits


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def _document(machine: dict[str, str], rows: Sequence[Row]) -> str:
    lines = [
        f"| {one.what} | {one.found} | {one.aim} | {'met' if one.is_met else 'not met'} |"
        for one in rows
    ]
    about = ", ".join(f"{name} {value}" for name, value in machine.items())
    return "\n".join(
        (
            "# What the pages cost",
            "",
            "Written by `make bench-pages`, in one run, in a real browser on the same machine; not",
            "to be edited by hand. Wall time hangs on what else the machine does: its load stands",
            "below.",
            "",
            "| what | found | aim | |",
            "|---|---|---|---|",
            *lines,
            "",
            f"Machine: {about}.",
            "",
        )
    )


if __name__ == "__main__":
    main()

"""The reference is built without a network: each link leads somewhere, and it can be searched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

import calibration
import model
import scenarios
from dashboards.cli import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"


class Read(HTMLParser):
    """The places of a page, where it leads, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.ways: set[str] = set()
        self.loads: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        found = {name: value or "" for name, value in attrs}
        self.places |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.ways.add(found["href"])
        elif tag in {"link", "script", "img", "iframe", "source"}:
            self.loads |= {found[name] for name in ("href", "src") if name in found}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the reference, built as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    words = ["--fail-on-warning", "--keep-going", "--quiet", str(DOCS), str(folder)]
    made = subprocess.run(
        [sys.executable, "-m", "sphinx", *words], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr[-3000:]
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Read]:
    """Give every page, by its address in the site."""
    return {
        str(path.relative_to(site)): Read(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def test_every_link_inside_leads_somewhere(site: Path, pages: dict[str, Read]) -> None:
    nowhere = []
    for name, read in pages.items():
        for way in sorted(read.ways | read.loads):
            parts = urlsplit(way)
            if parts.scheme or parts.netloc or way == "#":
                continue
            to = (site / name).parent / unquote(parts.path) if parts.path else site / name
            there = pages.get(str(to.resolve().relative_to(site.resolve())))
            if not to.exists() or (parts.fragment and there and parts.fragment not in there.places):
                nowhere.append(f"{name}: {way}")
    assert len(pages) > 30
    assert nowhere == []


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, Read]) -> None:
    outside = [f"{name}: {one}" for name, read in pages.items() for one in read.loads
               if urlsplit(one).netloc]  # fmt: skip

    assert outside == []


def test_every_page_of_docs_is_in_it_and_every_name_and_command(
    site: Path, pages: dict[str, Read]
) -> None:
    written = {str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md")}
    python = (site / "reference" / "python.html").read_text("utf-8")
    commands = (site / "reference" / "commands.html").read_text("utf-8")
    homes = {**model._HOMES, **scenarios._HOMES}
    homes |= dict.fromkeys(calibration.__all__, "calibration.priors.bounds")

    assert written <= set(pages)
    assert [name for name in homes if f'id="{homes[name]}.{name}"' not in python] == []
    assert [name for name in COMMANDS if f"veerkracht {name}" not in commands] == []


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the reference on this machine, and give its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_is_searched_without_a_network_and_read_by_all(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))

    page.goto(f"{address}/search.html?q=preschool")
    page.locator("ul.search li a").first.wait_for()
    assert page.locator("ul.search li").count() > 3
    page.goto(f"{address}/causal_graph.html")
    page.locator("svg.vkg a[href$='#e36']").first.dispatch_event("click")
    page.wait_for_url("**/causal_graph.html#e36")
    for name in ("index", "causal_graph", "guides/hall", "reference/commands"):
        page.goto(f"{address}/{name}.html")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert set(asked) == {urlsplit(address).netloc}

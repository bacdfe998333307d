"""What all tests share: a quiet Solara, a running server and a browser that never leaves it."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

# Solara reads these when it is first imported.
os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] = "False"
os.environ["SOLARA_THEME_SHOW_BANNER"] = "False"

import pytest
from hypothesis import settings
from playwright.sync_api import Page

from tests.processor_time import ProcessorTime

# The same examples in every run: a test never depends on when it runs.
settings.register_profile("same", derandomize=True, database=None)
settings.load_profile("same")

START_SECONDS = 420
STOP_SECONDS = 15

LONGEST = ("test_interrupted.py", "test_verken.py")
"""Files of browser tests that take minutes."""

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_configure(config: pytest.Config) -> None:
    """Let every run end with what it cost."""
    config.pluginmanager.register(ProcessorTime())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that use a browser, and run files with any of them last.

    Playwright leaves an event loop running in its process, and others need one of their own there.
    A file stays in one process: the longest come first, so that none is left alone at the end.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    last = {item.path for item in items if item.get_closest_marker("browser") is not None}
    items.sort(key=lambda item: (item.path in last, item.path.name not in LONGEST))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of this machine, and let it resolve no name but its own."""
    executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": executable, "args": CHROMIUM_ARGS}


class Server:
    """The pages in a process of their own; `address` is None if they did not start."""

    def __init__(self) -> None:
        self.address: str | None = None
        self.output: list[str] = []
        self._settled = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._settled.wait(START_SECONDS)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.output.append(line)
            if self.address is None and (found := re.search(r"http://127\.0\.0\.1:\d+", line)):
                self.address = found.group()
                self._settled.set()
        self._settled.set()

    def stop(self) -> None:
        """End the process, if need be by force."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start the pages on a free port of this machine and give their address."""
    running = Server()
    try:
        if running.address is None:
            pytest.fail("The pages did not start:\n" + "".join(running.output[-50:]))
        yield running.address
    finally:
        running.stop()


@pytest.fixture(scope="session")
def base_url(server: str) -> str:
    """Let `page.goto("/")` open the pages."""
    return server


@pytest.fixture
def app_page(page: Page, server: str) -> Iterator[Page]:
    """Give a page that fails its test on any error in it and on any request to elsewhere."""
    home = urlsplit(server).netloc
    faults: list[str] = []

    def check(url: str) -> None:
        if urlsplit(url).scheme not in {"data", "blob", "about"} and urlsplit(url).netloc != home:
            faults.append(f"request that leaves the server: {url}")

    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("request", lambda request: check(request.url))
    page.on("websocket", lambda socket: check(socket.url))
    yield page
    assert faults == []

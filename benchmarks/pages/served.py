"""The pages in a process of their own, what that costs, and a browser that looks at them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Served:
    """The pages, until `stop`; `address` is where they are."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        lines = self._process.stdout or ()
        found = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in lines)
        self.address = next(one.group() for one in found if one)

    @property
    def seconds(self) -> float:
        """Processor time of the server so far."""
        return _seconds(self._process.pid)

    @property
    def megabytes(self) -> float:
        """Memory that the server holds."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * PAGE / 1e6

    def freeze(self) -> None:
        """Let the server stand still, as on a machine that is far too busy."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the server go on."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def looked_at() -> Iterator[tuple[Served, Browser]]:
    """Give the pages and a browser, and end both."""
    served = Served()
    try:
        with sync_playwright() as playwright:
            yield served, playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
    finally:
        served.stop()


def browser_seconds() -> float:
    """Return the processor time of all processes of the browser that this program started."""
    return sum(map(_seconds, _below(os.getpid()))) if Path("/proc").exists() else float("nan")


def _below(pid: int) -> list[int]:
    """Return the processes of a browser below a process."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text("utf-8", "replace")
        except OSError:
            continue
        names[int(path.name)] = stat[stat.index("(") + 1 : stat.rindex(")")]
        parents[int(path.name)] = int(stat[stat.rindex(")") + 2 :].split()[1])

    def is_below(one: int) -> bool:
        while one in parents:
            if one == pid:
                return True
            one = parents[one]
        return False

    return [one for one, name in names.items() if "chrom" in name and is_below(one)]


def _seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0.0
    user, system = stat[stat.rindex(")") + 2 :].split()[11:13]
    return (int(user) + int(system)) / TICKS

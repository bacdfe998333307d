"""What the tests cost: processor time by folder and the wall time. Nothing fails by it."""

import os
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

LONG_SECONDS = 540
"""A minute less than a run of all tests may take on two cores."""
_SPENT = "processor seconds"
_BEFORE = pytest.StashKey[float]()


def _processor_seconds() -> float:
    """Return what this process and those it waited for have used."""
    return sum(os.times()[:4])


class ProcessorTime:
    """Notes what each test used, wherever it ran, and prints it when all are done."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._spent: defaultdict[str, float] = defaultdict(float)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        """Note what was used before a test began."""
        item.stash[_BEFORE] = _processor_seconds()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Send what a test used with its last report, from the process in which it ran."""
        report = yield
        if call.when == "teardown":
            report.user_properties.append((_SPENT, _processor_seconds() - item.stash[_BEFORE]))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what the tests of a folder used."""
        folder = str(Path(report.nodeid.split("::")[0]).parent)
        for name, seconds in report.user_properties:
            if name == _SPENT and isinstance(seconds, float):
                self._spent[folder] += seconds

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        """Print after everything else, so that it stands in the last lines."""
        yield
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is None or not self._spent:
            return
        wall = time.monotonic() - self._began
        for folder, seconds in sorted(self._spent.items()):
            terminal.write_line(f"{folder:<20}{seconds:>6.0f} s of a processor")
        late = f", more than the {LONG_SECONDS} they should" if wall > LONG_SECONDS else ""
        terminal.write_line(f"The tests took {wall:.0f} s{late}.")

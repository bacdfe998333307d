"""What tests of figures from outside share: a service on this machine, a time, a cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.disk import cache
from tests.calibration.cbs.made_up import Cbs, Clock


@pytest.fixture
def cbs() -> Iterator[Cbs]:
    """Give the service."""
    found = Cbs()
    yield found
    found.stop()


@pytest.fixture
def clock() -> Clock:
    """Give a time of this test's own."""
    return Clock()


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep downloads of a test in a cache of its own."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))

"""The real model behind the pages: a question that was asked before is answered at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.service.jobs import Request
from dashboards.service.runner import run_model
from model.disk import cache
from model.policy.scenario import FROZEN_2023
from model.run.simulation import Simulation


def test_a_page_that_is_opened_again_lives_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    request = Request(scenario=FROZEN_2023, base=FROZEN_2023, families=20, years=2, seed=3)
    first = run_model(request, lambda *_: None, lambda: False)

    monkeypatch.setattr(Simulation, "step", None)
    again = run_model(request, lambda *_: None, lambda: False)

    assert first.equals(again)
    assert len(first) > 100

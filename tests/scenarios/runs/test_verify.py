"""Running again from run.json: the same, or different and where."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.outcomes.observers import Progress, Stop
from model.policy.record import from_record, to_record
from model.policy.scenario import Scenario
from scenarios import load, names
from scenarios.format.manifest import MANIFEST, platforms, python_here
from scenarios.format.records import run_digest
from scenarios.format.sealed import sealed
from scenarios.runs import schedule
from scenarios.runs.places import live
from scenarios.runs.run import run_pairs
from scenarios.runs.task import Lived, Task
from scenarios.runs.verify import verify

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {
    "families": 40, "years": 2, "seed": 7, "replicates": range(3), "workers": 1,
}  # fmt: skip


def test_a_run_made_again_from_its_manifest_is_the_same(pair: Pair, tmp_path: Path) -> None:
    some = SMALL | {"replicates": range(2), "draws": "prior"}
    run_pairs(pair, **some, out=tmp_path / "run")

    verdict = verify(tmp_path / "run", workers=1)

    assert verdict.is_same
    assert verdict.n == 8
    assert verdict.made_here == ""
    assert (verdict.platform_here, verdict.platform_then) == ("", "")


def test_a_run_that_comes_out_different_is_said_to_and_where(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_pairs(pair, **SMALL, out=tmp_path / "run")

    def other(task: Task, progress: Progress | None = None, stop: Stop | None = None) -> Lived:
        lived = live(task, progress, stop)
        if task.replicate != 1:
            return lived
        sums = lived.runs[1].sums.copy()
        sums[0, 9, 0, 0, 0] += 1.0
        digest = run_digest(lived.runs[1].years, sums, lived.runs[1].weights)
        changed = replace(lived.runs[1], sums=sums, digest=digest)
        return Lived(runs=(lived.runs[0], changed), made_by=lived.made_by)

    monkeypatch.setattr(schedule, "live", other)
    verdict = verify(tmp_path / "run", workers=1)

    assert verdict.different == (("more_care", 0, 1),)
    (where,) = verdict.where
    assert (where.run, where.kind, where.n) == (("more_care", 0, 1), "number", 1)
    counted = ("contract_zero_hours", "actual", "total")
    assert where.at == (*counted, "2023/24", "eu11", "all", "all")
    assert float(where.now) == float(where.before) + 1.0


@pytest.mark.parametrize("has_other_code", [False, True])
def test_a_run_of_another_platform_is_said_to_be(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_other_code: bool
) -> None:
    run_pairs(pair, **(SMALL | {"replicates": range(1)}), out=tmp_path / "run")
    here = platforms("3.13.0 on darwin arm64", python_here())[1]
    about = json.loads((tmp_path / "run" / MANIFEST).read_text("utf-8"))
    about["python"] = "3.13.0 on darwin arm64"
    (tmp_path / "run" / MANIFEST).write_text(json.dumps(sealed(about)), "utf-8")
    if has_other_code:
        monkeypatch.setattr("scenarios.runs.verify.code_digest", lambda: "another")

    verdict = verify(tmp_path / "run", workers=1)

    assert verdict.is_other_version == has_other_code
    assert (verdict.platform_then, verdict.platform_here) == ("darwin arm64", here)


def test_a_scenario_written_out_and_read_back_is_the_same() -> None:
    for name in names():
        scenario = load(name)
        assert from_record(json.loads(json.dumps(to_record(scenario)))) == scenario

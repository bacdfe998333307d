"""Results that last: stopped anywhere, resumed, damaged, and never mixed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.disk.whole import write_whole
from model.errors import StorageError
from model.policy.scenario import Scenario
from scenarios.format import parquet, parts
from scenarios.format.manifest import MANIFEST
from scenarios.runs import schedule
from scenarios.runs.run import Ensemble, open_run, run_pairs
from scenarios.store import run_folder
from scenarios.store.list_runs import list_runs
from scenarios.store.lock import LOCK, writing

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {
    "families": 40, "years": 2, "seed": 7, "replicates": range(4), "workers": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def reference(pair: Pair) -> Ensemble:
    """The ensemble that was never disturbed."""
    return run_pairs(pair, **SMALL)


class PowerCutError(BaseException):
    """Nothing is written any more."""


@pytest.mark.usefixtures("remembered")
@given(n_writes=st.integers(0, 13), per_part=st.integers(1, 5), named=st.booleans())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whenever_writing_stops_the_same_numbers_come_out_in_the_end(
    pair: Pair,
    reference: Ensemble,
    tmp_path_factory: pytest.TempPathFactory,
    n_writes: int,
    per_part: int,
    *,
    named: bool,
) -> None:
    folder = tmp_path_factory.mktemp("stopped") / "run"
    written = 0

    def write(path: Path, content: bytes | memoryview) -> None:
        nonlocal written
        if written >= n_writes:
            if named and written == n_writes and path.suffix == ".parquet":
                whole(path, content)
            written += 1
            raise PowerCutError
        written += 1
        whole(path, content)

    whole = write_whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_folder, "RUNS_PER_PART", per_part)
        patch.setattr(parts, "write_whole", write)
        patch.setattr(run_folder, "write_whole", write)
        try:
            run_pairs(pair, **SMALL, out=folder)
        except PowerCutError:
            assert all(one.state != "finished" for one in list_runs(folder))
            with pytest.raises(StorageError):
                open_run(folder)
    found = run_pairs(pair, **SMALL, out=folder)

    assert found.digest == reference.digest
    assert open_run(folder).digest == reference.digest
    assert len({one for part in found.parts for one in part.runs}) == 8


def test_a_finished_ensemble_is_not_lived_again(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_pairs(pair, **SMALL, out=tmp_path / "run")
    monkeypatch.setattr(schedule, "live", None)

    assert run_pairs(pair, **SMALL, out=tmp_path / "run").digest == first.digest


@pytest.mark.usefixtures("remembered")
def test_replicates_may_be_added_and_the_numbers_are_as_if_made_at_once(
    pair: Pair, reference: Ensemble, tmp_path: Path
) -> None:
    for replicates in ([2], [0, 2], range(4)):
        found = run_pairs(pair, **(SMALL | {"replicates": replicates}), out=tmp_path / "run")

    assert found.digest == reference.digest
    assert found.replicates == (0, 1, 2, 3)
    assert len(found.about["seeds"]) == 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 8}, "seed 7 there, 8 asked"),
        ({"families": 42}, "families 40 there, 42 asked"),
        ({"years": 3}, "years 2 there, 3 asked"),
        ({"draws": "prior"}, "draws none there, prior asked"),
    ],
)
@pytest.mark.usefixtures("remembered")
def test_runs_of_another_ensemble_are_not_mixed_in(
    pair: Pair, tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    run_pairs(pair, **SMALL, out=tmp_path / "run")

    with pytest.raises(StorageError, match=told):
        run_pairs(pair, **(SMALL | change), out=tmp_path / "run")
    with pytest.raises(StorageError, match="more_care there, s00_frozen_2023 asked"):
        run_pairs(pair[:1], **SMALL, out=tmp_path / "run")


def test_a_folder_with_other_things_in_it_is_left_alone(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"sun")

    with pytest.raises(StorageError, match="has other things in it"):
        run_pairs(pair, **SMALL, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_lock_that_a_dead_process_left_behind_is_no_lock(
    pair: Pair, tmp_path: Path, reference: Ensemble
) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / LOCK).write_text('{"pid": 1, "host": "elsewhere"}', "utf-8")

    assert run_pairs(pair, **SMALL, out=folder).digest == reference.digest
    assert not (folder / LOCK).exists()


def test_a_folder_that_is_being_written_is_listed_as_such(pair: Pair, tmp_path: Path) -> None:
    run_pairs(pair, **SMALL, out=tmp_path / "run")

    with writing(tmp_path / "run"):
        (listed,) = list_runs(tmp_path)

    assert listed.state == "being written"
    assert listed.told.startswith(f"process {os.getpid()} on ")
    assert list_runs(tmp_path)[0].state == "finished"


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x01
    path.write_bytes(content)


def cut(path: Path, place: int) -> None:
    path.write_bytes(path.read_bytes()[:place])


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("harm", [flip, cut])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_damaged_part_is_never_read_as_data_and_is_made_again(
    pair: Pair,
    reference: Ensemble,
    tmp_path: Path,
    harm: Callable[[Path, int], None],
    share: float,
) -> None:
    folder = tmp_path / "run"
    path = run_pairs(pair, **SMALL, out=folder).parts[0].path
    harm(path, int(share * path.stat().st_size))

    with pytest.raises(StorageError, match=r"damaged: .*part-00000.parquet: it"):
        open_run(folder)
    found = run_pairs(pair, **SMALL, out=folder)

    assert found.digest == reference.digest
    assert "set aside" in found.repaired[0]
    assert open_run(folder).digest == reference.digest


@pytest.mark.usefixtures("remembered")
def test_a_damaged_card_or_manifest_is_reported(pair: Pair, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    part = run_pairs(pair, **SMALL, out=folder).parts[0]
    card = parts.card_of(part.path)
    cut(card, 40)

    with pytest.raises(StorageError, match=r"damaged: .*part-00000.json: it is no JSON"):
        open_run(folder)
    cut(folder / MANIFEST, 100)
    with pytest.raises(StorageError, match=r"damaged: .*run.json: it is no JSON"):
        open_run(folder)
    (listed,) = list_runs(tmp_path)
    assert listed.state == "damaged"


@pytest.mark.usefixtures("remembered")
def test_a_part_that_is_missing_is_noticed(pair: Pair, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    part = run_pairs(pair, **SMALL, out=folder).parts[0]
    part.path.unlink()
    parts.card_of(part.path).unlink()

    with pytest.raises(StorageError, match=r"damaged: .*part-00000.parquet: it is missing"):
        open_run(folder)


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_lived(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    monkeypatch.setattr(schedule, "live", None)

    with pytest.raises(StorageError, match="cannot write"):
        run_pairs(pair, **SMALL, out=tmp_path / "file" / "run")


@pytest.mark.usefixtures("remembered")
def test_the_digest_does_not_depend_on_how_runs_are_spread_over_parts(
    pair: Pair, reference: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_folder, "RUNS_PER_PART", 1)

    found = run_pairs(pair, **SMALL)

    assert len(found.parts) == 8
    assert found.digest == reference.digest
    assert found.table().equals(reference.table())


def test_what_is_read_back_from_a_part_is_what_was_lived(pair: Pair, tmp_path: Path) -> None:
    found = run_pairs(pair, **SMALL, out=tmp_path / "run")

    for part in found.parts:
        read = parquet.runs_in(part.path, found.layout)
        assert [one.digest for one in read] == [one.digest for one in part.runs]

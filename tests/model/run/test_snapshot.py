"""A snapshot goes on as the run would have; what is not whole, or not ours, is refused in words."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import NEWCOMER_COUNTS, START_NUMBER
from model.disk.packing import packed, unpacked
from model.enums import Municipality
from model.errors import InputError, StorageError
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario, Target
from model.run import snapshot as snapshots
from model.run.simulation import Simulation
from model.run.snapshot import Snapshot
from model.state import CHUNK

FAMILIES, YEARS = 40, 3
PLAN = Scenario(
    id="shorter_phase_a",
    levers=(
        LeverChange(lever="agency_phase_a_weeks", value=26.0, start=START_NUMBER + 6),
        LeverChange(
            lever="web_places_per_100",
            value=20.0,
            start=START_NUMBER + 18,
            target=Target(municipalities=(Municipality.ROTTERDAM,)),
        ),
    ),
)


def made(scenario: Scenario = PLAN, **more: Any) -> FamilyModel:  # noqa: ANN401
    """A small model."""
    return FamilyModel(scenario, **({"families": FAMILIES, "rng": 1, "years": YEARS} | more))


@pytest.fixture(scope="module")
def undisturbed() -> FamilyModel:
    """The run that nobody stopped."""
    return made().run()


def same(model: FamilyModel, other: FamilyModel) -> bool:
    """Whether two models are equal to the bit: their people, what was added up and collected."""
    frames = [
        one.datacollector.get_model_vars_dataframe()
        for one in (model, other)
        if one.datacollector is not None
    ]
    return (
        model.state.equals(other.state)
        and model.sums().school_years == other.sums().school_years
        and model.sums().numbers.tobytes() == other.sums().numbers.tobytes()
        and model.steps == other.steps
        and (len(frames) == 1 or frames[0].equals(frames[1]))
    )


def test_a_policy_of_later_months_goes_on_from_a_snapshot_as_from_the_start(
    undisturbed: FamilyModel,
) -> None:
    base = made(FROZEN_2023)
    base.run_for(6)

    forked = FamilyModel.from_snapshot(base.snapshot(), PLAN, threads=2, collect=False)

    assert forked.policy is PLAN
    assert same(forked.run(), undisturbed)
    assert not same(base.run(), undisturbed)


@pytest.mark.parametrize(("months", "rows"), [(7, 0), (6, 1), (20, 0)])
def test_a_policy_that_would_have_begun_before_the_snapshot_is_refused(
    months: int, rows: int
) -> None:
    base = made(FROZEN_2023)
    base.run_for(months)
    for row in np.flatnonzero(base.simulation.is_here())[:rows]:
        base.live_family(int(row))

    with pytest.raises(InputError, match=r"agency_phase_a_weeks in 2024-02|target groups"):
        FamilyModel.from_snapshot(base.snapshot(), PLAN)


def test_other_people_cannot_be_asked_of_a_snapshot_even_before_the_first_month() -> None:
    larger = ParameterChange(parameter="population.n_children_0_17", value=90_000)
    kept = made(FROZEN_2023).snapshot()

    with pytest.raises(InputError, match="something else of n_children_0_17 in 2023-08"):
        Simulation.from_snapshot(kept, Scenario(id="larger", parameters=(larger,)))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A snapshot as a file, taken in the middle of a month."""
    model = made()
    model.run_for(15)
    for family in list(model.agents)[:5]:
        family.step()
    model.snapshot().write(tmp_path / "kept.npz")
    return tmp_path / "kept.npz"


def test_a_file_goes_on_as_the_model_would_have(kept: Path, undisturbed: FamilyModel) -> None:
    for _ in range(2):
        assert same(FamilyModel.from_snapshot(kept).run(), undisturbed)
    assert [path.name for path in kept.parent.iterdir()] == ["kept.npz"]


def test_what_is_carried_beside_the_people_comes_along_in_the_middle_of_a_month(
    tmp_path: Path,
) -> None:
    run = Simulation(PLAN, families=200, seed=1, years=YEARS)
    while run.month < min(NEWCOMER_COUNTS):
        run.step()
    for row in np.flatnonzero(run.is_here())[::2]:
        run.live_family(int(row))
    run.snapshot().write(tmp_path / "open.npz")

    ours, theirs = (
        one.past().moment for one in (run, Simulation.from_snapshot(tmp_path / "open.npz"))
    )

    assert (theirs.month, theirs.is_open) == (ours.month, ours.is_open) == (run.month, True)
    for name in ("shown", "queue", "counts", "newcomers"):
        assert getattr(ours, name).any(), name
        assert np.array_equal(getattr(theirs, name), getattr(ours, name)), name


def test_what_all_threads_counted_comes_along_with_a_month_that_is_lived_and_not_closed() -> None:
    run = Simulation(PLAN, families=2 * CHUNK, seed=1, years=YEARS, threads=2)
    while run.month < min(NEWCOMER_COUNTS):
        run.step()
    run.open()
    run.live()
    ours, theirs = run, Simulation.from_snapshot(run.snapshot())

    for one in (ours, theirs):
        one.close()
        one.step()

    assert theirs.state.equals(ours.state)


def test_a_file_says_what_it_is_and_holds_no_pickle(kept: Path) -> None:
    with np.load(kept, allow_pickle=False) as members:
        about = json.loads(bytes(members["about"]))
        kinds = {members[name].dtype.kind for name in members}

    assert kinds <= set("biuf")
    assert about["title"] == "Veerkracht snapshot"
    assert (about["month_text"], about["seed"], about["families"]) == ("2024-11", 1, FAMILIES)
    assert about["scenario"]["levers"][0]["lever"] == "agency_phase_a_weeks"
    assert set(about["made_by"]) == {
        "code of the model",
        "ledger of parameters",
        "numba",
        "numpy",
    }


@pytest.mark.parametrize("share", [k / 40 for k in range(41)])
def test_a_damaged_file_is_refused_in_words_or_whole(
    kept: Path, share: float, undisturbed: FamilyModel
) -> None:
    content = kept.read_bytes()
    at = min(int(share * len(content)), len(content) - 1)

    kept.write_bytes(content[:at])
    with pytest.raises(StorageError, match="is damaged, or is no snapshot"):
        Snapshot.read(kept)

    kept.write_bytes(bytes([*content[:at], content[at] ^ 4, *content[at + 1 :]]))
    try:
        found = FamilyModel.from_snapshot(kept)
    except StorageError:
        return
    # A byte of the archive on which no number hangs, such as the time of a member.
    assert same(found.run(), undisturbed)


def edited(kept: Path, **told: object) -> None:
    """Write a file anew with something else said of it, and nothing but that."""
    about, arrays = unpacked(kept.read_bytes())
    kept.write_bytes(packed(about | told, arrays))


@pytest.mark.parametrize(
    "told",
    [
        {"month": 14},
        {"seed": 2},
        {"months": 24},
        {"families": None},
        {"is_open": False},
        {"school_years": []},
        {"parameters": {"school.fade_rate": 0.2}},
        {"scenario": {}},
        {"digest": "0" * 64},
    ],
)
def test_a_file_of_which_something_else_is_said_is_refused(
    kept: Path, told: dict[str, object]
) -> None:
    edited(kept, **told)

    with pytest.raises(StorageError, match="is damaged"):
        Snapshot.read(kept)


@pytest.mark.parametrize(
    "told",
    [
        {"month": -1},
        {"month": 99},
        {"month": "x"},
        {"months": 10**9},
        {"seed": -1},
        {"scenario": 1},
    ],
)
def test_a_file_whose_digest_was_made_to_fit_is_looked_at_all_the_same(
    kept: Path, told: dict[str, object]
) -> None:
    about, arrays = unpacked(kept.read_bytes())
    about |= told
    del about["digest"]
    digest = snapshots._digest(about, arrays)
    kept.write_bytes(packed(about | {"digest": digest}, arrays))

    with pytest.raises((StorageError, InputError)):
        FamilyModel.from_snapshot(kept)


def test_another_format_and_another_kind_of_file_are_told_apart(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.npz"
    np.savez(other, trust=np.ones(3))
    foreign = tmp_path / "foreign.npz"
    foreign.write_bytes(packed({"title": "Holiday"}, {}))
    edited(kept, format=2)

    with pytest.raises(StorageError, match="of format 2; this version reads format 1"):
        Snapshot.read(kept)
    with pytest.raises(StorageError, match="is no snapshot"):
        Snapshot.read(other)
    with pytest.raises(StorageError, match="is no snapshot of Veerkracht"):
        Snapshot.read(foreign)
    with pytest.raises(StorageError, match="cannot read"):
        Snapshot.read(tmp_path / "none.npz")


def test_a_pickle_in_a_file_is_not_opened(kept: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path(tmp_path / "sprung").touch, ())

    buffer = io.BytesIO()
    np.savez(buffer, about=np.array([Trap()], object))
    kept.write_bytes(buffer.getvalue())

    with pytest.raises(StorageError, match="is no snapshot"):
        FamilyModel.from_snapshot(kept)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("name", ["code of the model", "ledger of parameters", "numpy"])
def test_what_another_version_made_is_refused_with_what_differs(
    kept: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = made()
    held = model.snapshot()
    here = snapshots.made_by() | {name: "something else"}
    monkeypatch.setattr(snapshots, "made_by", lambda: here)

    for source in (kept, held):
        with pytest.raises(InputError, match=f"{name} .* there, something else here"):
            FamilyModel.from_snapshot(source)


def test_a_snapshot_is_written_whole_or_not_at_all_and_over_nothing_else(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = made()
    later.run_for(20)
    mine = tmp_path / "thesis.docx"
    mine.write_bytes(b"years of work")
    before = kept.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="is there and is no snapshot"):
        later.snapshot().write(mine)
    with pytest.raises(StorageError, match="cannot write"):
        later.snapshot().write(tmp_path / "no folder" / "later.npz")
    with monkeypatch.context() as full:
        full.setattr("os.fsync", fails)
        with pytest.raises(StorageError, match="no space left"):
            later.snapshot().write(kept)

    assert mine.read_bytes() == b"years of work"
    assert kept.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.npz", "thesis.docx"]
    later.snapshot().write(kept)
    assert Snapshot.read(kept).moment.month == 20

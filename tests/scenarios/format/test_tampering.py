"""A run folder in which things were copied, edited or made to fit: found, in words, and mended."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.errors import StorageError
from model.policy.scenario import Scenario
from scenarios.format import parquet
from scenarios.format.layout import Layout
from scenarios.format.manifest import MANIFEST, ensemble_id
from scenarios.format.parts import Held, Part, card_of, run_id, write_part
from scenarios.format.records import Run, run_digest
from scenarios.format.sealed import sealed
from scenarios.runs.run import Ensemble, open_run, run_pairs
from scenarios.runs.verify import verify
from scenarios.store.list_runs import list_runs
from scenarios.store.run_folder import data_digest

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {
    "families": 40, "years": 2, "seed": 7, "replicates": range(2), "workers": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def made(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the folders of two ensembles that differ in the seed; tests work on copies."""
    place = tmp_path_factory.mktemp("made")
    run_pairs(pair, **SMALL, out=place / "mine")
    run_pairs(pair, **(SMALL | {"seed": 8}), out=place / "other")
    return place / "mine", place / "other"


@pytest.fixture
def folder(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """Give a folder of its own with a finished ensemble."""
    shutil.copytree(made[0], tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture(scope="module")
def digest(made: tuple[Path, Path]) -> str:
    return open_run(made[0]).digest


def first(folder: Path) -> Path:
    return folder / "outcomes" / "part-00000.parquet"


def copied(source: Path, target: Path) -> None:
    """Copy a part with its card, as a file manager does."""
    shutil.copy(source, target)
    shutil.copy(card_of(source), card_of(target))


def edited(path: Path, change: Callable[[dict[str, Any]], object], *, seal: bool) -> None:
    """Change a record; with `seal` so that it fits itself again."""
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(sealed(record) if seal else record), "utf-8")


def with_other_replicate(card: dict[str, Any]) -> None:
    card["runs"][0]["replicate"] = 99


def with_fitting_replicate(card: dict[str, Any]) -> None:
    run = card["runs"][0]
    run["replicate"] = 99
    run["id"] = run_id(card["ensemble"], run["scenario"], run["draw"], 99)


def doubled(folder: Path, _: Path) -> None:
    copied(first(folder), first(folder).with_name("part-00000 (1).parquet"))


def numbered_copy(folder: Path, _: Path) -> None:
    copied(first(folder), first(folder).with_name("part-00001.parquet"))


def copy_without_card(folder: Path, _: Path) -> None:
    shutil.copy(first(folder), first(folder).with_name("part-00000 (1).parquet"))


def of_another(folder: Path, other: Path) -> None:
    copied(first(other), first(folder))


def beside(folder: Path, other: Path) -> None:
    copied(first(other), first(folder).with_name("part-00001.parquet"))


def card_edited(folder: Path, _: Path) -> None:
    edited(card_of(first(folder)), with_other_replicate, seal=False)


def card_edited_and_sealed(folder: Path, _: Path) -> None:
    edited(card_of(first(folder)), with_other_replicate, seal=True)


def card_edited_with_care(folder: Path, _: Path) -> None:
    edited(card_of(first(folder)), with_fitting_replicate, seal=True)


def card_without_runs(folder: Path, _: Path) -> None:
    edited(card_of(first(folder)), lambda card: card.pop("runs"), seal=True)


def of_another_replicate(folder: Path, _: Path) -> None:
    """Lay a part beside it with a run of the same ensemble that nobody asked for."""
    run = open_run(folder)
    runs = [replace(one, replicate=7) for one in parquet.runs_in(first(folder), run.layout)[:1]]
    write_part(
        first(folder).with_name("part-00001.parquet"), runs, run.about["ensemble"], run.layout
    )


def written_again(folder: Path, _: Path) -> None:
    """Write other numbers into a part and its card, which fit each other and not run.json."""
    run = open_run(folder)
    write_part(first(folder), changed(folder), run.about["ensemble"], run.layout)


def run_twice(folder: Path, _: Path) -> None:
    """Write a part with a run twice, and make its card and run.json fit."""
    run = open_run(folder)
    (part,) = run.parts
    runs = parquet.runs_in(part.path, run.layout)
    held = (*part.runs, part.runs[0])
    told = {"ensemble": part.ensemble, "runs": [asdict(one) for one in held]}
    content = parquet.encode([*runs, runs[0]], run.layout, json.dumps(told).encode())
    fitting(folder, part, content, held)


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize(
    ("harm", "told", "mended"),
    [
        (doubled, r"\(1\).parquet: run.json does not name it", "a copy?"),
        (copy_without_card, r"\(1\).parquet: run.json does not name it", "a copy?"),
        (numbered_copy, "part-00001.parquet: run.json does not name it", "there already"),
        (beside, "part-00001.parquet: run.json does not name it", "another ensemble"),
        (of_another, "part-00000.parquet: it belongs to another ensemble", "another ensemble"),
        (card_edited, "part-00000.json: it was changed after", "was damaged"),
        (card_edited_and_sealed, "part-00000.json: a run in it does not belong", "was damaged"),
        (card_edited_with_care, "4 runs are there, not each of 4 once", "was damaged"),
        (card_without_runs, "part-00000.json: runs is missing", "was damaged"),
        (of_another_replicate, "part-00001.parquet: run.json does not name it", "not asked for"),
        (written_again, "part-00000.parquet: it is not the part that run.json", "was damaged"),
        (run_twice, "outcomes: 5 runs are there, not each of 4 once", "there already"),
    ],
)
def test_parts_that_were_copied_or_edited_are_found_and_going_on_sets_them_aside(
    made: tuple[Path, Path],
    folder: Path,
    pair: Pair,
    digest: str,
    harm: Callable[[Path, Path], None],
    told: str,
    mended: str,
) -> None:
    harm(folder, made[1])

    for look in (open_run, verify):
        with pytest.raises(StorageError, match=f"^damaged: .*{told}"):
            look(folder)
    assert list_runs(folder)[0].told.startswith("damaged: ")
    found = run_pairs(pair, **SMALL, out=folder)

    assert found.digest == digest
    assert found.about["finished"]
    assert any(mended in message and "set aside" in message for message in found.repaired)
    assert sorted((one.scenario, one.replicate) for part in found.parts for one in part.runs) == [
        (one.id, replicate) for one in sorted(pair, key=lambda one: one.id) for replicate in (0, 1)
    ]
    assert open_run(folder).digest == digest
    assert verify(folder, workers=1).is_same


def test_what_is_set_aside_is_kept_each_under_a_name_of_its_own(
    made: tuple[Path, Path], folder: Path, pair: Pair
) -> None:
    for _ in range(2):
        beside(folder, made[1])
        run_pairs(pair, **SMALL, out=folder)

    kept = sorted(path.name for path in (folder / "outcomes").glob("*.parquet.foreign*"))

    assert kept == ["part-00001.parquet.foreign", "part-00001.parquet.foreign-2"]
    assert (folder / "outcomes" / kept[0]).read_bytes() == first(made[1]).read_bytes()


def test_a_part_that_is_gone_is_missed_by_its_name(folder: Path) -> None:
    first(folder).unlink()

    for look in (open_run, verify):
        with pytest.raises(StorageError, match=r"^damaged: .*part-00000.parquet: it is missing"):
            look(folder)


def test_a_part_whose_numbers_do_not_come_back_is_not_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, path = open_run(folder), tmp_path / "part-00000.parquet"
    runs = parquet.runs_in(first(folder), run.layout)
    other = parquet.encode(changed(folder), run.layout, b"{}")
    monkeypatch.setattr(parquet, "encode", lambda *_: other)

    with pytest.raises(StorageError, match="its numbers do not come back as they were"):
        write_part(path, runs, run.about["ensemble"], run.layout)
    assert not path.exists()


def cut(content: bytes) -> bytes:
    return content[:-1]


def turned(content: bytes) -> bytes:
    """Turn one bit in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("harm", "told"),
    [(cut, "has another size than was written"), (turned, "its checksum is another")],
)
def test_a_part_of_which_a_byte_is_another_is_damaged(
    folder: Path, harm: Callable[[bytes], bytes], told: str
) -> None:
    first(folder).write_bytes(harm(first(folder).read_bytes()))

    for look in (open_run, verify):
        with pytest.raises(StorageError, match=f"^damaged: .*part-00000.parquet: .*{told}"):
            look(folder)


def test_what_nobody_finished_writing_goes_when_the_folder_is_gone_on_with(
    folder: Path, pair: Pair
) -> None:
    left = first(folder).with_name(".part-00001.parquet.partial")
    left.write_bytes(b"PAR1 half")

    found = run_pairs(pair, **(SMALL | {"replicates": range(3)}), out=folder)

    assert not left.exists()
    assert found.repaired == ()


def test_a_doubled_part_does_not_hinder_more_replicates(folder: Path, pair: Pair) -> None:
    doubled(folder, folder)

    found = run_pairs(pair, **(SMALL | {"replicates": range(3)}), out=folder)

    table = found.table(outcome="n_children", dimension="all")
    assert not table.duplicated(["scenario", "replicate", "population", "school_year"]).any()
    assert set(table["replicate"]) == {0, 1, 2}


def test_runs_of_the_same_ensemble_may_come_from_another_folder(
    pair: Pair, tmp_path: Path, digest: str, folder: Path
) -> None:
    mine = tmp_path / "half"
    run_pairs(pair, **(SMALL | {"replicates": [0]}), out=mine)
    run_pairs(pair, **(SMALL | {"replicates": [1]}), out=tmp_path / "other half")
    copied(first(tmp_path / "other half"), first(mine).with_name("part-00001.parquet"))

    found = run_pairs(pair, **SMALL, out=mine)

    assert found.repaired == ()
    assert found.digest == digest
    assert found.table().equals(open_run(folder).table())


# Numbers changed, and everything that is said about them made to fit again.


def rewritten(folder: Path, runs: list[Run], *, digests: bool) -> None:
    """Write other numbers into the part, with checksums, and on request digests, that fit."""
    run = open_run(folder)
    (part,) = run.parts
    held = tuple(
        replace(one, digest=other.digest) if digests else one
        for one, other in zip(part.runs, runs, strict=True)
    )
    told = {"ensemble": part.ensemble, "runs": [asdict(one) for one in held]}
    content = parquet.encode(runs, run.layout, json.dumps(told).encode())
    fitting(folder, part, content, held)


def fitting(folder: Path, part: Part, content: bytes, held: tuple[Held, ...]) -> None:
    """Write a part, and make its card and run.json fit."""
    part.path.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    runs = [asdict(one) for one in held]
    edited(
        card_of(part.path),
        lambda card: card.update(size=len(content), sha256=sha256, runs=runs),
        seal=True,
    )
    data = data_digest([replace(part, runs=held)])
    edited(
        folder / MANIFEST,
        lambda about: about.update(parts={part.path.name: sha256}, data_digest=data),
        seal=True,
    )


def changed(folder: Path) -> list[Run]:
    """Return the runs of a folder, in the first of them a column that is twice what it was."""
    run = open_run(folder)
    runs = parquet.runs_in(run.parts[0].path, run.layout)
    sums = runs[0].sums.copy()
    sums[:, place(run.layout, "income_eur_month"), :, :, 0] *= 2.0
    digest = run_digest(runs[0].years, sums, runs[0].weights)
    runs[0] = replace(runs[0], sums=sums, digest=digest)
    return runs


def place(layout: Layout, outcome: str) -> int:
    return layout.outcomes.index(outcome)


def test_a_column_that_was_changed_and_hashed_again_is_found_by_verify(folder: Path) -> None:
    rewritten(folder, changed(folder), digests=False)
    opened = open_run(folder)

    assert opened.table(outcome="income_eur_month")["value"].notna().all()
    with pytest.raises(StorageError, match=r"^damaged: .*its numbers are not those that were wri"):
        verify(folder, workers=1)


def test_numbers_that_were_changed_with_all_their_digests_are_found_by_living_again(
    folder: Path,
) -> None:
    rewritten(folder, changed(folder), digests=True)

    verdict = verify(folder, workers=1)

    assert verdict.different == (("s00_frozen_2023", 0, 0),)
    assert verdict.where[0].at[:3] == ("income_eur_month", "actual", "total")


def test_rows_that_change_places_are_found_by_verify(folder: Path) -> None:
    run = open_run(folder)
    (part,) = run.parts
    populations = replace(run.layout, populations=run.layout.populations[::-1])
    runs = parquet.runs_in(part.path, run.layout)
    told = json.dumps({"ensemble": part.ensemble, "runs": [asdict(one) for one in part.runs]})
    fitting(folder, part, parquet.encode(runs, populations, told.encode()), part.runs)

    with pytest.raises(StorageError, match="rows of population do not stand as they were written"):
        verify(folder, workers=1)


def test_what_is_no_parquet_is_said_to_be_damaged_whatever_its_checksum(folder: Path) -> None:
    (part,) = open_run(folder).parts
    fitting(folder, part, b"PAR1 garbage PAR1", part.runs)

    for look in (open_run, verify):
        with pytest.raises(StorageError, match=r"^damaged: .*cannot be read as Parquet"):
            look(folder)


def test_a_column_that_is_missing_is_named(folder: Path) -> None:
    run = open_run(folder)
    (part,) = run.parts
    gone = place(run.layout, "poor_share")
    layout = replace(run.layout, series=tuple(np.delete(np.array(run.layout.series), gone)))
    runs = [
        replace(one, sums=np.delete(one.sums, gone, axis=1))
        for one in parquet.runs_in(part.path, run.layout)
    ]
    told = json.dumps({"ensemble": part.ensemble, "runs": [asdict(one) for one in part.runs]})
    fitting(folder, part, parquet.encode(runs, layout, told.encode()), part.runs)

    with pytest.raises(StorageError, match=r"no column 'poor_share.actual.sum', which run.json"):
        open_run(folder)


# run.json


def reversed_scenarios(about: dict[str, Any]) -> None:
    about["scenarios"].reverse()


def reversed_with_care(about: dict[str, Any]) -> None:
    about["scenarios"].reverse()
    about["ensemble"] = ensemble_id(about)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (reversed_scenarios, "run.json: its scenarios, settings or parameters are not those"),
        (reversed_with_care, "part-00000.parquet: it belongs to another ensemble"),
    ],
)
def test_scenarios_in_another_order_are_found_so_that_no_difference_changes_its_sign(
    folder: Path, pair: Pair, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    edited(folder / MANIFEST, change, seal=True)

    for look in (open_run, verify):
        with pytest.raises(StorageError, match=f"^damaged: .*{told}"):
            look(folder)
    with pytest.raises(StorageError, match=r"damaged: |holds another ensemble"):
        run_pairs(pair, **SMALL, out=folder)


def zeros(about: dict[str, Any]) -> None:
    about["data_digest"] = "0" * 64


def test_a_data_digest_that_is_not_that_of_the_numbers_is_found_and_mended(
    folder: Path, pair: Pair, digest: str
) -> None:
    edited(folder / MANIFEST, zeros, seal=True)

    for look in (open_run, verify):
        with pytest.raises(StorageError, match=r"^damaged: .*its data_digest is not that of the"):
            look(folder)
    found: Ensemble = run_pairs(pair, **SMALL, out=folder)

    assert found.digest == digest
    assert "another data_digest" in found.repaired[0]
    assert open_run(folder).digest == digest

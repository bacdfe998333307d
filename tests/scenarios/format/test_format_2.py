"""Folders of before, and of versions that observed other things: they stay readable for good."""

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from model.aliases import RENAMED
from model.errors import InputError, StorageError
from scenarios import load
from scenarios.disclosure.cell_sizes import sizes_of
from scenarios.disclosure.rules import CELL
from scenarios.disclosure.suppress import sizes
from scenarios.format.manifest import MANIFEST
from scenarios.format.parts import card_of
from scenarios.runs.run import open_run, run_pairs
from scenarios.runs.verify import verify
from scenarios.statistics.overview import overview
from scenarios.store.list_runs import list_runs

FORMAT_2 = Path(__file__).parents[2] / "data" / "run_format2"
"""Made by commit c2dc6c7: `compare s01_reference s05_flex_law --families 100 --years 5
--replicates 2`."""

DIGEST = "9110545043701d6ff2cc99c3e9fdc47883ace8c15ac811421181a9dc4170ae39"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the folder of before."""
    shutil.copytree(FORMAT_2, tmp_path / "run")
    return tmp_path / "run"


def part(folder: Path) -> Path:
    return folder / "outcomes" / "part-00000.parquet"


def without(folder: Path, outcome: str) -> None:
    """Make the folder one of a version that did not observe an outcome."""
    table = pq.read_table(part(folder))
    table = table.drop_columns([one for one in table.column_names if one.startswith(outcome)])
    pq.write_table(table, part(folder))
    content = part(folder).read_bytes()
    card = json.loads(card_of(part(folder)).read_text("utf-8"))
    card |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    card_of(part(folder)).write_text(json.dumps(card), "utf-8")
    about = json.loads((folder / MANIFEST).read_text("utf-8"))
    about["parts"] = {part(folder).name: card["sha256"]}
    (folder / MANIFEST).write_text(json.dumps(about), "utf-8")


def test_a_folder_of_before_is_listed_and_opens_with_what_it_holds() -> None:
    (listed,) = list_runs(FORMAT_2.parent)
    run = open_run(FORMAT_2)

    assert listed.state == "finished"
    assert (listed.families, listed.years, listed.replicates) == (100, 5, 2)
    assert run.scenarios == ("s01_reference", "s05_flex_law")
    assert run.digest == DIGEST
    assert len(run.outcomes) == 55
    assert run.layout.units["income_eur_month"] == "EUR per month"
    assert len(run.parameters) == 438


def test_numbers_of_before_are_read_under_the_names_of_today() -> None:
    raw = pd.read_parquet(part(FORMAT_2))
    run = open_run(FORMAT_2)

    for layer, before in (("actual", "true"), ("registered", "registered")):
        found = run.table(outcome="vsv_vo_expected", layer=layer)
        assert found["numerator"].sum() == raw[f"vsv_vo_expected.{before}.sum"].sum() > 0.0
        assert found["denominator"].sum() == raw[f"vsv_vo_expected.{before}.of"].sum()
        assert set(found["layer"]) == {layer}
    counts = run.table(outcome="n_children", dimension="all", population="eu11")
    chosen = raw[(raw["dimension"] == "all") & (raw["population"] == "eu11")]
    assert sorted(counts["value"]) == sorted(chosen["n_children.true.sum"])


def test_the_sizes_of_cells_of_before_are_those_of_the_table() -> None:
    run = open_run(FORMAT_2)
    by_query, by_table = (
        one.sort_values(list(CELL)).reset_index(drop=True)
        for one in (sizes_of(run.stored), sizes(run.table(layer=None)))
    )

    pd.testing.assert_frame_equal(by_query, by_table, check_dtype=False)
    assert run.layout.sized_as == {"vsv_adult_share": "vsv_vo_expected"}


def test_verify_says_that_another_version_made_it_and_that_the_numbers_are_as_stored() -> None:
    verdict = verify(FORMAT_2)

    assert verdict.is_other_version
    assert not verdict.is_same
    assert (verdict.n_stored, verdict.n) == (4, 0)
    assert verdict.made_then == "model f359554cdbda8d0f, numba 0.68.1, numpy 2.5.5"


def test_verify_finds_a_number_of_before_that_was_changed(folder: Path) -> None:
    table = pq.read_table(part(folder))
    place = table.column_names.index("poor_share.true.sum")
    name = table.column_names[place]
    table = table.set_column(place, name, table["poor_share.true.sum"].combine_chunks())
    frame = table.to_pandas()
    frame[name] *= 2.0
    frame.to_parquet(part(folder), index=False)
    without(folder, "no outcome of this name")

    assert open_run(folder).digest == DIGEST
    with pytest.raises(StorageError, match=r"^damaged: .*not those that were written"):
        verify(folder)


def test_nothing_is_added_to_a_folder_of_before(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    scenarios = [load(name) for name in ("s01_reference", "s05_flex_law")]

    with pytest.raises(StorageError, match=r"another ensemble .made by model f359554cdbda8d0f"):
        run_pairs(scenarios, families=100, years=5, replicates=range(3), out=folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_run_that_lacks_an_outcome_gives_the_others_and_names_what_it_lacks(
    folder: Path,
) -> None:
    whole = open_run(FORMAT_2).table(outcome=["hours_cv", "vsv_mbo_expected"])
    without(folder, "poor_share")
    run = open_run(folder)

    assert "poor_share" not in run.outcomes
    assert run.table(outcome=["hours_cv", "vsv_mbo_expected"]).equals(whole)
    assert set(run.table()["outcome"]) == set(run.outcomes)
    assert len(overview(run, outcome="hours_cv")) > 0
    with pytest.raises(InputError, match="this run has no 'poor_share': the version of the model"):
        run.table(outcome="poor_share")
    with pytest.raises(InputError, match="this run has no 'poor_share': the version of the model"):
        overview(run, outcome=["hours_cv", "poor_share"])
    with pytest.raises(InputError, match=r"no outcome 'hours_cw' in this run. Did you mean 'hou"):
        run.table(outcome="hours_cw")


def test_an_outcome_that_only_the_run_knows_is_read_too(folder: Path) -> None:
    table = pq.read_table(part(folder))
    renamed = [one.replace("poor_share.", "newcomer_support_share.") for one in table.column_names]
    pq.write_table(table.rename_columns(renamed), part(folder))
    without(folder, "no outcome of this name")
    run = open_run(folder)

    found = run.table(outcome="newcomer_support_share")

    expected = open_run(FORMAT_2).table(outcome="poor_share")
    assert found["value"].equals(expected["value"])
    assert set(overview(run, outcome="newcomer_support_share", dimension="all")["unit"]) == {""}


def test_an_outcome_that_was_renamed_since_is_read_under_both_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = open_run(FORMAT_2).table(outcome="poor_share")
    monkeypatch.setitem(RENAMED["outcome"], "poor_share", "child_poverty")
    run = open_run(FORMAT_2)

    found = [run.table(outcome=name) for name in ("poor_share", "child_poverty")]

    assert set(found[0]["outcome"]) == {"child_poverty"}
    assert found[0].equals(found[1])
    assert found[0]["value"].equals(expected["value"])
    assert verify(FORMAT_2).is_other_version


def test_a_lever_that_was_renamed_since_is_named_with_the_nearest_when_it_is_to_be_lived(
    folder: Path,
) -> None:
    about = (folder / MANIFEST).read_text("utf-8")
    (folder / MANIFEST).write_text(about.replace("legal_help_access", "legal_help_acces"), "utf-8")

    assert verify(folder).is_other_version
    with pytest.raises(InputError, match="Did you mean 'legal_help_access'"):
        verify(folder, live_again=True)

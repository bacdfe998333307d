"""Tables for people and files for others: small groups hidden, chance marked, numbers as stored."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from dashboards.exports.asked import Asked
from dashboards.exports.tables import write_csv, write_excel
from dashboards.texts import texts
from model.errors import InputError
from model.outcomes.registry import BY_OUTCOME, STANDARDISED
from model.policy.scenario import Scenario
from scenarios.disclosure.cell_sizes import sizes_of
from scenarios.disclosure.rules import CELL, MARK, SMALL
from scenarios.disclosure.suppress import hidden, sizes
from scenarios.format.draws_file import write_draws
from scenarios.format.manifest import Settings
from scenarios.runs import parameter_samples
from scenarios.runs.parameter_samples import RESTRICTED
from scenarios.runs.run import Ensemble, open_run, run_pairs
from scenarios.statistics import overview as overviews
from scenarios.statistics.ask import difference
from scenarios.statistics.overview import CHANCE, UNKNOWN, overview
from scenarios.store.query import Stored

Pair = tuple[Scenario, Scenario]


@pytest.fixture(scope="module")
def ensemble(pair: Pair) -> Ensemble:
    return run_pairs(
        pair, families=120, years=3, seed=2, replicates=range(3), draws="prior", workers=1
    )


def test_sizes_from_the_store_are_those_of_the_table(ensemble: Ensemble) -> None:
    by_query, by_table = (
        one.sort_values(list(CELL)).reset_index(drop=True)
        for one in (sizes_of(ensemble.stored), sizes(ensemble.table(layer=None)))
    )

    pd.testing.assert_frame_equal(by_query, by_table, check_dtype=False)


def test_the_share_of_adults_is_hidden_where_leaving_is(ensemble: Ensemble) -> None:
    gone = hidden(sizes_of(ensemble.stored))
    of = {
        name: set(
            map(tuple, gone.loc[gone["outcome"] == name, ["population", "school_year"]].to_numpy())
        )
        for name in ("vsv_adult_share", "vsv_vo_expected")
    }
    everybody = gone[(gone["outcome"] == "vsv_vo_expected") & (gone["dimension"] == "all")]

    assert of["vsv_adult_share"] == set(
        map(tuple, everybody[["population", "school_year"]].to_numpy())
    )


def test_a_standardised_number_is_hidden_where_the_crude_one_is(ensemble: Ensemble) -> None:
    gone = hidden(sizes_of(ensemble.stored))
    by = ["population", "school_year", "layer", "outcome"]
    seen = ensemble.table(layer=None, dimension=STANDARDISED)
    there = set(map(tuple, seen[by].to_numpy()))
    crude, held = (
        set(map(tuple, gone.loc[gone["dimension"] == dimension, by].to_numpy()))
        for dimension in ("all", STANDARDISED)
    )
    first = {
        (who, year, *what)
        for who, then, *what in crude
        if then == ensemble.school_years[0]
        for year in ensemble.school_years
    }

    assert crude & there
    assert held == (crude | first) & there
    assert not overview(ensemble, outcome="poor_share")["dimension"].isin(["pooled"]).any()


def test_what_is_hidden_is_worked_out_once_for_the_numbers_of_a_run(
    ensemble: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[object] = []
    monkeypatch.setattr(overviews, "_HIDDEN", {})

    def counted(stored: Stored) -> pd.DataFrame:
        worked_out.append(stored)
        return sizes_of(stored)

    monkeypatch.setattr(overviews, "sizes_of", counted)

    for outcome in ("vsv_mbo", "hours_cv"):
        difference(*ensemble.scenarios, run=ensemble.folder, outcome=outcome)
    overview(open_run(ensemble.folder), outcome="poor_share")

    assert len(worked_out) == 1


def test_all_cells_shows_small_groups_with_a_mark_and_the_others_as_they_are(
    ensemble: Ensemble,
) -> None:
    keys = ["scenario", *CELL]
    found = overview(ensemble, outcome="not_enrolled", all_cells=True).set_index(keys)
    shown = overview(ensemble, outcome="not_enrolled").set_index(keys)
    gone = shown.index[shown["mark"] == MARK]

    assert len(gone) > 0
    assert set(found.loc[found.index.isin(gone), "mark"]) == {SMALL}
    assert found.loc[found.index.isin(gone), "level"].notna().all()
    others = shown[shown["mark"] != MARK]
    pd.testing.assert_frame_equal(found.loc[others.index], others)


def test_small_groups_of_a_restricted_posterior_are_never_shown(ensemble: Ensemble) -> None:
    settings: Settings = {
        **ensemble.about["settings"],
        "draws_from": f"posterior 0a1b{RESTRICTED}",
    }
    fitted = replace(ensemble, about={**ensemble.about, "settings": settings})

    with pytest.raises(InputError, match="a posterior that is restricted"):
        overview(fitted, outcome="not_enrolled", all_cells=True)
    assert MARK in set(overview(fitted, outcome="not_enrolled")["mark"])


@pytest.mark.parametrize("restricted", [True, False])
def test_a_posterior_says_of_itself_whether_it_is_restricted(
    restricted: bool, tmp_path: Path
) -> None:
    path = tmp_path / "posterior.parquet"
    table = pd.DataFrame([parameter_samples.prior_draw(1, 1)])
    write_draws(path, table, fitted=[], digests={}, restricted=restricted)

    assert parameter_samples.source(path).endswith(RESTRICTED) == restricted


def test_exports_hide_small_groups_and_say_what_made_them(
    ensemble: Ensemble, tmp_path: Path
) -> None:
    asked = Asked(outcome=("n_children", "not_enrolled", "contract_permanent"))
    table = asked.table(ensemble)
    write_csv(tmp_path / "a.csv", table, ensemble, asked=asked)
    write_excel(tmp_path / "a.xlsx", table, ensemble, texts("en"), asked=asked)
    gone = hidden(sizes_of(ensemble.stored))
    keys = set(map(tuple, gone[list(CELL)].to_numpy()))

    written = pd.read_csv(tmp_path / "a.csv", dtype={"group": str})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    rows = list(book["numbers"].iter_rows(values_only=True))
    hidden_rows = written[written["mark"] == MARK]

    assert len(hidden_rows) > 0
    assert hidden_rows[["level", "standard_error", "difference", "low"]].isna().all().all()
    in_file = set(map(tuple, hidden_rows[list(CELL)].to_numpy()))
    assert {one for one in in_file if one[0] != "gap"} <= keys
    assert keys.isdisjoint(map(tuple, written.loc[written["mark"] != MARK, list(CELL)].to_numpy()))
    assert len(rows) == len(written) + 1
    assert ensemble.digest in (tmp_path / "a.csv.about.json").read_text("utf-8")
    about = dict(row[:2] for row in book["about"].iter_rows(values_only=True))
    assert about["code digest"] == ensemble.about["code_digest"]
    book.close()


def test_a_reader_of_the_csv_finds_one_layer_under_a_word_that_stays_a_word(
    ensemble: Ensemble, tmp_path: Path
) -> None:
    asked = Asked(outcome=("vsv_mbo_expected", "n_children"))
    for name, wanted in (("a", asked), ("both", replace(asked, layer=None))):
        write_csv(tmp_path / f"{name}.csv", wanted.table(ensemble), ensemble, asked=wanted)

    one, both = pd.read_csv(tmp_path / "a.csv"), pd.read_csv(tmp_path / "both.csv")

    assert set(one["layer"]) == {"actual"}
    assert set(both["layer"]) == {"actual", "registered"}
    assert len(both[both["layer"] == "actual"]) == len(one)


def test_what_is_added_up_without_naming_a_layer_is_what_is_actually_so(
    ensemble: Ensemble,
) -> None:
    found = ensemble.table(outcome="vsv_vo_expected", dimension="all")
    both = ensemble.table(outcome="vsv_vo_expected", dimension="all", layer=None)
    sums = both.groupby("layer")["denominator"].sum()

    assert found["denominator"].sum() == sums["actual"] < sums.sum()


@pytest.mark.parametrize("layer", ["true", ["true", "actual"]])
def test_the_word_of_before_for_the_actual_layer_is_understood(
    ensemble: Ensemble, layer: str | list[str]
) -> None:
    found = ensemble.table(outcome="vsv_vo_expected", layer=layer)

    assert found.equals(ensemble.table(outcome="vsv_vo_expected"))
    with pytest.raises(InputError, match="no layer 'actaul'; there are actual and registered"):
        ensemble.table(outcome="vsv_vo_expected", layer="actaul")


def test_a_gap_is_hidden_where_one_of_the_two_populations_is(ensemble: Ensemble) -> None:
    table = overview(ensemble, outcome="not_enrolled")
    keys = ["scenario", "school_year", "dimension", "group"]
    gone = {
        who: set(map(tuple, rows.loc[rows["mark"] == MARK, keys].to_numpy()))
        for who, rows in table.groupby("population")
    }
    gaps = set(map(tuple, table.loc[table["population"] == "gap", keys].to_numpy()))

    assert gone["gap"] == (gone["eu11"] | gone["comparable"]) & gaps


def test_chance_is_marked_where_it_swamps_a_number_and_unknown_with_one_replicate(
    ensemble: Ensemble, pair: Pair
) -> None:
    table = overview(ensemble, dimension="all")
    marks = table[table["mark"] != MARK].groupby("outcome")["mark"]

    assert CHANCE in set(table["mark"])
    assert any(set(of_outcome) == {""} for _, of_outcome in marks)
    wide = table[table["difference"].notna() & (table["mark"] == "")]
    holds_zero = (wide["low"] <= 0) & (wide["high"] >= 0) & (wide["difference"] != 0)
    assert ((wide["mark_difference"] == CHANCE) == holds_zero).all()

    single = run_pairs(pair, families=120, years=2, seed=2, workers=1)
    assert set(overview(single, outcome="registered_share", dimension="all")["mark"]) == {UNKNOWN}


def test_what_an_overview_shows_is_pooled_and_paired(ensemble: Ensemble) -> None:
    found = overview(ensemble, outcome="registered_share", dimension="all")
    plain = ensemble.table(outcome="registered_share", dimension="all", draw=0)
    sums = plain.groupby(["scenario", "population", "school_year"])[
        ["numerator", "denominator"]
    ].sum()
    expected = sums["numerator"] / sums["denominator"]

    rows = found[found["population"] != "gap"]
    index = pd.MultiIndex.from_frame(rows[["scenario", "population", "school_year"]])
    assert np.allclose(rows["level"], expected.loc[index])
    base, other = (
        rows[rows["scenario"] == name].set_index(["population", "school_year"])["level"]
        for name in ensemble.scenarios
    )
    differences = rows[rows["scenario"] == "more_care"].set_index(["population", "school_year"])
    assert np.allclose(differences["difference"], other - base)
    assert found["unit"].unique().tolist() == [BY_OUTCOME["registered_share"].unit]
    assert differences["low_not_knowing"].notna().all()

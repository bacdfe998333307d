"""Ensembles: paired, the same wherever they are lived, and chance apart from not knowing."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model import FamilyModel
from model.errors import Cancelled, InputError
from model.evidence.ledger import Parameter, Prior, digest, logit_normal, lognormal, normal, uniform
from model.outcomes.registry import COLUMNS
from model.policy.scenario import LeverChange, ParameterChange, Scenario
from model.policy.timetable import Timetable
from model.population.past.lives import Lives
from model.registry import BY_PARAMETER
from model.run import build as population
from model.state import State
from scenarios.format.draws_file import write_draws
from scenarios.runs import parameter_samples as chance
from scenarios.runs.run import Ensemble, run_pairs

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {"families": 40, "years": 2, "seed": 7}


KEYS = [name for name in COLUMNS if name not in {"value", "numerator", "denominator"}]


def alone(scenario: Scenario, replicate: int, **parameters: float) -> pd.DataFrame:
    model = FamilyModel(
        scenario,
        families=SMALL["families"],
        years=SMALL["years"],
        rng=chance.replicate_seed(SMALL["seed"], replicate),
        parameters=parameters or None,
    )
    return model.run().outcomes(replicate)


def assert_same(found: pd.DataFrame, alone: pd.DataFrame) -> None:
    """Check that an ensemble has the numbers of a run alone, and small groups beside."""
    shown = pd.MultiIndex.from_frame(alone[KEYS])
    is_shown = pd.MultiIndex.from_frame(found[KEYS]).isin(shown)
    assert set(found.loc[~is_shown, "dimension"]) == {"origin"}
    kept = found[is_shown].drop(columns="draw").reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, alone, check_exact=True)


@pytest.fixture(scope="module")
def ensemble(pair: Pair) -> Ensemble:
    return run_pairs(pair, **SMALL, replicates=range(3), workers=1)


def test_an_ensemble_has_the_numbers_that_every_run_has_alone(
    ensemble: Ensemble, pair: Pair
) -> None:
    for replicate in range(3):
        expected = pd.concat([alone(one, replicate) for one in pair], ignore_index=True)
        assert_same(ensemble.table(replicate=replicate), expected)


def test_the_table_is_tidy_and_says_which_draw(ensemble: Ensemble) -> None:
    table = ensemble.table()

    assert list(table.columns) == [*COLUMNS[:2], "draw", *COLUMNS[2:]]
    assert set(table["draw"]) == {0}
    assert not table.duplicated(["scenario", "replicate", *COLUMNS[2:8]]).any()


@pytest.mark.parametrize(
    ("column", "choice"),
    [
        ("outcome", "n_families"),
        ("outcome", ["poor_share", "hours_cv"]),
        ("dimension", "municipality"),
        ("group", ["recent", "settled"]),
        ("population", "eu11"),
        ("school_year", "2023/24"),
        ("scenario", "more_care"),
        ("layer", "registered"),
        ("replicate", [0, 2]),
        ("draw", 0),
    ],
)
def test_a_choice_gives_those_rows_and_no_others(
    ensemble: Ensemble, column: str, choice: str | int | list[str] | list[int]
) -> None:
    asked: dict[str, Any] = {"layer": None, column: choice}
    wanted = choice if isinstance(choice, list) else [choice]
    whole = ensemble.table(layer=None)
    expected = whole[whole[column].isin(wanted)].reset_index(drop=True)

    pd.testing.assert_frame_equal(ensemble.table(**asked), expected)
    assert len(expected) > 0


def test_a_name_that_does_not_exist_is_refused_with_the_nearest(ensemble: Ensemble) -> None:
    with pytest.raises(InputError, match="Did you mean 'poor_share'"):
        ensemble.table(outcome="poor_shares")


def test_scenarios_of_a_replicate_share_one_population(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEERKRACHT_CACHE", str(tmp_path))
    built: list[int] = []
    build = population.build_population

    def counted(plan: Timetable, seed: int, families: int | None, lives: Lives) -> State:
        built.append(seed)
        return build(plan, seed, families, lives)

    monkeypatch.setattr(population, "build_population", counted)
    run_pairs(pair, **SMALL, replicates=range(2), workers=1)

    assert built == [chance.replicate_seed(7, 0), chance.replicate_seed(7, 1)]


def test_a_scenario_that_asks_for_other_people_gets_them(pair: Pair) -> None:
    other = Scenario(
        id="poorer_start",
        parameters=(ParameterChange(parameter="population.share_new_permanent", value=0.15),),
    )

    found = run_pairs([pair[0], other], **SMALL, workers=1).table(scenario=other.id)
    # What is pooled or standardised is weighted by the people of the base, which are others.
    found, expected = (
        rows[~rows["dimension"].isin(["pooled", "standardised"])].reset_index(drop=True)
        for rows in (found, alone(other, 0))
    )
    assert_same(found, expected)


def test_processes_give_the_same_numbers_as_one(ensemble: Ensemble, pair: Pair) -> None:
    assert run_pairs(pair, **SMALL, replicates=range(3), workers=2).digest == ensemble.digest


def test_replicates_differ_in_luck_and_a_scenario_that_does_nothing_equals_its_base(
    pair: Pair,
) -> None:
    base = pair[0]
    nothing = Scenario(id="nothing", levers=(LeverChange(lever="care_access_level", value=0.5),))

    table = run_pairs([base, nothing], **SMALL, replicates=range(2), workers=1).table()
    runs = [
        rows[["numerator", "denominator"]].to_numpy()
        for _, rows in table.groupby(["replicate", "scenario"])
    ]

    assert np.array_equal(runs[0], runs[1])
    assert np.array_equal(runs[2], runs[3])
    assert not np.array_equal(runs[0], runs[2])


def test_replicate_0_has_the_seed_itself_and_others_a_published_hash_of_it() -> None:
    assert chance.replicate_seed(7, 0) == 7
    # printf 'veerkracht replicate 7 1' | sha256sum
    assert f"{chance.replicate_seed(7, 1):016x}" == "9a1d8a6cdaf5fbb4"
    assert len({chance.replicate_seed(7, r) for r in range(10_000)}) == 10_000


def test_with_draws_every_replicate_is_lived_at_the_ledger_and_with_a_draw_of_its_own(
    ensemble: Ensemble, pair: Pair
) -> None:
    found = run_pairs(pair, **SMALL, replicates=range(3), draws="prior", workers=1)
    runs = found.table(outcome="n_families", dimension="all")[["draw", "replicate"]]

    assert set(map(tuple, runs.to_numpy())) == {(0, 0), (0, 1), (0, 2), (1, 0), (2, 1), (3, 2)}
    pd.testing.assert_frame_equal(found.table(draw=0), ensemble.table())
    drawn = chance.prior_draw(7, 2)
    expected = pd.concat([alone(one, 1, **drawn) for one in pair], ignore_index=True)
    assert_same(found.table(draw=2), expected)
    kept = found.draws().set_index("draw").loc[2].to_dict()
    assert kept == drawn


def test_a_draw_lies_in_the_limits_and_leaves_fixed_parameters_alone() -> None:
    drawn = [chance.prior_draw(1, number) for number in range(1, 60)]

    for name, row in BY_PARAMETER.items():
        values = {one.get(name, row.value) for one in drawn}
        assert row.low <= min(values) <= max(values) <= row.high
        assert (len(values) == 1) == (not row.is_free)


def test_draw_0_is_the_ledger() -> None:
    assert chance.prior_draw(1, 0) == {}


def test_the_draw_of_a_parameter_does_not_depend_on_the_other_parameters() -> None:
    name = "school.fade_rate"
    only = {name: BY_PARAMETER[name]}

    assert chance.prior_draw(1, 5, only) == {name: chance.prior_draw(1, 5)[name]}


@pytest.mark.parametrize(
    "prior",
    [uniform(0.1, 0.5), normal(0.1, 0.5), lognormal(0.1, 0.5), logit_normal(0.1, 0.5)],
    ids=lambda prior: prior.law,
)
def test_draws_follow_the_prior_and_not_the_limits(prior: Prior) -> None:
    row = Parameter(
        name="one.number",
        value=0.7,
        unit="share",
        low=0.0,
        high=0.9,
        prior=prior,
        source="x",
        grade="D",
    )

    values = [chance.prior_draw(3, k, {row.name: row})[row.name] for k in range(1, 2001)]

    low, high = row.likely
    assert np.mean(np.array(values) < low) == pytest.approx(0.05, abs=0.015)
    assert np.mean(np.array(values) > high) == pytest.approx(0.05, abs=0.015)
    assert np.median(values) == pytest.approx(row.at(0.5), abs=0.015)


def test_draws_say_which_priors_they_come_from() -> None:
    assert chance.source("prior") == f"priors of the ledger {digest(BY_PARAMETER.values())}"


def test_a_posterior_that_is_not_there_is_said_to_be_missing(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(chance, "POSTERIOR", tmp_path / "posterior.parquet")

    with pytest.raises(InputError, match="has not been calibrated"):
        run_pairs(pair, **SMALL, draws="posterior")


def test_draws_from_a_posterior_are_rows_of_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    posterior = pd.DataFrame([chance.prior_draw(8, number) for number in (1, 2, 3)])
    path = tmp_path / "posterior.parquet"
    write_draws(path, posterior, fitted=["work.p_hire"], digests={}, restricted=False)
    monkeypatch.setattr(chance, "POSTERIOR", path)
    asked = {**SMALL, "replicates": range(4), "workers": 1}

    found, of_a_file = (run_pairs(pair, **asked, draws=one) for one in ("posterior", path))

    rows = set(map(tuple, posterior.to_numpy()))
    drawn = found.draws()
    assert set(map(tuple, drawn[list(posterior.columns)].to_numpy())) <= rows
    assert list(drawn["draw"]) == [1, 2, 3, 4]
    assert of_a_file.digest == found.digest
    assert of_a_file.about["settings"] == found.about["settings"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"replicates": []}, "replicates are"),
        ({"replicates": [1, 1]}, "replicates are"),
        ({"replicates": [-1]}, "replicates are"),
        ({"draws": "guess"}, "choose none, prior, posterior"),
        ({"families": 1}, "outside 2"),
        ({"workers": 0}, "Give 1 or more"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_plain_words(
    pair: Pair, settings: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        run_pairs(pair, **(SMALL | settings))


def test_the_same_scenario_twice_is_refused(pair: Pair) -> None:
    with pytest.raises(InputError, match="stands there twice"):
        run_pairs([pair[0], pair[0]], **SMALL)


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_counts_months_up_to_all_of_them(pair: Pair, workers: int) -> None:
    heard: list[tuple[int, int]] = []

    run_pairs(
        pair,
        **SMALL,
        replicates=range(2),
        workers=workers,
        progress=lambda *told: heard.append(told),
    )

    assert heard == sorted(heard)
    assert heard[-1] == (96, 96)
    assert {months for _, months in heard} == {96}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stopped_ensemble_keeps_what_is_finished_and_goes_on(
    pair: Pair, ensemble: Ensemble, tmp_path: Path, workers: int
) -> None:
    done: list[int] = []
    settings: dict[str, Any] = {**SMALL, "replicates": range(3), "out": tmp_path / "run"}

    def enough() -> bool:
        return bool(done) and done[-1] >= 48

    with pytest.raises(Cancelled, match="stopped after"):
        run_pairs(
            pair,
            **settings,
            workers=workers,
            progress=lambda months, _: done.append(months),
            stop=enough,
        )
    again: list[int] = []
    found = run_pairs(pair, **settings, workers=1, progress=lambda _, months: again.append(months))

    assert 0 < again[-1] < 144
    assert found.digest == ensemble.digest


def test_when_workers_outnumber_replicates_scenarios_are_spread_over_them(pair: Pair) -> None:
    heard: list[int] = []

    found = run_pairs(pair, **SMALL, workers=2, progress=lambda done, _: heard.append(done))

    assert heard == [24, 48]
    assert found.digest == run_pairs(pair, **SMALL, workers=1).digest

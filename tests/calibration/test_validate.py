"""A report has a row for every pattern, every target and every figure without a target."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from calibration import validate
from calibration.monitors.observed import Observed
from calibration.patterns.order import check_patterns
from calibration.targets.digest import current_digest
from calibration.targets.figures import load_figures
from calibration.targets.reader import load_targets
from calibration.targets.without import given_in
from model.errors import Cancelled, InputError

World = Callable[..., Observed]


@pytest.fixture(scope="module")
def report() -> pd.DataFrame:
    """The report on a tiny run."""
    return validate.run(families=80, years=6, seed=2)


def verdict(report: pd.DataFrame, key: str) -> str:
    """Return what a report says of one row."""
    return str(report.set_index("key").loc[key, "holds"])


def test_a_tiny_run_gives_every_row(report: pd.DataFrame, world: World) -> None:
    patterns = [check.key for check in check_patterns(world())]
    targets = load_targets()
    held = {key for target in targets.values() for key in target.figures}
    scored = [key for key, figure in load_figures().items() if figure.is_scored]
    named = list(report["key"])

    assert named[: len(patterns)] == patterns
    assert named[len(patterns) :][: len(targets)] == list(targets)
    assert set(named[len(patterns) + len(targets) :]) == {key for key in scored if key not in held}
    assert tuple(report.columns) == validate.COLUMNS
    assert set(report["holds"]) <= set(validate.VERDICTS)


def test_a_report_says_under_which_targets_split_and_priors_it_was_made(
    report: pd.DataFrame, tmp_path: Path
) -> None:
    written = tmp_path / "report.csv"
    report.to_csv(written, index=False)

    assert set(report["digest"]) == {current_digest()}
    assert set(pd.read_csv(written, dtype=str)["digest"]) == {current_digest()}
    assert current_digest() in validate.text(report).splitlines()[-1]


def test_what_is_recalled_or_assumed_is_not_in_the_report(report: pd.DataFrame) -> None:
    figures = report[report["key"].isin(load_figures())]

    assert set(figures["grade"]) == {"A", "B"}


def test_a_target_holds_within_its_error_and_not_outside(world: World) -> None:
    place = ("vsv_vo_expected", "eu11", "all")

    good = validate.validate([world()])
    bad = validate.validate([world({place: 0.02})])

    assert verdict(good, "leaving_vo_eu11") == validate.YES
    assert verdict(bad, "leaving_vo_eu11") == validate.NO


def test_what_the_letter_says_in_words_bounds_the_model(world: World) -> None:
    better = validate.validate([world({("advice_havo_vwo", "eu11", "all"): 0.6})])

    assert verdict(validate.validate([world()]), "advice_gap") == validate.YES
    assert verdict(better, "advice_gap") == validate.NO


def test_what_was_not_seen_is_not_called_right(world: World) -> None:
    blind = validate.validate([world(without="preschool_reach")])

    assert verdict(blind, "P7a") == validate.NOT_SEEN
    assert verdict(blind, "preschool_reach_gap") == validate.NOT_SEEN


def test_a_circular_target_that_agrees_is_never_counted_as_a_success(world: World) -> None:
    report = validate.validate([world()]).set_index("key")
    circular = [target.id for target in load_targets().values() if target.inputs]

    assert validate.YES not in set(report.loc[circular, "holds"])
    assert report.loc["leaving_mbo2", "holds"] == validate.FED_IN
    assert set(report.loc[circular, "use"]) == {"check"}


def test_a_number_fed_in_that_does_not_agree_with_its_source_does_not_hold(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(validate.validate([world()]), "wml.2024") == validate.FED_IN

    monkeypatch.setattr(
        "calibration.targets.without.given_in", lambda text, where: 2 * given_in(text, where)
    )
    assert verdict(validate.validate([world()]), "wml.2024") == validate.NO


def test_the_mbo_level_is_compared_under_a_stated_definition(report: pd.DataFrame) -> None:
    notes = dict(zip(report["key"], report["note"], strict=True))

    assert verdict(report, "vsv.mbo_eu11") == validate.NO_TARGET
    assert notes["vsv.mbo_eu11"].startswith("definition: ")
    assert "8.9" in notes["vsv.mbo_eu11"]
    assert "entree included" in notes["P1c"]


def test_the_text_says_for_every_row_what_holds(report: pd.DataFrame) -> None:
    short, full = validate.text(report), validate.text(report, full=True)
    compared = report[report["holds"].isin((validate.YES, validate.NO, validate.NOT_SEEN))]

    assert all(key in short for key in compared["key"])
    assert all(key in full for key in report["key"])
    assert "no target" in short.splitlines()[-2]
    assert max(map(len, full.splitlines())) < 150


def test_runs_with_several_seeds_count_as_one_and_report_all_their_months() -> None:
    told: list[tuple[int, int]] = []

    def note(done: int, months: int) -> None:
        told.append((done, months))

    validate.run(families=20, years=6, replicates=2, progress=note)

    assert told == [(done, 144) for done in range(1, 145)]


def test_a_scenario_may_be_given_by_its_id() -> None:
    with pytest.raises(InputError, match="s05_flex_law"):
        validate.run("s05_flex_lw", families=20, years=6)


@pytest.mark.parametrize(
    ("settings", "message"), [({"years": 2}, "15"), ({"replicates": 0}, "one")]
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, int], message: str) -> None:
    with pytest.raises(InputError, match=message):
        validate.run(families=20, **settings)  # type: ignore[arg-type]


def test_a_run_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        validate.run(families=20, years=6, stop=lambda: True)

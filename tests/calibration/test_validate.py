"""A report has every quantity once, and judges it over the seeds."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration import validate
from calibration.monitors.observed import Observed
from calibration.patterns.order import check_patterns
from calibration.patterns.young import NOT_HELD
from calibration.report import report_text
from calibration.targets.figures import load_figures
from calibration.targets.reader import current_digest, load_targets
from calibration.targets.without import given_in
from calibration.verdicts import (
    FED_IN,
    NO,
    NO_TARGET,
    NOT_JUDGED,
    NOT_SEEN,
    OPEN,
    VERDICTS,
    YES,
    judged,
)
from calibration.why import UNKNOWN, Why, load_why
from model.errors import Cancelled, InputError

World = Callable[..., Observed]


@pytest.fixture(scope="module")
def report() -> pd.DataFrame:
    """The report on a tiny run."""
    return validate.run(families=80, years=6, seed=2, seeds=2)


def over_two(one: Observed, other: Observed | None = None) -> pd.DataFrame:
    """Return the report on two seeds, which saw the same where no other is given."""
    return validate.validate([one, one if other is None else other])


def verdict(report: pd.DataFrame, key: str) -> str:
    """Return what a report says of one row."""
    return str(report.set_index("key").loc[key, "holds"])


def test_a_tiny_run_gives_every_row(report: pd.DataFrame, world: World) -> None:
    patterns = [check.key for check in check_patterns(world())]
    targets = load_targets()
    held = {key for target in targets.values() for key in target.figures}
    scored = [key for key, figure in load_figures().items() if figure.is_scored]
    named = list(report["key"])

    unseen = [key for key, _ in NOT_HELD]
    first = [*targets, *patterns, *unseen]
    assert named[: len(first)] == first
    assert set(named[len(first) :]) == {key for key in scored if key not in held}
    assert len(set(named)) == len(named)
    assert set(report["block"]) == set(validate.BLOCKS)
    assert tuple(report.columns) == validate.COLUMNS
    assert set(report["holds"]) <= set(VERDICTS)


def test_a_report_says_under_which_targets_split_and_priors_it_was_made(
    report: pd.DataFrame, tmp_path: Path
) -> None:
    written = tmp_path / "report.csv"
    report.to_csv(written, index=False)

    assert set(report["digest"]) == {current_digest()}
    assert set(pd.read_csv(written, dtype=str)["digest"]) == {current_digest()}
    head = report_text(report).partition("\n\n")[0]
    for told in ("s00_frozen_2023", "80 families", "6 years", "seeds 2-3", current_digest()):
        assert told in head


def test_what_is_recalled_or_assumed_is_not_in_the_report(report: pd.DataFrame) -> None:
    figures = report[report["key"].isin(load_figures())]

    assert set(figures["grade"]) == {"A", "B"}


def test_a_target_holds_within_its_error_and_not_outside(world: World) -> None:
    place = ("vsv_vo_expected", "eu11", "all")

    good = over_two(world())
    bad = over_two(world({place: 0.02}))

    assert verdict(good, "leaving_vo_eu11") == YES
    assert verdict(bad, "leaving_vo_eu11") == NO


def test_what_the_letter_says_in_words_bounds_the_model(world: World) -> None:
    better = over_two(world({("advice_havo_vwo", "eu11", "all"): 0.6}))

    assert verdict(over_two(world()), "advice_gap") == YES
    assert verdict(better, "advice_gap") == NO


def test_what_was_not_seen_is_not_called_right(world: World) -> None:
    blind = over_two(world(without="preschool_reach"))

    assert verdict(blind, "P7a") == NOT_SEEN
    assert verdict(blind, "preschool_reach_gap") == NOT_SEEN


def test_a_circular_target_that_agrees_is_never_counted_as_a_success(world: World) -> None:
    report = over_two(world()).set_index("key")
    circular = [target.id for target in load_targets().values() if target.inputs]

    assert YES not in set(report.loc[circular, "holds"])
    assert report.loc["leaving_mbo2", "holds"] == FED_IN
    assert set(report.loc[circular, "use"]) == {"check"}


def test_a_number_fed_in_that_does_not_agree_with_its_source_does_not_hold(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(over_two(world()), "wml.2024") == FED_IN

    monkeypatch.setattr(
        "calibration.targets.without.given_in", lambda text, where: 2 * given_in(text, where)
    )
    assert verdict(over_two(world()), "wml.2024") == NO


def test_the_mbo_level_is_compared_under_a_stated_definition(report: pd.DataFrame) -> None:
    notes = dict(zip(report["key"], report["note"], strict=True))

    assert verdict(report, "vsv.mbo_eu11") == NO_TARGET
    assert notes["vsv.mbo_eu11"].startswith("definition: ")
    assert "8.9" in notes["vsv.mbo_eu11"]


def test_the_text_says_for_every_row_what_holds(report: pd.DataFrame) -> None:
    short, full = report_text(report), report_text(report, full=True)
    compared = report[report["holds"].isin((YES, NO, NOT_SEEN))]

    assert all(key in short for key in compared["key"])
    assert all(key in full for key in report["key"])
    assert "no target" in short.splitlines()[-2]
    assert "Figures without a target" not in short
    assert max(map(len, full.splitlines())) < 150


def test_runs_with_several_seeds_report_all_their_months() -> None:
    told: list[tuple[int, int]] = []

    def note(done: int, months: int) -> None:
        told.append((done, months))

    validate.run(families=20, years=6, seeds=2, progress=note)

    assert told == [(done, 144) for done in range(1, 145)]


def test_a_scenario_may_be_given_by_its_id() -> None:
    with pytest.raises(InputError, match="s05_flex_law"):
        validate.run("s05_flex_lw", families=20, years=6)


@pytest.mark.parametrize(("settings", "message"), [({"years": 2}, "15"), ({"seeds": 0}, "one")])
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, int], message: str) -> None:
    with pytest.raises(InputError, match=message):
        validate.run(families=20, **settings)  # type: ignore[arg-type]


def test_a_run_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        validate.run(families=20, years=6, stop=lambda: True)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.0, 1.1, 0.9, 1.05, 0.95], YES),
        ([5.0, 5.1, 4.9, 5.05, 4.95], NO),
        ([1.9, 2.1, 1.8, 2.2, 1.9], OPEN),
        ([1.0], NOT_JUDGED),
        ([np.nan, np.nan], NOT_SEEN),
        ([1.0, np.nan], NOT_SEEN),
        ([1.0, np.inf], NO),
    ],
)
def test_a_verdict_is_that_of_the_whole_interval(values: list[float], expected: str) -> None:
    assert judged(values, 0.0, 2.0).verdict == expected


def test_the_error_of_a_mean_is_that_of_its_seeds() -> None:
    found = judged([1.0, 3.0], 0.0, 2.0)

    assert (found.mean, found.error, found.held, found.seen) == (2.0, 1.0, 1, 2)


def test_seeds_that_disagree_leave_it_open_and_are_counted(world: World) -> None:
    other = world({("vsv_vo_expected", "eu11", "all"): 0.02})

    report = over_two(world(), other).set_index("key")

    assert report.loc["leaving_vo_eu11", "holds"] == OPEN
    assert report.loc["leaving_vo_eu11", "seeds_held"] == 1
    assert report.loc["leaving_vo_eu11", "model"] == pytest.approx(1.6)


def test_one_seed_judges_nothing_and_says_so(world: World) -> None:
    report = validate.validate([world()], ("s00_frozen_2023", "80", 6, "1"))
    about_the_run = report[~report["block"].isin(("fed in", "no target"))]

    assert not set(about_the_run["holds"]) & {YES, NO, OPEN}
    assert "nothing is judged" in report_text(report)


def test_what_does_not_hold_says_why_or_that_nobody_knows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"P5c": Why("mechanism missing", "Nobody stays out of work.")}
    monkeypatch.setattr("calibration.validate.load_why", lambda _: known)
    idle = world({("without_work_after_12_months", "comparable", "all"): 0.1})
    slow = world({("departures_by_stay", "eu11", "1-2"): 0.05})

    why = str(over_two(idle).set_index("key").loc["P5c", "why"])

    assert why == "mechanism missing: Nobody stays out of work."
    assert over_two(slow).set_index("key").loc["P6a", "why"] == UNKNOWN.cause
    assert over_two(world()).set_index("key").loc["P5c", "why"] == ""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("P5,conflict,x", "Did you mean 'P5c'"),
        ("P5c,bad luck,x", "mechanism missing"),
        ("P5c,conflict,", "say in reason"),
        ("P5c,conflict,x\nP5c,conflict,x", "already"),
    ],
)
def test_a_cause_that_says_nothing_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "why.csv"
    path.write_text(f"key,why,reason\n{row}\n")

    with pytest.raises(InputError, match=message):
        load_why(["P5c"], path)

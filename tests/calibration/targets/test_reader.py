"""Targets are read with their types; each way to break one is refused in words."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from calibration.monitors.observed import Observed
from calibration.targets.figures import FOLDER, load_figures
from calibration.targets.reader import load_targets
from calibration.targets.target import KINDS, Target
from model.errors import InputError
from model.outcomes.registry import Layer

World = Callable[..., Observed]
TARGETS = load_targets()


def refusal_of(tmp_path: Path, file: str, old: str, new: str) -> str:
    """Return what the reader says of the targets with the first of a text changed in one file."""
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    broken = tmp_path / file
    text = broken.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_targets(tmp_path)
    return str(refusal.value)


def test_every_kind_of_target_is_there_and_every_subject_keeps_a_quarter_for_checking() -> None:
    for subject in {target.subject for target in TARGETS.values()}:
        mine = [target for target in TARGETS.values() if target.subject == subject]
        assert 4 * sum(target.use == "check" for target in mine) >= len(mine)
    assert {target.kind for target in TARGETS.values()} == set(KINDS) - {
        "logistic"
    }  # waits for a figure


def test_no_target_rests_on_a_figure_that_was_recalled_or_assumed() -> None:
    figures = load_figures()

    for target in TARGETS.values():
        assert all(figures[key].is_scored for key in target.figures)
        assert bool(target.figures) != (target.kind == "standing still")


def test_no_circular_target_is_fitted() -> None:
    assert any(target.inputs for target in TARGETS.values())
    assert all(target.use == "check" for target in TARGETS.values() if target.inputs)


BROKEN = [
    (
        "circular",
        "leaving.toml",
        ('id = "leaving_mbo2"\nkind = "level"\nuse = "check"', 'use = "fit"'),
        "circular: school.leave_mbo2 was laid down from the same source",
    ),
    (
        "wrong layer",
        "leaving.toml",
        ('layer = "registered"', 'layer = "actual"'),
        "vsv_vo_expected in the actual layer; statistics see it in the registered one. Write layer",
    ),
    (
        "unregistered",
        "work.toml",
        ('layer = "actual"', 'layer = "registered"'),
        "flexible_of_employed in the registered layer",
    ),
    (
        "two entries",
        "work.toml",
        (
            'population = "comparable"\ngroup = "all"',
            'population = "eu11"\ngroup = "registered_poles"',
        ),
        "is about the same quantity of the model",
    ),
    (
        "unknown quantity",
        "work.toml",
        ('"in_work_of_adults"', '"in_work_of_adult"'),
        "Did you mean 'in_work_of_adults'?",
    ),
    ("unknown group", "homes.toml", ('"0-3"', '"0-2"'), "moves_of_children has no group '0-2'"),
    ("small n", "leaving.toml", ("n = 12350", "n = 3000"), "3610 of n = 3000"),
    (
        "no reason",
        "leaving.toml",
        ('reason = "The letter gives no year and no definition."', 'reason = " "'),
        "the discrepancy is 0.07, for the reason ''",
    ),
    ("no discrepancy", "leaving.toml", ("discrepancy = 0.07", "discrepancy = 0.0"), "is 0, for"),
    ("unknown kind", "leaving.toml", ('kind = "level"', 'kind = "levels"'), "mean 'level'?"),
    ("unknown use", "leaving.toml", ('use = "fit"', 'use = "fits"'), "use = 'fits' is not known"),
    ("no error", "leaving.toml", ("rounding = 0.1\n", ""), "the figure has no error"),
    ("no value", "leaving.toml", ("value = 1.2\n", ""), "a level has a value"),
    ("left out", "leaving.toml", ('link = "log"\n', ""), "'link' is missing"),
    ("misspelt", "leaving.toml", ("rounding =", "roundin ="), "Did you mean 'rounding'?"),
    ("not a number", "leaving.toml", ("value = 1.2", 'value = "1,2"'), "Give a number"),
    ("true", "leaving.toml", ("value = 1.2", "value = true"), "value = True. Give a number"),
    ("nan", "leaving.toml", ("value = 1.2", "value = nan"), "value = nan. Give a number"),
    ("years", "leaving.toml", ("years = [4, 8]", "years = [8, 4]"), "years = [8, 4]; write"),
    ("not years", "leaving.toml", ("years = [4, 8]", 'years = "4-8"'), "years = '4-8'; write"),
    ("no input", "work.toml", ('["population.share_comp', '["population.sharecomp'), "Did you me"),
    ("against", "school.toml", ('{ "population" =', '{ "layer" ='), "against has 'layer'"),
    ("alone", "school.toml", ('compared = "less"\n', ""), "against is given"),
    ("slope", "homes.toml", ('"0-2" = 1.0, ', ""), ""),
    (
        "not standardised",
        "still.toml",
        ('measure = "housing_tied"', 'measure = "housing_tied"\nstandardised = true'),
        "housing_tied of all is not standardised",
    ),
    (
        "truth",
        "still.toml",
        ("standardised = true", 'standardised = "yes"'),
        "Write true or false",
    ),
    ("grade", "leaving.toml", ('grade = "A"', 'grade = "D"'), "grade = 'D' is not known"),
    ("moves", "still.toml", ("value = 0.0", "value = 1.0"), "what stands still has value = 0.0"),
    ("soft", "school.toml", ("low = -0.2\nhigh = 0.0\n", ""), "a soft bound has a low or a high"),
    ("twice", "leaving.toml", ('id = "leaving_mbo2"', 'id = "leaving_mbo1"'), "there twice"),
    ("not TOML", "leaving.toml", ("[[target]]", "[target"), "Each target begins with [[target]]"),
]


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [b[1:] for b in BROKEN if b[3]],
    ids=[b[0] for b in BROKEN if b[3]],
)
def test_a_broken_target_is_refused_in_words(
    tmp_path: Path, file: str, change: tuple[str, str], message: str
) -> None:
    old, new = change
    if old.startswith("id") and new.startswith("use"):
        new = old.replace('use = "check"', new)

    said = refusal_of(tmp_path, file, old, new)

    assert message in said
    assert said.startswith(file)


def test_a_file_that_keeps_too_little_for_checking_is_refused(tmp_path: Path) -> None:
    said = refusal_of(
        tmp_path,
        "still.toml",
        'id = "still_tied_homes"\nkind = "standing still"\nuse = "check"',
        'id = "still_tied_homes"\nkind = "standing still"\nuse = "fit"',
    )

    assert said.startswith("still.toml: 2 of 11 targets are kept for checking")


def test_a_folder_without_targets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file of targets"):
        load_targets(tmp_path)


def test_every_quantity_is_worked_out_from_a_run(run: Observed) -> None:
    for target in TARGETS.values():
        assert math.isfinite(target.quantity.value(run)), target.id


@pytest.fixture(scope="module")
def run() -> Observed:
    """A small run that is long enough for every quantity to be seen."""
    from calibration.monitors.observed import observe_run  # noqa: PLC0415 - only here is the model run

    return observe_run(families=1500, seed=4, years=9)


def far(target: Target, model: float) -> float:
    """Return how far a number is from a target, rounded."""
    return round(target.distance(model), 3)


def test_the_error_of_a_share_of_a_sample_is_that_of_counting_and_rounding() -> None:
    poles = TARGETS["flexible_work_poles"]

    counting = 100.0 * math.sqrt(1.5 * 0.42 * 0.58 / 1100.0)
    assert poles.standard_error == pytest.approx(math.hypot(counting, 1.0 / math.sqrt(12.0)))
    assert poles.total_error == pytest.approx(math.hypot(poles.standard_error, 2.0))


def test_distance_counts_total_errors_and_is_nothing_inside_what_words_allow() -> None:
    poles, gap = TARGETS["flexible_work_poles"], TARGETS["advice_gap"]

    assert far(poles, 42.0) == 0.0
    assert poles.distance(42.0 + poles.total_error) == pytest.approx(1.0)
    assert poles.distance(42.0 - 2.0 * poles.total_error) == pytest.approx(-2.0)
    assert far(gap, -5.0) == far(gap, 0.0) == far(gap, -10.0) == 0.0
    assert far(gap, 4.0) == 2.0
    assert far(gap, -14.0) == -2.0
    assert math.isnan(gap.distance(math.nan))


def test_on_a_log_scale_half_is_as_far_as_double() -> None:
    leaving = TARGETS["leaving_vo_eu11"]

    assert leaving.distance(0.6) == pytest.approx(-leaving.distance(2.4))
    low, high = leaving.within(2.0)
    assert leaving.distance(low) == pytest.approx(-2.0)
    assert leaving.distance(high) == pytest.approx(2.0)


def test_a_comparison_a_slope_and_a_drift_are_those_of_the_run(run: Observed) -> None:
    def seen(measure: str, who: str, group: str, layer: Layer, years: tuple[int, int]) -> float:
        return run.value(measure, who, group, layer, years)

    ratio = TARGETS["leaving_vo_eu11_over_comparable"].quantity.value(run)
    eu11, comparable = (
        seen("vsv_vo_expected", who, "all", "registered", (4, 8)) for who in ("eu11", "comparable")
    )
    assert ratio == pytest.approx(eu11 / comparable)

    odds = TARGETS["leaving_mbo1_against_mbo2"].quantity.value(run)
    one, two = (
        seen(f"vsv_mbo{k}_expected", "comparable", "all", "registered", (4, 8)) for k in (1, 2)
    )
    assert odds == pytest.approx(math.log(one / (1 - one)) - math.log(two / (1 - two)))

    drift = TARGETS["still_knowledge"].quantity.value(run)
    late, first = (seen("knowledge", "eu11", "all", "actual", y) for y in ((7, 9), (1, 1)))
    assert drift == pytest.approx(late - first)

    fixed = TARGETS["still_leaving_mbo"].quantity
    held = [
        run.value("vsv_mbo_expected", "eu11", "all", "registered", years, standardised=True)
        for years in ((7, 8), (4, 4))
    ]
    assert fixed.value(run) == pytest.approx(100.0 * (held[0] - held[1]))
    assert fixed.crude.value(run) != pytest.approx(fixed.value(run))

    import numpy as np  # noqa: PLC0415

    bands, at = ("0-2", "3-5", "6-10", "11+"), (1.0, 4.5, 8.5, 15.0)
    shares = [
        seen("registered_share", "eu11", f"years_in_nl:{band}", "actual", (4, 9)) for band in bands
    ]
    rise = TARGETS["registration_by_stay"].quantity.value(run)
    assert rise == pytest.approx(100.0 * np.polyfit(at, shares, 1)[0])

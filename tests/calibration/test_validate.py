"""A report has a row for every pattern and every published figure of grade A or B."""

from collections.abc import Callable

import pandas as pd
import pytest

from calibration import validate
from calibration.monitors.observed import Observed
from calibration.patterns.order import check_patterns
from calibration.targets.links import fed_in, load_links
from calibration.targets.targets import load
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
    figures = [key for key, target in load().items() if target.is_scored]

    assert list(report["key"][: len(patterns)]) == patterns
    assert set(report["key"][len(patterns) :]) == set(figures)
    assert tuple(report.columns) == validate.COLUMNS
    assert set(report["holds"]) <= set(validate.VERDICTS)


def test_what_is_recalled_or_assumed_is_not_in_the_report(report: pd.DataFrame) -> None:
    figures = report[~report["key"].str.startswith("P")]

    assert set(figures["grade"]) == {"A", "B"}


def test_a_figure_holds_inside_its_range_and_not_outside(world: World) -> None:
    place = ("vsv_vo_expected", "eu11", "all")

    good = validate.validate([world()])
    bad = validate.validate([world({place: 0.02})])

    assert verdict(good, "vsv.vo_eu11") == validate.YES
    assert verdict(bad, "vsv.vo_eu11") == validate.NO
    assert verdict(bad, "vsv.vo_ratio") == validate.NO


def test_a_figure_in_words_follows_its_pattern(world: World) -> None:
    bad = validate.validate([world({("advice_havo_vwo", "eu11", "all"): 0.6})])

    assert verdict(validate.validate([world()]), "adv.eu11_qual") == validate.YES
    assert verdict(bad, "adv.eu11_qual") == validate.NO


def test_what_was_not_seen_is_not_called_right(world: World) -> None:
    blind = validate.validate([world(without="moves_of_children")])

    assert verdict(blind, "P11a") == validate.NOT_SEEN
    assert verdict(blind, "mov.all_0_3") == validate.NOT_SEEN


def test_a_number_fed_in_is_never_counted_as_a_success(world: World) -> None:
    links = load_links(load())
    fed = [key for key, link in links.items() if link.kind == "fed in"]
    report = validate.validate([world()])

    assert {verdict(report, key) for key in fed} == {validate.FED_IN}


def test_a_number_fed_in_that_does_not_agree_with_its_source_does_not_hold(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "calibration.targets.links.fed_in", lambda text, where: 2 * fed_in(text, where)
    )

    assert verdict(validate.validate([world()]), "wml.2024") == validate.NO


def test_the_mbo_level_is_compared_under_a_stated_definition(report: pd.DataFrame) -> None:
    notes = dict(zip(report["key"], report["note"], strict=True))

    assert verdict(report, "vsv.mbo_eu11") == validate.OTHER
    assert "8.9" in notes["vsv.mbo_eu11"]
    assert "entree included" in notes["P1c"]


def test_the_text_says_for_every_row_what_holds(report: pd.DataFrame) -> None:
    short, full = validate.text(report), validate.text(report, full=True)
    compared = report[report["holds"].isin((validate.YES, validate.NO, validate.NOT_SEEN))]

    assert all(key in short for key in compared["key"])
    assert all(key in full for key in report["key"])
    assert "not comparable" in short.splitlines()[-1]
    assert max(map(len, full.splitlines())) < 130


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

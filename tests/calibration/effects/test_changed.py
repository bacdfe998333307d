"""Which effects count as changed, and that every change has its reason."""

from pathlib import Path

import pytest

from calibration.effects.changed import BEFORE, change, changed, load_reasons
from calibration.effects.live import BASE, NOW, OUTCOMES, Effect, read, write
from scenarios import names


def effect(value: float, half: float, outcome: str = "poor_share") -> Effect:
    return Effect("s05_flex_law", outcome, 0.1, value, value - half, value + half)


def test_an_effect_that_turned_round_has_another_sign() -> None:
    assert change(effect(0.04, 0.01), effect(-0.03, 0.01)) == "sign"


def test_chance_turns_no_sign() -> None:
    assert change(effect(0.04, 0.01), effect(-0.03, 0.05)) != "sign"


@pytest.mark.parametrize(
    ("now", "how"), [(0.079, None), (0.081, "larger"), (0.021, None), (0.019, "smaller")]
)
def test_twice_or_half_is_a_change(now: float, how: str | None) -> None:
    assert change(effect(0.04, 0.001), effect(now, 0.001)) == how


def test_what_nobody_would_notice_is_not_told() -> None:
    assert change(effect(0.00001, 0.000001), effect(0.00004, 0.000001)) is None


def test_what_chance_explains_both_times_is_not_told() -> None:
    assert change(effect(0.02, 0.03), effect(0.05, 0.06)) is None


def test_a_reason_for_a_scenario_holds_for_its_outcomes_without_one_of_their_own() -> None:
    before, now = effect(0.04, 0.001), effect(0.1, 0.001)
    key = (now.scenario, now.outcome)

    whole = changed({key: before}, {key: now}, {(now.scenario, "*"): "all of it"})
    own = changed({key: before}, {key: now}, {(now.scenario, "*"): "all of it", key: "this"})
    none = changed({key: before}, {key: now}, {})

    assert [one.why for one in (*whole, *own, *none)] == ["all of it", "this", ""]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("scenario,why\n", "columns"),
        ("scenario,outcome,why\ns05_flex_law,*,\n", "line 2"),
        ("scenario,outcome,why\ns05_flex_law,*,a\ns05_flex_law,*,b\n", "line 3"),
    ],
)
def test_reasons_that_cannot_be_read_are_refused(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "reasons.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=wrong):
        load_reasons(path)


def test_effects_come_back_from_a_file_and_another_heading_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "now.csv"
    told = Effect("s05_flex_law", "poor_share", 0.12345, 0.041234, 0.031234, 0.051234)
    write(path, iter([told]))
    assert read(path) == {("s05_flex_law", "poor_share"): told}
    path.write_text("scenario\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        read(path)


def test_both_files_have_every_scenario_and_outcome() -> None:
    wanted = {(name, outcome) for name in names() if name != BASE for outcome in OUTCOMES}
    assert set(read(NOW)) == wanted
    assert set(read(BEFORE)) == wanted


def test_every_effect_that_changed_says_why() -> None:
    without = [
        (one.now.scenario, one.now.outcome, one.change)
        for one in changed(read(BEFORE), read(NOW), load_reasons())
        if not one.why
    ]
    assert without == []

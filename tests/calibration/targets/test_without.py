"""Every figure that counts is in a target or says in one word why not; wrong rows are refused."""

from pathlib import Path

import pytest

from calibration.targets.figures import load_figures
from calibration.targets.reader import load_targets
from calibration.targets.without import REASONS, WITHOUT, Without, given_in, load_without
from model.errors import InputError

LINES = WITHOUT.read_text(encoding="utf-8").splitlines()
HELD = {key for target in load_targets().values() for key in target.figures}


def rows_with(tmp_path: Path, old: str, new: str) -> dict[str, Without]:
    """Return the rows with one text changed, once."""
    text = "\n".join(LINES) + "\n"
    assert text.count(old) == 1
    path = tmp_path / "without.csv"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_without(load_figures(), HELD, path)


def test_every_figure_of_grade_a_or_b_has_a_target_or_a_reason_and_no_other_has() -> None:
    figures = load_figures()
    without = load_without(figures, HELD)
    scored = {key for key, figure in figures.items() if figure.is_scored}

    assert set(without) | HELD == scored
    assert not set(without) & HELD
    assert {row.why for row in without.values()} == set(REASONS)


def test_a_sum_of_parameters_levers_and_numbers_is_worked_out() -> None:
    assert given_in("work.chain_max_months", "x") == 36.0
    assert given_in("bandwidth_extra_max.reform*20+20", "x") == pytest.approx(26.0)
    assert given_in("chain_interval_months", "x") == 6.0


def test_what_was_given_agrees_with_its_source() -> None:
    figures = load_figures()
    for key, row in load_without(figures, HELD).items():
        if row.given:
            low, high = row.allowed(figures[key])
            assert low <= row.given_value() <= high, key


POVERTY = "pov.line_single,input,work.low_income_line_eur_month,"
YOUTH = "yc.*,measure,,,,"
CARE = "The model has access to care, not youth care."
FATHERS = "lf.dad_all,measure,,,,"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lf.dad_all,", "lf.dad_al,", "Did you mean 'lf.dad_all'?"),
        ("lf.dad_all,", "lf.mom_*,", "has a reason already"),
        ("lf.dad_all,", "vsv.vo_eu11,", "without a target has the key 'vsv.vo_eu11'"),
        (FATHERS, "lf.dad_all,laziness,,,,", "why = 'laziness' is not known"),
        (FATHERS, "lf.dad_all,measure,work.p_hire,,,", "Only an input was given"),
        (f'{YOUTH}"{CARE}"', f"{YOUTH} ", "Say in a sentence why"),
        ("yc.*,", "yc.n2*,", "has neither a target nor a reason"),
        ("work.wage_minimum_eur_hour", "work.wage_minimum", "no parameter or lever"),
        (POVERTY, f"{POVERTY}much", "factor = 'much' is not a number"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(InputError) as refusal:
        rows_with(tmp_path, old, new)
    assert message in str(refusal.value)
    assert "without.csv" in str(refusal.value)

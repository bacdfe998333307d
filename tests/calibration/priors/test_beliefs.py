"""Every number says why it is believed; what is narrow has a figure that was read."""

from pathlib import Path

import pytest

from calibration.priors import beliefs
from calibration.priors.beliefs import COVERED, covers, load_beliefs, narrowed
from calibration.targets.figures import SCORED, load_figures
from model.errors import InputError
from model.registry import BY_PARAMETER


def test_every_number_says_once_why_it_is_believed() -> None:
    assert list(load_beliefs()) == list(BY_PARAMETER)


def test_every_figure_that_a_prior_names_is_published() -> None:
    named = {key for belief in load_beliefs().values() for key in belief.figures}

    assert named - set(load_figures()) == set()


def test_an_assumption_covers_a_third_of_its_limits_or_a_figure_that_was_read_narrows_it() -> None:
    figures, reasons = load_figures(), load_beliefs()
    bare = [
        row.name
        for row in narrowed()
        if row.is_free
        and not any(figures[key].grade in SCORED for key in reasons[row.name].figures)
    ]

    assert bare == []


def test_what_covers_a_third_is_not_called_narrowed() -> None:
    few = {row.name for row in narrowed()}
    rest = [row for row in BY_PARAMETER.values() if row.grade == "D" and row.name not in few]

    assert min(map(covers, rest)) >= COVERED
    assert "work.p_end_fixed" not in few
    assert "school.leave_18_vo" in few


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("parameter,reason\nschool.p_exam,x\n", "the columns are"),
        ("parameter,figures,reason,mended\na,,x,\na,,y,\n", "line 3: a stands twice"),
        ("parameter,figures,reason,mended\na,,  ,\n", "line 2: a stands twice or says no reason"),
        ("parameter,figures,reason,mended\na,,x,\n", "no row for population.share_new_agency_a"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    table: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "beliefs.csv"
    path.write_text(table, encoding="utf-8")
    monkeypatch.setattr(beliefs, "REASONS", path)

    with pytest.raises((ValueError, InputError), match=told):
        load_beliefs()

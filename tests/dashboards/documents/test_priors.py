"""Every number says why it is believed, and the page on priors is current."""

import re
from pathlib import Path

import pytest

import calibration.patterns
from calibration.sources import load_sources
from calibration.targets.figures import SCORED, load_figures
from calibration.targets.reader import load_targets
from dashboards.documents import priors
from dashboards.documents.priors import (
    COVERED,
    INTRODUCTION,
    PAGE,
    aside,
    covers,
    load_beliefs,
    narrowed,
    page,
)
from model.registry import BY_PARAMETER

PATTERNS = Path(calibration.patterns.__file__).parent


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m dashboards.documents"


def test_every_number_says_once_why_it_is_believed() -> None:
    assert list(load_beliefs()) == list(BY_PARAMETER)


def test_every_figure_that_a_prior_names_is_published() -> None:
    named = {key for belief in load_beliefs().values() for key in belief.figures}

    assert named - set(load_figures()) == set()


def former_patterns() -> dict[str, str]:
    """Return the targets that took the place of patterns, as the introduction tells them."""
    return dict(
        re.findall(r"^\| (P\d+[a-z]) \| `(\w+)` \|$", INTRODUCTION.read_text("utf-8"), re.MULTILINE)
    )


def test_a_pattern_that_is_no_more_has_a_target_in_its_place() -> None:
    patterns = "".join(path.read_text(encoding="utf-8") for path in PATTERNS.glob("*.py"))

    assert former_patterns()
    assert set(former_patterns().values()) <= set(load_targets())
    assert not [key for key in former_patterns() if f'"{key}"' in patterns]


def test_what_a_value_was_fitted_to_is_a_pattern_a_figure_or_a_source() -> None:
    patterns = "".join(path.read_text(encoding="utf-8") for path in PATTERNS.glob("*.py"))
    known = set(re.findall(r'"(P\d+[a-z])"', patterns)) | set(load_figures()) | set(load_sources())
    known |= set(former_patterns())
    named = {key for row in BY_PARAMETER.values() for key in row.fitted.partition(":")[2].split()}

    assert named - known == set()
    assert "P1a" in named


def test_an_assumption_covers_a_third_of_its_limits_or_a_figure_that_was_read_narrows_it() -> None:
    figures, beliefs = load_figures(), load_beliefs()
    bare = [
        row.name
        for row in narrowed()
        if row.is_free
        and not any(figures[key].grade in SCORED for key in beliefs[row.name].figures)
    ]

    assert bare == []


def test_what_covers_a_third_is_not_called_narrowed() -> None:
    few = {row.name for row in narrowed()}
    rest = [row for row in BY_PARAMETER.values() if row.grade == "D" and row.name not in few]

    assert min(map(covers, rest)) >= COVERED
    assert "work.p_end_fixed" not in few
    assert "school.leave_18_vo" in few


def test_a_value_outside_its_prior_is_told() -> None:
    told = page().split("## Values that lie outside their own prior")[1].split("\n## ")[0]

    assert all(f"| `{row.name}` |" in told for row in aside())
    assert "school.leave_18_vo" in told


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("parameter,reason\nschool.p_exam,x\n", "the columns are"),
        ("parameter,figures,reason,mended\na,,x,\na,,y,\n", "line 3: a stands twice"),
        ("parameter,figures,reason,mended\na,,  ,\n", "line 2: a stands twice or says no reason"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    table: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "priors.csv"
    path.write_text(table, encoding="utf-8")
    monkeypatch.setattr(priors, "REASONS", path)

    with pytest.raises(ValueError, match=told):
        load_beliefs()

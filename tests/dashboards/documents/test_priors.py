"""The page on priors is current, and says what a reader must not miss."""

import re
from dataclasses import replace
from pathlib import Path

import calibration.patterns
from calibration.levels.__main__ import FITTED, levels
from calibration.posterior import __main__ as posterior
from calibration.posterior.shipped import fitted_numbers
from calibration.priors.beliefs import aside, load_beliefs
from calibration.priors.predictive import load_predictive
from calibration.sources import load_sources
from calibration.targets.figures import load_figures
from calibration.targets.reader import load_targets
from dashboards.documents.priors import INTRODUCTION, PAGE, outside_part, page, predictive_part
from model.registry import BY_PARAMETER

PATTERNS = Path(calibration.patterns.__file__).parent


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m dashboards.documents"


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
    together = {name for name, row in BY_PARAMETER.items() if row.fitted == FITTED}
    calibrated = {name for name, row in BY_PARAMETER.items() if row.fitted == posterior.FITTED}
    rows = [row for name, row in BY_PARAMETER.items() if name not in together | calibrated]
    named = {key for row in rows for key in row.fitted.partition(":")[2].split()}

    assert together <= set(levels())
    assert calibrated == set(fitted_numbers())
    assert named - known == set()
    assert "P1a" in named


def test_a_value_outside_its_prior_is_told() -> None:
    told = page().split("## Values that lie outside their own prior")[1].split("\n## ")[0]

    assert all(f"| `{row.name}` |" in told for row in aside())
    assert aside() or "None does." in told

    far = replace(BY_PARAMETER["school.leave_18_vo"], value=1.3)
    assert "| `school.leave_18_vo` | 1.3 |" in outside_part([far], load_beliefs())


def test_a_target_that_the_priors_miss_is_told_with_what_moves_it() -> None:
    found = load_predictive()
    missed = next(row for row in found.reached if row.target == "leaving_vo_eu11")
    row = replace(missed, near=0.49, moved_by=(("school.leave_vo", 0.8),))

    text = predictive_part(replace(found, reached=(row,)), found.digest)
    poor, good = text.split("### At least half")

    assert "| `leaving_vo_eu11` |" in poor
    assert "| 49% |" in poor
    assert "`school.leave_vo` +0.80" in poor
    assert "| `leaving_vo_eu11` |" not in good
    assert "- `leaving_vo_eu11`: One level is set on this figure" in text
    assert "0 of 1 targets" in text


def test_worlds_lived_under_other_priors_are_called_out_of_date() -> None:
    found = load_predictive()

    assert "Out of date" not in predictive_part(found, found.digest)
    assert "Out of date" in predictive_part(found, "another")

"""The page on priors is current, and says what a reader must not miss."""

from dataclasses import replace

from calibration.priors.beliefs import aside
from calibration.priors.predictive import load_predictive
from dashboards.documents.priors import PAGE, page, predictive_part


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m dashboards.documents"


def test_a_value_outside_its_prior_is_told() -> None:
    told = page().split("## Values that lie outside their own prior")[1].split("\n## ")[0]

    assert all(f"| `{row.name}` |" in told for row in aside())
    assert "school.leave_18_vo" in told


def test_a_target_that_the_priors_miss_is_told_with_what_moves_it() -> None:
    found = load_predictive()
    missed = next(row for row in found.reached if row.target == "leaving_vo_eu11")
    row = replace(missed, near=0.49, moved_by=(("school.leave_vo", 0.8),))

    text = predictive_part(replace(found, reached=(row,)), found.digest)
    poor, good = text.split("### At least half")

    assert "| `leaving_vo_eu11` |" in poor
    assert "| 49% |" in poor
    assert "`school.leave_vo` +0.80" in poor
    assert "leaving_vo_eu11" not in good
    assert "0 of 1 targets" in text


def test_worlds_lived_under_other_priors_are_called_out_of_date() -> None:
    found = load_predictive()

    assert "Out of date" not in predictive_part(found, found.digest)
    assert "Out of date" in predictive_part(found, "another")

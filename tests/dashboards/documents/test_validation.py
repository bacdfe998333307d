"""The page of verdicts is current, shows what moved, and keeps what people wrote."""

from pathlib import Path

import pytest

from calibration.verdicts import NO, NO_TARGET, YES
from dashboards.documents import validation
from dashboards.documents.validation import BEFORE, MENDED, NOW, PAGE, current, page, read, record

Rows = list[dict[str, str]]


@pytest.fixture
def before() -> Rows:
    """The record of before."""
    return read(BEFORE)


def with_verdict(rows: Rows, key: str, verdict: str) -> Rows:
    """Return rows in which one quantity has another verdict."""
    assert key in {row["key"] for row in rows}
    return [{**row, "holds": verdict} if row["key"] == key else row for row in rows]


def moved(text: str) -> str:
    """Return the part of a page on verdicts that are others now."""
    return text.partition("## What another verdict is said of")[2].partition("\n## ")[0]


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == current(), "run: python -m dashboards.documents"


def test_what_people_wrote_is_on_the_page_whatever_the_verdicts(before: Rows) -> None:
    text = page(before, before, "## What was mended\n\n### Work\n\n| a thing | mended |")

    assert "### Work\n\n| a thing | mended |" in text
    assert MENDED.read_text(encoding="utf-8").strip() in PAGE.read_text(encoding="utf-8")


def test_a_verdict_that_became_another_is_shown_and_nothing_else(before: Rows) -> None:
    now = with_verdict(before, "leaving_vo_eu11", NO)

    assert "Nothing" in moved(page(before, before, ""))
    assert moved(page(now, before, "")).count("| `") == 1
    assert "`leaving_vo_eu11`" in moved(page(now, before, ""))
    assert f"| {YES} (5 of 5) |" in moved(page(now, before, ""))


def test_a_quantity_that_came_or_went_is_shown(before: Rows) -> None:
    gone = [row for row in before if row["key"] != "P6a"]

    assert moved(page(gone, before, "")).count("no such row") == 1
    assert moved(page(before, gone, "")).count("no such row") == 1


def test_a_record_has_no_figure_without_a_target(before: Rows) -> None:
    report = with_verdict(before, "P6a", NO_TARGET)

    assert "P6a" not in {row["key"] for row in record(report)}
    assert record(before) == before


def test_a_table_that_is_no_report_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, page_before = tmp_path / "other.csv", NOW.read_bytes()
    other.write_text("a,b\n1,2\n")
    monkeypatch.setattr("sys.argv", ["validation", str(other)])

    with pytest.raises(SystemExit, match="veerkracht validate --csv FILE"):
        validation.main()
    assert NOW.read_bytes() == page_before

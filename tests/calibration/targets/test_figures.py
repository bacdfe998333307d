"""The published figures load, add up, and wrong rows are refused with their place."""

import ast
import operator
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from calibration.targets.figures import FIGURES, SCORED, load_figures
from model.errors import InputError

LINES = FIGURES.read_text(encoding="utf-8").splitlines()

GOOD = "x.y,A label,5,percent,4,6,200,10,1,,2020,,,all,A source,https://example.org,B,"

OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def value_of(node: ast.expr) -> float:
    """Return the value of arithmetic on plain numbers."""
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](value_of(node.left), value_of(node.right))
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, int | float)
    return float(node.value)


def file_with(tmp_path: Path, *rows: str) -> Path:
    """Write a file of figures with these rows and return its path."""
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([LINES[0], *rows]) + "\n", encoding="utf-8")
    return path


def test_all_figures_load_with_their_grades() -> None:
    figures = load_figures()

    assert len(figures) == len(LINES) - 1 == 668
    assert {figure.grade for figure in figures.values()} == {"A", "B", "C", "D"}


def test_figures_that_were_recalled_or_assumed_are_never_scored() -> None:
    figures = load_figures().values()

    assert SCORED == ("A", "B")
    assert {t.grade for t in figures if t.is_scored} == {"A", "B"}
    assert all(t.source == "assumption" for t in figures if t.grade == "D")
    assert all(t.source.startswith("recalled") for t in figures if t.grade == "C")


def test_a_figure_that_was_read_names_a_source_and_no_address_only_where_none_was_kept() -> None:
    read = [figure for figure in load_figures().values() if figure.is_scored]

    assert all(figure.url or "address" in figure.note for figure in read)
    assert not [t.key for t in load_figures().values() if not t.is_scored and t.url]


def test_figures_that_were_worked_out_add_up() -> None:
    wrong = []
    for figure in load_figures().values():
        found = re.search(r"Worked out: (.+?)\.(?: |$)", figure.note)
        if found:
            value = value_of(ast.parse(found[1], mode="eval").body)
            close = [abs(value * scale / figure.value - 1.0) < 0.015 for scale in (1, 100, 1000)]
            if not any(close):
                wrong.append(f"{figure.key}: {found[1]} = {value:g}, not {figure.value:g}")

    assert wrong == []


def test_the_traps_stand_in_the_notes() -> None:
    figures = load_figures()

    assert "definition" in figures["vsv.mbo_avg_seed"].note
    assert "base" in figures["stay.left5"].note
    assert "Redesigned survey" in figures["ctr.all23.flex"].note
    assert "break" in figures["abs.absolute_2021"].breaks
    assert "stock" in figures["kids.vuln_total"].note


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",5,", ",seven,", "line 3: value = 'seven' is not a number"),
        (",5,", ",nan,", "line 3: value = 'nan' is not a number"),
        (",5,", ",9,", "line 3: x.y = 9 lies outside its range 4 to 6"),
        ("percent", "procent", "Did you mean 'percent'?"),
        (",B,", ",E,", "line 3: grade = 'E' is not known. Allowed: A; B; C; D"),
        (",10,", ",300,", "line 3: x.y is 300 of 200"),
        (",200,", ",,", "line 3: x.y is 10 of nobody"),
        ("A label", " ", "line 3: 'label' is empty"),
        ("https://", "", "line 3: 'example.org' is not an address"),
        (",B,", ",B", "line 3: 18 values are needed"),
        ("x.y", "z.y", "line 3: the key 'z.y' is there twice"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = file_with(tmp_path, GOOD.replace("x.y", "z.y"), GOOD.replace(old, new))

    with pytest.raises(InputError) as refusal:
        load_figures(path)
    assert "figures.csv" in str(refusal.value)
    assert message in str(refusal.value)


def test_a_count_and_its_share_say_the_same() -> None:
    wrong = []
    for figure in load_figures().values():
        if figure.n and figure.numerator:  # n of a survey stands alone
            share = figure.numerator / figure.n * (1.0 if figure.unit == "share" else 100.0)
            if abs(share / figure.value - 1.0) > 0.015:
                wrong.append(f"{figure.key}: {share:g}, not {figure.value:g}")

    assert wrong == []


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("key,value\nx,1\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"figures.csv, line 1: the columns are key, value"):
        load_figures(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"figures.csv cannot be read"):
        load_figures(tmp_path / "figures.csv")


DUTCH = GOOD.replace(",", ";").replace(";5;", ";1.250,5;").replace(";4;6;", ";1.000;2.000,25;")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_that_excel_or_notepad_saved_reads_as_it_was(
    encoding: str, ending: str, tmp_path: Path
) -> None:
    row = GOOD.replace("A label", "Één: reëel")
    path = tmp_path / "figures.csv"
    path.write_bytes(ending.join([LINES[0], row, ""]).encode(encoding))

    (found,) = load_figures(path).values()

    assert (found.label, found.value, found.n) == ("Één: reëel", 5.0, 200.0)


def test_semicolons_decimal_commas_and_thousands_of_dutch_excel_are_read(tmp_path: Path) -> None:
    row = DUTCH.replace(";1.000;", ";1000,0;")
    path = file_with(tmp_path, row)
    path.write_text(path.read_text("utf-8").replace(LINES[0], LINES[0].replace(",", ";")))

    (found,) = load_figures(path).values()

    assert (found.value, found.low, found.high) == (1250.5, 1000.0, 2000.25)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (DUTCH, "line 2: low = '1.000' may be 1000 or 1. The file has semicolons"),
        (DUTCH.replace(";1.000;", ";193.700;"), "low = '193.700' may be 193700 or 193.7"),
    ],
)
def test_a_number_that_may_be_thousands_or_decimals_is_refused(
    row: str, told: str, tmp_path: Path
) -> None:
    path = file_with(tmp_path, row)
    path.write_text(path.read_text("utf-8").replace(LINES[0], LINES[0].replace(",", ";")))

    with pytest.raises(InputError, match=re.escape(told)):
        load_figures(path)


def test_a_line_break_in_a_cell_stays_one(tmp_path: Path) -> None:
    path = file_with(tmp_path, GOOD[:-2] + 'B,"first line\nsecond line"')

    (found,) = load_figures(path).values()

    assert found.note == "first line\nsecond line"


@pytest.mark.parametrize("number", ["1_000", "\uff11\uff12", "1,5"])
def test_a_number_in_another_hand_is_refused(number: str, tmp_path: Path) -> None:
    path = file_with(tmp_path, GOOD.replace(",5,", f',"{number}",'))

    with pytest.raises(InputError, match="is not a number"):
        load_figures(path)

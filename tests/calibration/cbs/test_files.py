"""Files that people have are read rightly, or refused with the place and the reason."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from calibration.cbs.files import read
from calibration.cbs.table import Asked, Table
from model.errors import InputError, StorageError

# All figures in this file are made up; the shapes are those of the publishers.
STATLINE = """"Leerlingen; herkomst, regio (verzonnen)"
"Herkomst";"Regio's";"Schooljaar";"Leerlingen (x 1 000)";"Vsv'ers (aantal)";"Aandeel (%)"
"Totaal";"Nederland";"2022/'23";"2.150,3";"30210";"1,40"
"Totaal";"Nederland";"2023/'24*";"2.139,1";".";"."
"België";"Gemeente één";"2022/'23";"";"";""
"België";"Gemeente één";"2023/'24*";"0,0";"<5";"x"
"© Centraal Bureau voor de Statistiek, Den Haag/Heerlen"
"""
DUO = "GEMEENTENAAM;ONDERWIJSSOORT;JAAR;AANTAL\nCuraçao;vmbo;2023;1.250\nDelft;havo;2023;<5\n"
EUROSTAT = (
    "freq,unit,geo\\TIME_PERIOD\t2021 \t2022 \n"
    "A,PC,NL\t12.5 b\t: \n"
    "A,PC,PL\t: c\t0 p\n"
    "A,THS_PER,NL\t1234.5 \t13.0 bu\n"
)


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def said(table: Table, *keys: str, measure: str | None = None) -> dict[str, Any]:
    """Return what the cell at these keys says."""
    cells = table.cells
    for dimension, key in zip(table.dimensions, keys, strict=True):
        cells = cells[cells[dimension.name] == key]
    if measure is not None:
        cells = cells[cells["measure"] == table.named(measure).name]
    (row,) = cells.to_dict("records")
    return {str(name): value for name, value in row.items()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_statline_is_read_in_every_encoding_with_its_title_and_source(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    text = STATLINE.replace("\n", line_end)

    table = read(written(tmp_path, "statline.csv", text, encoding), Asked())

    assert table.title == "Leerlingen; herkomst, regio (verzonnen)"
    assert table.notes == ("© Centraal Bureau voor de Statistiek, Den Haag/Heerlen",)
    assert [one.name for one in table.dimensions] == ["Herkomst", "Regio's", "Schooljaar"]
    assert (
        said(table, "Totaal", "Nederland", "2022/'23", measure="Leerlingen")["value"] == 2_150_300
    )
    zero = said(table, "België", "Gemeente één", "2023/'24*", measure="Leerlingen")
    assert (zero["value"], zero["meaning"], zero["high"]) == (0.0, "number", 50.0)


def test_marks_of_statline_keep_their_meaning(tmp_path: Path) -> None:
    table = read(written(tmp_path, "statline.csv", STATLINE), Asked())

    assert table.meanings() == {
        ("number", ""): 5,
        ("unknown", "."): 2,
        ("empty", ""): 3,
        ("interval", "<5"): 1,
        ("secret", "x"): 1,
    }
    provisional = table.cells["Schooljaar"] == "2023/'24*"
    assert set(table.cells.loc[provisional, "status"]) == {"*"}
    assert set(table.cells.loc[~provisional, "status"]) == {""}
    small = said(table, "België", "Gemeente één", "2023/'24*", measure="Vsv'ers")
    assert (small["low"], small["high"]) == (0.0, 5.0)
    assert math.isnan(small["value"])


def test_latin_1_of_duo_is_read_when_the_numbers_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "duo.csv", DUO, "latin-1")

    table = read(path, Asked(style="comma", values=("AANTAL",)))

    assert said(table, "Curaçao", "vmbo", "2023")["value"] == 1250.0
    assert said(table, "Delft", "havo", "2023")["high"] == 5.0
    with pytest.raises(
        InputError, match=r"line 1: no column says .* --value\. There are: GEMEENTE"
    ):
        read(path, Asked())
    with pytest.raises(InputError, match=r"no column 'AANTALLEN'\. Did you mean 'AANTAL'"):
        read(path, Asked(values=("AANTALLEN",)))


def test_thousands_that_nothing_decides_are_asked_back(tmp_path: Path) -> None:
    path = written(tmp_path, "duo.csv", DUO, "latin-1")

    with pytest.raises(InputError, match=r"line 2, AANTAL: '1\.250' can be read in two ways"):
        read(path, Asked(values=("AANTAL",)))

    point = read(path, Asked(style="point", values=("AANTAL",)))
    assert said(point, "Curaçao", "vmbo", "2023")["value"] == 1.25


def test_eurostat_keeps_its_flags_and_its_colon(tmp_path: Path) -> None:
    table = read(written(tmp_path, "tour.tsv", EUROSTAT), Asked())

    break_in_series = said(table, "A", "PC", "NL", "2021")
    assert (break_in_series["value"], break_in_series["status"]) == (12.5, "b")
    assert said(table, "A", "PC", "NL", "2022")["meaning"] == "unknown"
    assert said(table, "A", "PC", "PL", "2021")["meaning"] == "secret"
    zero = said(table, "A", "PC", "PL", "2022")
    assert (zero["value"], zero["status"]) == (0.0, "p")
    assert said(table, "A", "THS_PER", "NL", "2021")["value"] == 1234.5


def sheet(folder: Path, rows: list[list[object]], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for place, form in (formats or {}).items():
        book.active[place].number_format = form
    path = folder / "figures.xlsx"
    book.save(path)
    return path


def test_excel_is_read_with_its_lines_of_title_and_source(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        [
            ["Verzonnen cijfers"],
            [],
            ["Regio", "Jaar", "Leerlingen (x 1 000)", "Aandeel (%)"],
            ["Delft", 2023, 12.5, 1.25],
            ["Tilburg", 2023, 12, "x"],
            ["Helmond", 2023, None, "<5"],
            ["Bron: verzonnen"],
        ],
    )

    table = read(path, Asked())

    assert (table.title, table.notes) == ("Verzonnen cijfers", ("Bron: verzonnen",))
    assert said(table, "Delft", "2023", measure="Leerlingen")["value"] == 12_500.0
    whole = said(table, "Tilburg", "2023", measure="Leerlingen")
    assert (whole["low"], whole["high"]) == (11_950.0, 12_050.0)
    assert said(table, "Tilburg", "2023", measure="Aandeel")["meaning"] == "secret"
    assert said(table, "Helmond", "2023", measure="Leerlingen")["meaning"] == "empty"


def test_a_percentage_of_excel_is_read_as_it_is_shown(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Regio", "Aandeel (%)"], ["Delft", 0.0325]]

    table = read(sheet(tmp_path, rows, {"B2": "0.00%"}), Asked())

    assert said(table, "Delft")["value"] == pytest.approx(3.25)


def test_a_formula_without_outcome_and_a_fault_are_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["Regio", "Aantal (aantal)"], ["Delft", "=1+1"]])
    with pytest.raises(InputError, match=r"row 2: B2 holds a formula without its outcome"):
        read(path, Asked())
    path = sheet(tmp_path, [["Regio", "Aantal (aantal)"], ["Delft", "#DIV/0!"]])
    with pytest.raises(InputError, match=r"row 2: B2 holds the fault #DIV/0!"):
        read(path, Asked())


def test_one_of_several_sheets_has_to_be_named(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["Regio", "Aantal (aantal)"], ["Delft", 3]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Uitleg").append(["niets"])
    book.save(path)

    with pytest.raises(InputError, match=r"has 2 sheets: Sheet; Uitleg\. Name one: --sheet"):
        read(path, Asked())
    assert said(read(path, Asked(sheet="Sheet")), "Delft")["value"] == 3.0
    with pytest.raises(InputError, match=r"no sheet 'Shet'\. Did you mean 'Sheet'"):
        read(path, Asked(sheet="Shet"))


def test_sav_is_read_with_labels_and_declared_missing_values(tmp_path: Path) -> None:
    path = tmp_path / "counts.sav"
    frame = pd.DataFrame({"herkomst": [1.0, 2.0, 3.0], "n": [1204.0, 9.0, float("nan")]})
    pyreadstat.write_sav(
        frame,
        path,
        variable_value_labels={"herkomst": {1: "Polen", 2: "Bulgarije"}, "n": {9: "geheim"}},
        missing_ranges={"n": [9]},
    )

    table = read(path, Asked(values=("n",)))

    assert said(table, "Polen")["value"] == 1204.0
    assert said(table, "Bulgarije")["mark"] == "geheim"
    assert math.isnan(said(table, "Bulgarije")["value"])
    assert said(table, "3")["meaning"] == "empty"


def test_sav_without_its_reader_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)

    with pytest.raises(InputError, match=r"needs the package pyreadstat.*'\.\[spss\]'"):
        read(written(tmp_path, "counts.sav", "$FL2 …"), Asked(values=("n",)))


OBSERVATIONS = [
    {"Id": 0, "Measure": "M1", "ValueAttribute": "None", "Value": 2150.3, "StringValue": None},
    {"Id": 1, "Measure": "M2", "ValueAttribute": "None", "Value": 0.0, "StringValue": None},
    {"Id": 2, "Measure": "M3", "ValueAttribute": "Unheard-of", "Value": None, "StringValue": None},
    {"Id": 3, "Measure": "M4", "ValueAttribute": "Impossible", "Value": 0.0, "StringValue": None},
    {"Id": 4, "Measure": "M5", "ValueAttribute": None, "Value": None, "StringValue": "."},
]


def answer(folder: Path, name: str, **page: object) -> Path:
    return written(folder, name, json.dumps(page))


def test_saved_observations_keep_words_as_they_were_sent(tmp_path: Path) -> None:
    cells = [{**one, "Perioden": "2023SJ00"} for one in OBSERVATIONS]

    table = read(answer(tmp_path, "Observations.json", value=cells), Asked())

    found = dict(zip(table.cells["measure"], table.cells.to_dict("records"), strict=True))
    assert found["M1"]["value"] == 2150.3
    assert (found["M2"]["value"], found["M2"]["meaning"]) == (0.0, "number")
    assert (found["M3"]["mark"], found["M3"]["meaning"]) == ("Unheard-of", "other")
    assert (found["M4"]["mark"], found["M4"]["meaning"]) == ("Impossible", "impossible")
    assert (found["M5"]["mark"], found["M5"]["meaning"]) == (".", "unknown")
    assert all(math.isnan(found[name]["value"]) for name in ("M3", "M4", "M5"))


def test_code_lists_beside_a_saved_answer_are_used(tmp_path: Path) -> None:
    measure = {"Identifier": "M1", "Title": "Leerlingen", "Unit": "x 1 000", "Decimals": 1}
    answer(tmp_path, "MeasureCodes.json", value=[measure])
    period = {"Identifier": "2023SJ00", "Title": "2023/'24*", "Status": "Voorlopig"}
    answer(tmp_path, "PeriodenCodes.json", value=[period])
    written(tmp_path, "other.json", "[no code list")
    cells = [{**OBSERVATIONS[0], "Perioden": "2023SJ00"}]

    table = read(answer(tmp_path, "Observations.json", value=cells), Asked())

    found = said(table, "2023SJ00", measure="Leerlingen")
    assert (found["value"], found["status"]) == (2_150_300.0, "Voorlopig")
    assert (found["low"], found["high"]) == (2_150_250.0, 2_150_350.0)
    assert dict(table.dimensions[0].labels) == {"2023SJ00": "2023/'24*"}


def test_untyped_rows_of_v3_keep_marks_and_typed_ones_say_that_they_do_not(tmp_path: Path) -> None:
    untyped = {"ID": 0, "RegioS": "NL01  ", "Vsv_1": "       .", "Aandeel_2": "    1.40"}
    typed = {"ID": 0, "RegioS": "NL01  ", "Vsv_1": None, "Aandeel_2": 1.4}

    marks = read(answer(tmp_path, "UntypedDataSet.json", value=[untyped]), Asked())
    nulls = read(answer(tmp_path, "TypedDataSet.json", value=[typed]), Asked())

    assert said(marks, "NL01", measure="Vsv_1")["meaning"] == "unknown"
    assert said(marks, "NL01", measure="Aandeel_2")["value"] == 1.4
    null = said(nulls, "NL01", measure="Vsv_1")
    assert (null["mark"], null["meaning"]) == ("null", "other")
    assert math.isnan(null["value"])


@pytest.mark.parametrize("key", ["@odata.nextLink", "odata.nextLink"])
def test_one_page_of_more_is_no_table(tmp_path: Path, key: str) -> None:
    page = {"value": OBSERVATIONS, key: "https://cbs.example/next"}

    with pytest.raises(InputError, match="one page of more"):
        read(answer(tmp_path, "page.json", **page), Asked())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STATLINE.replace('"30210"', '"30.21.0"'), r"line 3, Vsv'ers \(aantal\): '30\.21\.0'"),
        (STATLINE.replace('"1,40"', '"1,40";"5"'), "line 3: there are 7 cells; .* has 6"),
        (STATLINE.replace("Regio's", "Herkomst"), "line 2: 'Herkomst' is there 2 times"),
        (STATLINE.replace("2023/'24*", "2022/'23"), "line 4.*: the cell .* is there twice"),
        (STATLINE.replace('"1,40"', '"1.45"'), "has a decimal comma and .* a decimal point"),
        ('"a";"b (%)"\n"x;"1"\n"y";"2\n', "Check the quotation marks"),
        ("a;b (%)\nx;veel\ny;weinig\n", "holds words and no number"),
        ("only one line\n", "no table in it"),
        ("measure;b (%)\nx;1\n", "may not be called measure"),
        ("<!DOCTYPE html><html>gone</html>", "a page for people"),
        ('{"value": [{"Id": 0, "Measure": "M", "Val', "no JSON, or was cut off"),
        ('{"value": []}', "no rows in it"),
        ('{"value": [{"Id": 1}]}', "not those of a data set"),
        ('{"value": [{"Measure": "M", "Value": NaN, "P": "x"}]}', "NaN is no number"),
        (EUROSTAT + "A,PC,BG\t1.0\n", "line 5: there are 3 names and 1 values.*may be cut"),
        ("   \n", "is empty"),
        ("PK\x03\x04 no workbook", "cannot be read as Excel"),
        ("a\0b", "no file of text"),
    ],
)
def test_what_cannot_be_read_rightly_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(written(tmp_path, "file.csv", text), Asked())


def test_a_file_that_is_not_there_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match="cannot read"):
        read(tmp_path / "nothing.csv", Asked())
    monkeypatch.setattr("calibration.cbs.files.LARGEST", 10)
    with pytest.raises(InputError, match="at most 0 MB are read"):
        read(written(tmp_path, "file.csv", STATLINE), Asked())


def test_a_measure_or_row_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    table = read(written(tmp_path, "statline.csv", STATLINE), Asked())

    assert len(table.kept({"Regio's": "Nederland"}).cells) == 6
    with pytest.raises(InputError, match=r"no row has Regio's = 'Nederlan'\. Did you mean"):
        table.kept({"Regio's": "Nederlan"})
    with pytest.raises(InputError, match=r"no column 'Regio' to keep rows by"):
        table.kept({"Regio": "Nederland"})
    with pytest.raises(InputError, match="no measure 'Leerling'"):
        table.named("Leerling")

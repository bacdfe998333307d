"""A printed cell is read as what it says: a number, an interval, or a mark; or it is refused."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.cbs.marks import MEANINGS, STYLES, Style, Unit, is_provisional, read, style_of
from model.errors import InputError

WHERE = "file.csv, line 3"
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=2)
STYLE = st.sampled_from(STYLES)


def printed(number: Decimal, style: Style, separator: str) -> str:
    """Return a number as a publication in this style prints it."""
    text = f"{number:,f}".replace(",", "_")
    return text.replace(".", "," if style == "comma" else ".").replace("_", separator)


def separators(style: Style) -> list[str]:
    return [".", " ", "\u00a0", "\u202f", "'", ""] if style == "comma" else [",", " ", "\u00a0", ""]


@given(NUMBERS, STYLE, st.data())
def test_a_printed_number_is_read_back_whatever_stands_between_thousands(
    number: Decimal, style: Style, data: st.DataObject
) -> None:
    separator = data.draw(st.sampled_from(separators(style)))

    found = read(printed(number, style, separator), style=style, unit=Unit(), where=WHERE)

    assert found.meaning == "number"
    assert found.value == float(number)
    assert found.mark == ""


@given(NUMBERS, STYLE, st.integers(0, 6), st.integers(0, 4))
def test_the_true_number_lies_within_half_a_printed_digit(
    number: Decimal, style: Style, power: int, decimals: int
) -> None:
    true = number.scaleb(-2)  # four decimals, of which some are printed
    told = round(true, decimals)
    unit = Unit("", 10**power)

    found = read(printed(told, style, " "), style=style, unit=unit, where=WHERE)

    assert Decimal(found.low) - Decimal("1e-6") <= true * 10**power
    assert true * 10**power <= Decimal(found.high) + Decimal("1e-6")
    assert math.isclose(found.high - found.low, 10.0 ** (power - decimals), rel_tol=1e-6)


@given(NUMBERS, st.sampled_from(["x 1 000", "1 000 euro", "x 1.000", "duizend", "1\u00a0000 kg"]))
def test_a_unit_is_applied_once_to_value_and_bounds(number: Decimal, unit: str) -> None:
    text = printed(number, "comma", "")
    bare = read(text, style="comma", unit=Unit(), where=WHERE)
    found = read(text, style="comma", unit=Unit.of(unit), where=WHERE)

    assert found.value == pytest.approx(1000 * bare.value)
    assert found.low == pytest.approx(1000 * bare.low)
    assert found.high == pytest.approx(1000 * bare.high)


@given(st.text(max_size=12), STYLE)
def test_no_text_without_a_digit_becomes_a_number(text: str, style: Style) -> None:
    if any(sign.isdigit() for sign in text):
        return

    found = read(text, style=style, unit=Unit.of("x 1 000"), where=WHERE)

    assert found.meaning not in {"number", "interval"}
    assert math.isnan(found.value)
    assert math.isnan(found.low)
    assert found.mark == text.strip().strip("\u00a0")


@given(st.text(alphabet="0123456789.,-+ <>*eE%x", max_size=10), STYLE)
def test_what_is_read_as_a_number_is_that_number_and_all_else_is_refused(
    text: str, style: Style
) -> None:
    try:
        found = read(text, style=style, unit=Unit(), where=WHERE)
    except InputError as error:
        assert str(error).startswith(WHERE)  # noqa: PT017 - both ends are right, for other texts
        return
    if found.meaning == "number":
        digits = "".join(sign for sign in text.split("*", maxsplit=1)[0] if sign.isdigit())
        shown = f"{abs(Decimal(found.value)):.9f}".replace(".", "").lstrip("0")
        assert shown.startswith(digits.lstrip("0").rstrip("0"))


@pytest.mark.parametrize("mark", [*MEANINGS, "^", "n.v.t.", "Unreliable", "…"])
@pytest.mark.parametrize("style", STYLES)
def test_a_mark_keeps_its_text_and_is_never_zero(mark: str, style: Style) -> None:
    found = read(f"  {mark} ", style=style, unit=Unit.of("x 1 000"), where=WHERE)

    assert found.mark == mark
    assert found.meaning == MEANINGS.get(mark, "other")
    assert math.isnan(found.value)


@pytest.mark.parametrize("text", ["0", "0,0", "-0", "0*"])
def test_a_zero_is_a_number_with_a_rounding(text: str) -> None:
    found = read(text, style="comma", unit=Unit.of("x 1 000"), where=WHERE)

    assert found.meaning == "number"
    assert found.value == 0.0
    assert found.high == (50.0 if "," in text else 500.0)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("<5", "", 0.0, 5.0),
        ("< 5", "x 1 000", 0.0, 5000.0),
        ("≤4", "", 0.0, 4.0),
        (">95", "%", 95.0, 100.0),
        (">= 1.000", "", 1000.0, math.inf),
        ("<1,5*", "", 0.0, 1.5),
    ],
)
def test_less_than_five_is_an_interval_and_no_number(
    text: str, unit: str, low: float, high: float
) -> None:
    found = read(text, style="comma", unit=Unit.of(unit), where=WHERE)

    assert found.meaning == "interval"
    assert math.isnan(found.value)
    assert (found.low, found.high) == (low, high)
    assert found.mark == text


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("1.234*", 1234.0, "*"),
        ("12,5**", 12.5, "**"),
        ("12 p", 12.0, "p"),
        ("12 bu", 12.0, "bu"),
        ("12¹", 12.0, "¹"),
        ("1 234 1)", 1234.0, "1)"),
    ],
)
def test_what_hangs_on_a_number_stays_beside_it(text: str, value: float, status: str) -> None:
    found = read(text, style="comma", unit=Unit(), where=WHERE)

    assert (found.value, found.status) == (value, status)


def test_what_may_still_change_is_told_by_sign_letter_or_word() -> None:
    told = ("*", "**", "p", "Voorlopig", "Nader voorlopig")
    assert [is_provisional(one) for one in told] == [True] * len(told)
    assert not is_provisional("Definitief")
    assert not is_provisional("")


@pytest.mark.parametrize(
    "text", ["12,3 %", "12 kg", "1.23.4", "1,2,3", "12-15", "1 23", "1e5", "5 m", "1.2345,0"]
)
def test_digits_that_are_no_number_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(InputError, match=r"file\.csv, line 3: '.*' is neither a number"):
        read(text, style="comma", unit=Unit(), where=WHERE)


def test_dutch_thousands_are_not_read_as_decimals() -> None:
    cells = [("line 2", "193.700"), ("line 3", "12,5"), ("line 4", ".")]

    style = style_of(cells)

    assert style == "comma"
    assert read("193.700", style=style, unit=Unit(), where="line 2").value == 193_700.0


@pytest.mark.parametrize(
    ("texts", "style"),
    [(["1,40", "30210"], "comma"), (["1.40", "<5", "x"], "point"), (["1,234.5"], "point")],
)
def test_one_number_can_tell_what_stands_before_decimals(texts: list[str], style: Style) -> None:
    assert style_of([("line 1", text) for text in texts]) == style


def test_numbers_in_two_ways_are_refused() -> None:
    with pytest.raises(InputError, match=r"line 2: '1,5' has a decimal comma and line 3: '2\.50'"):
        style_of([("line 2", "1,5"), ("line 3", "2.50")])


@pytest.mark.parametrize("text", ["193.700", "1,234", "<1.000"])
def test_what_can_be_read_in_two_ways_is_asked_back(text: str) -> None:
    with pytest.raises(InputError, match=r"can be read in two ways.*--decimal comma"):
        style_of([("line 2", text), ("line 3", "12"), ("line 4", "1 234")])


@pytest.mark.parametrize(
    ("text", "factor", "name"),
    [
        ("x 1 000", 1000, ""),
        ("1 000 euro", 1000, "euro"),
        ("x 1 000 000", 1_000_000, ""),
        ("mln kg", 1_000_000, "kg"),
        ("%", 1, "%"),
        ("aantal", 1, "aantal"),
        ("per 1 000 inwoners", 1, "per 1 000 inwoners"),
        ("", 1, ""),
    ],
)
def test_a_unit_says_what_one_stands_for(text: str, factor: int, name: str) -> None:
    assert (Unit.of(text).factor, Unit.of(text).name) == (factor, name)


def test_decimals_of_the_source_count_more_than_those_that_were_sent() -> None:
    found = read("1.4", style="point", unit=Unit.of("%", decimals=2), where=WHERE)

    assert (found.low, found.high) == (1.395, 1.405)

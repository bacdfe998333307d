"""Values of levers and months, between what people write in a file and what the model reads."""

from __future__ import annotations

import re

from model.calendar import START, START_NUMBER, month_number, month_text
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from scenarios.files.checks import Place, listed, number_in_range, shown, suggestion

REFORM_START = "reform_start"
"""The word for the month in which the bill starts; it is itself a lever."""

LAST = "2073-07"
"""The last month that a file may name; a run is never that long."""

_LIKELY_TRUTH = dict.fromkeys(("1", "1.0", "true", "yes", "ja"), "true") | dict.fromkeys(
    ("0", "0.0", "false", "no", "nee"), "false"
)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\b(\d{4})\b")
_MONTH_OF_YEAR = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


def lever_value(place: Place, lever: Lever, value: object) -> float:
    """Return what the model reads for a value in a file: true is 1, a word its number.

    Raises InputError when the value is of another kind than the lever, or outside its range.
    """
    match lever.kind:
        case "boolean":
            return float(truth(place, value))
        case "choice":
            return _choice(place, value)
        case "month":
            return _month_in_range(place, lever, value)
        case _:
            whole = lever.kind == "integer"
            return number_in_range(place, value, (lever.low, lever.high), lever.unit, whole=whole)


def written(lever: Lever, value: float) -> str:
    """Return a lever's value as it is written in a scenario file."""
    match lever.kind:
        case "boolean":
            return "true" if value else "false"
        case "choice":
            return f'"{EXTRA_EDUCATION_TARGETS[int(value)]}"'
        case "month":
            return f'"{month_text(value)}"'
        case _:
            return plain_number(value)


def plain_number(value: float) -> str:
    """Return a number without needless zeros, exact when read again."""
    return str(int(value)) if value == int(value) else repr(float(value))


def allowed(lever: Lever) -> str:
    """Return what a lever may be set to, in words for a comment."""
    match lever.kind:
        case "boolean":
            return "true or false"
        case "choice":
            return listed(f'"{word}"' for word in EXTRA_EDUCATION_TARGETS)
        case _:
            return f"{written(lever, lever.low)} to {written(lever, lever.high)}"


def month(place: Place, value: object) -> float:
    """Return the month number of 'YYYY-MM'. Raises InputError for what no run can reach."""
    number = _month(place, value)
    if number < START_NUMBER:
        advice = (
            f"A run starts in {START}. Leave the month out for a measure that is there from the"
            " start."
        )
        raise place.refusal(f"{value} lies before the run starts", advice)
    if number > month_number(LAST):
        raise place.refusal(f"{value} is too far away", f"The last month allowed is {LAST}.")
    return number


def month_of(start: float | str | None, reform: float) -> float:
    """Return the month number of a start; what is there from the beginning comes first.

    `reform` is the month in which the bill starts.
    """
    if start is None:
        return 0.0
    return reform if isinstance(start, str) else start


def _month(place: Place, value: object) -> float:
    """Return the month number of 'YYYY-MM', whatever the year."""
    example = 'Write a month as "YYYY-MM", for example "2028-01".'
    if not isinstance(value, str):
        raise place.refusal(f"found {shown(value)}", example + _likely_month(shown(value)))
    if not _MONTH.fullmatch(value) or not 1 <= int(value[-2:]) <= 12:  # noqa: PLR2004
        raise place.refusal(f"{shown(value)} is not a month", example + _likely_month(value))
    return month_number(value)


def _likely_month(text: str) -> str:
    """Return ' Did you mean …?' when a year and perhaps a month can be made out."""
    year = _YEAR.search(text)
    if not year:
        return ""
    rest = text[: year.start()] + text[year.end() :]
    numbers = [int(found) for found in _MONTH_OF_YEAR.findall(rest)]
    valid = [number for number in numbers if 1 <= number <= 12]  # noqa: PLR2004
    return f' Did you mean "{year[1]}-{valid[0] if valid else 1:02d}"?'


def truth(place: Place, value: object) -> bool:
    """Return a yes or no. Raises InputError for anything but true and false."""
    if isinstance(value, bool):
        return value
    near = _LIKELY_TRUTH.get(str(value).lower())
    advice = "Write true or false, without quotes." + (f" Did you mean {near}?" if near else "")
    raise place.refusal(f"found {shown(value)}", advice)


def _choice(place: Place, value: object) -> float:
    if isinstance(value, str) and value in EXTRA_EDUCATION_TARGETS:
        return float(EXTRA_EDUCATION_TARGETS.index(value))
    choices = listed(f'"{word}"' for word in EXTRA_EDUCATION_TARGETS)
    near = suggestion(value, EXTRA_EDUCATION_TARGETS) if isinstance(value, str) else ""
    raise place.refusal(f"found {shown(value)}", f"Choose {choices}.{near}")


def _month_in_range(place: Place, lever: Lever, value: object) -> float:
    number = _month(place, value)
    if not lever.low <= number <= lever.high:
        edge = month_text(lever.low if number < lever.low else lever.high)
        advice = f'Allowed is "{month_text(lever.low)}" to "{month_text(lever.high)}".'
        raise place.refusal(f"{value} lies outside its range", f'{advice} The nearest is "{edge}".')
    return number

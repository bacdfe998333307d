"""A scenario in plain words: what changes against which base, from when, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.texts.phrases import DUTCH_UNITS, MONTHS, PHRASES, Language
from model.calendar import MONTHS_PER_YEAR
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from model.policy.scenario import TARGET_LISTS, Scenario, Target
from model.registry import BY_NAME, BY_PARAMETER
from scenarios.authoring.differences import Difference, changes
from scenarios.authoring.letter import is_of_the_letter

UNNAMED_KINDS = frozenset({"boolean", "choice", "month"})
"""Kinds of levers whose value says it all: no unit follows it."""


@dataclass(frozen=True, kw_only=True)
class ExplainedRow:
    """One change in words, ready for a table; every field is text in one language.

    `status` and `letter_lines` are empty for a value or a group that is not the letter's.
    """

    name: str
    label: str
    old: str
    new: str
    unit: str
    start: str
    ramp: str
    end: str
    whom: str
    status: str
    letter_lines: str


def explain(
    scenario: Scenario,
    against: Scenario,
    labels: Mapping[str, str],
    language: Language,
    order: Sequence[str] = (),
) -> str:
    """Return what a scenario is and what it changes against a base, names of `order` first.

    `labels` gives names of levers and parameters for people, and may give 'unit:<unit>' (and
    'unit_one:<unit>' for a single one): a text with {value} in the place of the value. A name
    without a label stands as it is, a unit without a Dutch word is left out. Raises InputError when
    a scenario cannot be laid out.
    """
    say = PHRASES[language]
    differences = changes(scenario, against)
    base = {"title": _text(against, "title", language), "id": against.id}
    lines = [*_introduction(scenario, language), ""]
    if not differences:
        return "\n".join([*lines, say["nothing"].format(**base)])
    lines.append(say["compared"].format(**base))
    turn = {name: number for number, name in enumerate(order)}
    ordered = sorted(differences, key=lambda one: turn.get(one.name, len(turn)))
    lines += [_line(difference, labels, language) for difference in ordered]
    return "\n".join(lines)


def explain_rows(
    scenario: Scenario, against: Scenario, labels: Mapping[str, str], language: Language
) -> list[ExplainedRow]:
    """Return one row of words per change; see `explain` for the labels."""
    return rows_of(changes(scenario, against), labels, language)


def rows_of(
    differences: Iterable[Difference], labels: Mapping[str, str], language: Language
) -> list[ExplainedRow]:
    """Return one row of words per difference; see `explain` for the labels."""
    return [_row(difference, labels, language) for difference in differences]


def status_text(status: str, language: Language) -> str:
    """Return what the letters of a status such as 'R/N' mean."""
    say = PHRASES[language]
    return "; ".join(say[f"status_{letter}"] for letter in status.split("/"))


def _introduction(scenario: Scenario, language: Language) -> list[str]:
    say = PHRASES[language]
    lines = [f"{_text(scenario, 'title', language)} ({scenario.id})"]
    lines += [question] if (question := _text(scenario, "question", language)) else []
    if caveat := _text(scenario, "caveat", language):
        lines.append(say["caveat"].format(text=caveat))
    if scenario.extends:
        lines.append(say["builds_on"].format(names=_joined(scenario.extends, say["and"])))
    cited = (
        say["lines"].format(lines=_cited(scenario.letter_lines, language))
        if scenario.letter_lines
        else ""
    )
    if scenario.status or cited:
        status = status_text(scenario.status, language)
        lines.append(say["letter"].format(status=status, lines=cited))
    if scenario.recommendations:
        numbers = _joined([str(number) for number in scenario.recommendations], say["and"])
        lines.append(say["recommendations"].format(numbers=numbers))
    return lines


def _line(difference: Difference, labels: Mapping[str, str], language: Language) -> str:
    say = PHRASES[language]
    row = _row(difference, labels, language)
    if difference.kind == "lever" and not row.status:
        note = say["own_note"]
    elif difference.kind == "lever":
        note = say["lever_note"].format(status=row.status, lines=row.letter_lines)
    else:
        note = say["parameter_note"].format(grade=BY_PARAMETER[row.name].grade)
    return say["row"].format(
        label=row.label,
        old=row.old,
        new=_with_unit(row, difference, labels),
        start=row.start,
        ramp=row.ramp and f", {row.ramp}",
        end=row.end and f", {row.end}",
        whom=row.whom,
        note=note,
    )


def _row(difference: Difference, labels: Mapping[str, str], language: Language) -> ExplainedRow:
    say = PHRASES[language]
    lever = BY_NAME.get(difference.name) if difference.kind == "lever" else None
    unit = "" if lever and lever.kind in UNNAMED_KINDS else _unit(difference, language)
    is_cited = lever is not None and is_of_the_letter(lever.name, difference.new, difference.target)
    ramp = say["ramp"].format(months=difference.ramp_months) if difference.ramp_months else ""
    end = say["until"].format(month=month_words(difference.end, language)) if difference.end else ""
    return ExplainedRow(
        name=difference.name,
        label=labels.get(difference.name, difference.name),
        old=value_words(lever, difference.old, language),
        new=value_words(lever, difference.new, language),
        unit=unit,
        start=_start(difference, language),
        ramp=ramp.removeprefix(", "),
        end=end.removeprefix(", "),
        whom=_whom(difference, language),
        status=status_text(lever.status, language) if is_cited and lever else "",
        letter_lines=_cited(lever.letter_lines, language) if is_cited and lever else "",
    )


def value_words(lever: Lever | None, value: float, language: Language) -> str:
    """Return a value of a lever, or of a parameter (None), as people read it."""
    say = PHRASES[language]
    match lever.kind if lever else "real":
        case "boolean":
            return say["yes" if value else "no"]
        case "choice":
            return say[EXTRA_EDUCATION_TARGETS[int(value)]]
        case "month":
            return month_words(value, language)
    text = f"{value:.6g}"
    return text.replace(".", ",") if language == "nl" else text


def month_words(month: float, language: Language) -> str:
    """Return a month number as, for example, 'January 2028'."""
    year, index = divmod(int(month), MONTHS_PER_YEAR)
    return f"{MONTHS[language][index]} {year}"


def target_words(target: Target, language: Language) -> str:
    """Return whom a target group holds."""
    say = PHRASES[language]
    parts = []
    for key in TARGET_LISTS:
        members = [_member(member.name, language) for member in getattr(target, key)]
        if members:
            parts.append(say[key].format(names=_joined(members, say["or"])))
    if target.years_in_nl is not None:
        first, last = (value_words(None, years, language) for years in target.years_in_nl)
        parts.append(say["years_in_nl"].format(first=first, last=last))
    return say["families"].format(parts=_joined(parts, say["and"]))


def _member(name: str, language: Language) -> str:
    return PHRASES[language].get(name.lower(), name.replace("_", " ").title())


def _whom(difference: Difference, language: Language) -> str:
    say = PHRASES[language]
    if difference.target is not None:
        return target_words(difference.target, language)
    if not difference.except_for:
        return say["everybody"]
    groups = [target_words(target, language) for target in difference.except_for]
    return say["except"].format(groups=_joined(groups, say["and"]))


def _start(difference: Difference, language: Language) -> str:
    say = PHRASES[language]
    if difference.start is None:
        return say["from_start"]
    key = "with_bill" if difference.with_bill else "from"
    return say[key].format(month=month_words(difference.start, language))


def _unit(difference: Difference, language: Language) -> str:
    unit = _ledger_unit(difference)
    return DUTCH_UNITS.get(unit, "") if language == "nl" else unit


def _ledger_unit(difference: Difference) -> str:
    ledger = BY_NAME if difference.kind == "lever" else BY_PARAMETER
    return ledger[difference.name].unit


def _with_unit(row: ExplainedRow, difference: Difference, labels: Mapping[str, str]) -> str:
    """Return the new value with its unit, in the form that the labels give, else behind it."""
    unit = _ledger_unit(difference)
    names = ["unit_one", "unit"] if difference.new == 1 else ["unit"]
    form = next((labels[f"{name}:{unit}"] for name in names if f"{name}:{unit}" in labels), "")
    if form and row.unit:
        return form.format(value=row.new)
    return f"{row.new} ({row.unit})" if row.unit else row.new


def _text(scenario: Scenario, field: str, language: Language) -> str:
    return str(getattr(scenario, f"{field}_{language}"))


def _cited(lines: str, language: Language) -> str:
    key = "cited_one" if lines.isdigit() else "cited_many"
    return PHRASES[language][key].format(lines=lines.replace(",", ", "))


def _joined(names: Sequence[str], word: str) -> str:
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last

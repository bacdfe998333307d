"""Texts: both languages say the same things, about everything, and nothing is left over."""

import ast
import re
import string
from pathlib import Path
from typing import get_args

import pytest

from dashboards.figures.registry import SHEETS
from dashboards.figures.scales import OUTCOMES as SHOWN
from dashboards.pages.verken.levers import BOARD, BOARD_LEVERS, FADE
from dashboards.texts import LANGUAGES, Texts, labels, lever_sentences, texts
from model.enums import Contract, FamilyType, Housing, LetterGroup, Municipality, Origin
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS
from model.outcomes.registry import DIMENSIONS, OUTCOMES, POPULATIONS
from model.registry import BY_NAME, BY_PARAMETER, LEVERS
from scenarios.pairs import cause, why_not_reached
from scenarios.pairs.why_not_reached import CONCERNED, HERE

FOLDER = Path(__file__).parents[3] / "dashboards"
REGISTRIES = ("lever.", "outcome.", "enum.", "unit", "choice.", "status.", "grade.", "parameter.",
    "measure.", "counted.",
)  # fmt: skip
WHOLE_PARTS = (
    "page.bar",
    "page.cards",
    "page.line",
    "page.summary",
    "page.numbers",
    "board.words",
    "question",
    "own_plans.words",
)
"""Parts of the table that components are given as a whole."""
HALL_PARTS = ("phone", "screen", "host", "start", "paper", "report")
"""Parts of `hall` that templates are given as a whole."""


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_both_languages_have_the_same_keys() -> None:
    dutch, english = (texts(language).names() for language in LANGUAGES)

    assert dutch ^ english == set()


def test_both_languages_fill_in_the_same_values() -> None:
    dutch, english = (texts(language).part("page") for language in LANGUAGES)

    assert {key: placeholders(dutch[key]) for key in dutch} == {
        key: placeholders(english[key]) for key in english
    }


@pytest.mark.parametrize("kind", ["lever", "outcome"])
def test_every_lever_and_outcome_has_a_label_and_one_sentence(kind: str, t: Texts) -> None:
    names = [lever.name for lever in LEVERS] if kind == "lever" else [o.name for o in OUTCOMES]
    entries = t.part(kind)

    assert {key.removesuffix(".label") for key in entries if key.endswith(".label")} == set(names)
    for name in names:
        meaning = entries[f"{name}.meaning"]
        assert re.fullmatch(r"[^\n]+[.]", meaning), name
        assert len(meaning) <= 130, name
        assert len(entries[f"{name}.label"]) <= 45, name


def test_parameters_that_have_a_label_exist(t: Texts) -> None:
    found = {key.rsplit(".", 1)[0] for key in t.part("parameter")}

    assert found <= set(BY_PARAMETER)


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("enum.contract", [item.name.lower() for item in Contract]),
        ("enum.housing", [item.name.lower() for item in Housing]),
        ("enum.municipality", [item.name.lower() for item in Municipality]),
        ("enum.family_type", [item.name.lower() for item in FamilyType]),
        ("enum.letter_group", [item.name.lower() for item in LetterGroup]),
        ("enum.origin", [item.name.lower() for item in Origin]),
        ("enum.years_in_nl", list(dict(DIMENSIONS)["years_in_nl"])),
        ("enum.dimension", [name for name, _ in DIMENSIONS]),
        ("enum.population", list(POPULATIONS)),
        ("enum.layer", ["actual", "registered"]),
        ("choice.extra_education_target", list(EXTRA_EDUCATION_TARGETS)),
        ("unit", sorted({lever.unit for lever in LEVERS})),
        ("measure", sorted({outcome.unit for outcome in OUTCOMES})),
        ("counted", sorted({outcome.of for outcome in OUTCOMES if outcome.of})),
        ("pairs.reach.why", get_args(why_not_reached.Kind)),
        ("pairs.reach.whom", [HERE, *(whom for whom, _ in CONCERNED.values())]),
        ("pairs.audit.cause", get_args(cause.Kind)),
        ("board.lever", [*BOARD_LEVERS, FADE]),
        ("told", [f"{one}.{part}" for one in SHOWN for part in ("what", "unit", "less", "more")]),
        ("figure", [f"{sheet.name}.{part}" for sheet in SHEETS for part in ("title", "meaning")]),
    ],
)
def test_every_group_that_is_shown_has_a_name(part: str, names: list[str], t: Texts) -> None:
    assert set(names) <= set(t.part(part))


@pytest.mark.parametrize("letter", ["K", "W", "R", "N"])
def test_every_standing_in_the_letter_is_explained(letter: str, t: Texts) -> None:
    assert t(f"status.{letter}.label")
    assert t(f"status.{letter}.meaning").endswith(".")


def keys_in_the_code() -> set[str]:
    """Return every text key in the code; a part that is filled in later becomes '*'."""
    found = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if re.fullmatch(
                    r"[a-z_]+(\.\w+)+(?<!\.vue)(?<!\.css)", text
                ):
                    found.add(f"{text}*" if text.endswith("_") else text)
                case ast.JoinedStr(values=parts):
                    found.add(
                        "".join(
                            str(part.value) if isinstance(part, ast.Constant) else "*"
                            for part in parts
                        )
                    )
    return found


def test_no_text_is_left_over() -> None:
    patterns = [re.escape(key).replace(r"\*", r".+") for key in keys_in_the_code()]
    used = re.compile("|".join(patterns))
    free = [
        key
        for key in texts("nl").names()
        if not key.startswith((*REGISTRIES, *(f"{part}." for part in WHOLE_PARTS)))
        and not key.startswith(tuple(f"hall.{part}." for part in HALL_PARTS))
        and not used.fullmatch(key)
    ]

    assert free == []


def test_no_text_that_the_code_asks_for_is_missing() -> None:
    starts = {key.split(".")[0] for key in texts("nl").names()}
    asked = {key for key in keys_in_the_code() if key.split(".")[0] in starts and "*" not in key}
    known = texts("nl").names()
    missing = [
        key
        for key in asked
        if key not in known and not any(other.startswith(f"{key}.") for other in known)
    ]

    assert missing == []


def test_words_of_the_components_are_used_by_them() -> None:
    templates = "".join(path.read_text("utf-8") for path in FOLDER.rglob("*.vue"))
    names = {key for part in WHOLE_PARTS for key in texts("nl").part(part)}
    by_state = {"working", "silent", "lost", "gone"}

    assert "this.words[this.now]" in templates
    assert {name for name in names - by_state if f"words.{name}" not in templates} == set()


@pytest.mark.parametrize("part", HALL_PARTS)
def test_words_of_the_hall_are_used_by_its_templates(part: str) -> None:
    templates = "".join(path.read_text("utf-8") for path in FOLDER.rglob("hall/web/*/*.html"))
    names = texts("nl").part(f"hall.{part}")
    in_code = {key for key in keys_in_the_code() if key.startswith(f"hall.{part}.")}
    used = set(re.findall(r"\b(?:w|screen)\.(\w+)", templates))

    assert names.keys() - used - {key.rpartition(".")[2] for key in in_code} == set()


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-0.4, 2, "−0,40", "−0.40"),
        (-0.001, 2, "0,00", "0.00"),
        (0.0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    value: float, decimals: int, dutch: str, english: str
) -> None:
    assert texts("nl").number(value, decimals) == dutch
    assert texts("en").number(value, decimals) == english


def test_values_of_levers_carry_their_unit() -> None:
    t = texts("nl")
    shown = {
        name: t.lever_value(BY_NAME[name], BY_NAME[name].reform)
        for name in ("housing_decoupled", "childcare_close_hour", "reform_start", "spuk_end_year")
    }

    assert shown == {
        "housing_decoupled": "80% van deze woningen",
        "childcare_close_hour": "20.00 uur",
        "reform_start": "januari 2028",
        "spuk_end_year": "2035",
    }


def test_one_of_something_is_singular() -> None:
    lever = BY_NAME["newcomer_threshold_pupils"]

    assert texts("nl").lever_value(lever, 1) == "1 leerling per school"
    assert texts("en").lever_value(lever, 4) == "4 pupils per school"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        texts("pl")


def test_the_terminal_gets_labels_and_sentences_of_every_lever() -> None:
    names = {lever.name for lever in LEVERS}

    assert set(lever_sentences("en")) == names
    assert names <= set(labels("nl"))


def test_every_control_has_a_lever_that_a_slider_can_move() -> None:
    assert all(
        BY_NAME[name].kind in {"real", "integer", "boolean"}
        for _, controls in BOARD
        for names in controls
        for name in names
    )

"""What the pages say in plain words: short sentences, no hard words, and nothing that is not so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.texts import LANGUAGES, Texts, look_words, texts
from model.policy.scenario import Scenario
from scenarios.statistics.words import Look, Word, looked

MOST_WORDS = 15
HARD = tomllib.loads((Path(__file__).parents[3] / "data" / "hard_words.toml").read_text("utf-8"))
PARTS = (
    "page",
    "look",
    "told",
    "board",
    "chart",
    "letter",
    "compare",
    "recommendation",
    "node",
    "arrow",
)
HELP = re.compile(
    r"page\.(about|file|families\.help|years\.help|cards\.legend$|notice\.dropped$|source)"
    r"|board\.(fade_help|words\.keys$|words\.nobody_help)|letter\.list\.legend$|compare\.table\.legend$|arrow\..*known$"
)
"""Texts that are help: they are opened by who wants to know more."""


def look(outcome: str, word: Word = "less", by: float = -0.1) -> Look:
    """Return a look with numbers as wide as they come, and any word."""
    half = SCALES[outcome].half
    dots = by * half * np.linspace(0.5, 1.5, 20)
    numerators = np.full((1, 2, 1, 20), 0.05)
    numerators[0, 1, 0] += dots
    found = looked(
        numerators,
        np.ones_like(numerators),
        outcome=outcome,
        population="eu11",
        layer="actual",
        years=("2030/31",),
        is_small=False,
    )
    return Look(answer=found.answer, dots=found.dots, held=found.held, word=word)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if one]


def words(sentence: str) -> list[str]:
    return [one for one in sentence.split() if re.search(r"\w", one)]


def said(t: Texts) -> Iterator[tuple[str, str]]:
    """Give all that the page says outside help, filled in as it is on the page."""
    for part in PARTS:
        for key, text in t.part(part).items():
            if "{" not in text and not HELP.match(f"{part}.{key}"):
                yield f"{part}.{key}", text
    size = t("page.size", n="1.234", families="10.000")
    for name in ("first", "refining", "ready"):
        yield name, t(f"page.pill.{name}", size=size)
    yield "basis", t("page.basis", years=t("answer.span", first="2032/33", last="2036/37"))
    for outcome in OUTCOMES:
        for word in get_args(Word):
            for by in (-0.1, 0.1):
                told = look_words.told(look(outcome, word, by), SCALES[outcome].many, t)
                yield f"{outcome} {word}", told.sentence
                yield f"{outcome} {word}", f"{told.range} {told.word}"
        yield f"{outcome} gap", look_words.gap(look(outcome), SCALES[outcome].many, t)
        yield (
            f"{outcome} smallest",
            t("page.smallest", size=look_words.smallest(look(outcome), SCALES[outcome].many, t)),
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_at_most_fifteen_words(language: str) -> None:
    long = [
        (name, sentence)
        for name, text in said(texts(language))
        for sentence in sentences(text)
        if len(words(sentence)) > MOST_WORDS
    ]

    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_hard_word_stands_outside_help(language: str) -> None:
    hard = re.compile(rf"\b({'|'.join(map(re.escape, HARD[language]))})", re.IGNORECASE)
    found = [(name, text) for name, text in said(texts(language)) if hard.search(text)]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_hard_words_finds_those_of_the_levers(language: str) -> None:
    hard = re.compile(rf"\b({'|'.join(map(re.escape, HARD[language]))})", re.IGNORECASE)
    spoken = " ".join(texts(language)(f"told.{one}.unit") for one in OUTCOMES)

    assert hard.search(texts(language)("answer.points"))
    assert not hard.search(spoken)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_less_and_more_say_the_way_with_a_range_without_signs(outcome: str, t: Texts) -> None:
    many = SCALES[outcome].many
    less = look_words.told(look(outcome, "less", -0.1), many, t).sentence
    more = look_words.told(look(outcome, "more", 0.1), many, t).sentence

    assert "\N{MINUS SIGN}" not in less
    assert "+" not in more
    # The ends stand in order of size.
    low, high = re.findall(r"\d[\d.,]*\d|\d", less.split(",", 1)[-1])[-2:]
    assert float(low.replace(",", ".")) < float(high.replace(",", "."))


def test_a_first_impression_never_says_less_or_more_without_seems(t: Texts) -> None:
    for word in ("seems_less", "seems_more"):
        told = look_words.told(look("vsv_vo_expected", word), 10_000, t)
        assert told.sentence.startswith(t("look.sentence.seems_less", stem="").split(":")[0])


def test_titles_of_scenarios_are_short_enough_for_the_bar(scenarios: dict[str, Scenario]) -> None:
    assert all(len(one.title_nl) <= 60 and len(one.title_en) <= 60 for one in scenarios.values())

"""Sentences of the ledger and of the reports, which are English there, in the reader's language."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from dashboards.texts import Texts

SENTENCES = Path(__file__).with_name("dutch.csv")
"""English and Dutch. A sentence that changes loses its translation, and stands in English then."""


@cache
def dutch() -> dict[str, str]:
    """Return the Dutch of each sentence."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return {row["english"]: row["dutch"] for row in csv.DictReader(file)}


def translated(sentence: str, t: Texts) -> dict[str, str]:
    """Return a sentence (`text`) and the language in which it stands (`lang`)."""
    found = dutch().get(sentence) if t.language == "nl" else None
    return {"text": sentence, "lang": "en"} if found is None else {"text": found, "lang": "nl"}

"""The page on file formats, `docs/reference/files.md`: text by hand, fields from the code.

The text stands in `files_text.md`, and a line `[[name]]` there is a table that is made. Run
`python -m dashboards.documents` after a change of a format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dashboards.documents.markdown import table
from dashboards.proof.record import Proof
from model.outcomes.registry import COLUMNS as TIDY
from scenarios.authoring.json_schema import schema
from scenarios.format.draws_file import About as Draws
from scenarios.format.manifest import About as Manifest
from scenarios.statistics.overview import COLUMNS as OVERVIEW

TEXT = Path(__file__).with_name("files_text.md")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "files.md"
PLACE = re.compile(r"^\[\[(\w+)\]\]$", re.MULTILINE)
LONG = ("levers", "parameters")
"""Keys of a scenario with a page of their own."""


def page() -> str:
    """Return the whole page as Markdown."""
    return PLACE.sub(lambda found: TABLES[found[1]](), TEXT.read_text("utf-8"))


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def _scenario() -> str:
    made = schema()
    rows = [
        (
            f"`{key}`",
            "yes" if key in made["required"] else "",
            about.get("description", _PLAIN.get(key, "")),
        )
        for key, about in made["properties"].items()
        if key not in LONG
    ]
    return table(("key", "needed", "what it is"), rows)


def _entries() -> str:
    made = schema()["$defs"]
    most = made["ramp_months"]["maximum"]
    rows = [
        ("`value`", "the value; within the limits that `veerkracht levers` and `parameters` list"),
        ("`start`", "a month as `YYYY-MM`, or `reform_start` for the month of the bill"),
        (
            "`ramp_months`",
            f"months in which the value moves there, 0 to {most}",
        ),
        ("`end`", "the month in which it is as it was before"),
        ("`for`", "the families that it is for: " + ", ".join(made["for"]["properties"])),
        ("`lay_over`", made["lay_over"]["description"]),
    ]
    return table(("part of an entry", "what it is"), rows)


def _fields(kind: type, words: Mapping[str, str]) -> Callable[[], str]:
    """Return what makes the table of the fields of a record; each has to have its words."""

    def made() -> str:
        notes: dict[str, Any] = kind.__annotations__
        return table(("field", "what it is"), [(f"`{name}`", words[name]) for name in notes])

    return made


def _overview() -> str:
    return table(("column", "what it is"), [(f"`{name}`", _OVERVIEW[name]) for name in OVERVIEW])


def _tidy() -> str:
    return ", ".join(f"`{name}`" for name in TIDY)


_PLAIN = {
    "extends": "The scenarios that it stands on, by id or path; the last one wins.",
    "recommendations": "Numbers of the letter's recommendations, 1 to 11.",
}
_OVERVIEW = {
    "scenario": "the id of the scenario",
    "population": "`eu11`, `comparable`, or `gap` for the first less the second",
    "school_year": "such as `2030/31`",
    "dimension": "by what the row is broken down; `all` for everybody",
    "group": "one of its groups",
    "outcome": "the name that `veerkracht outcomes` lists",
    "layer": "`actual`, what is so; `registered`, what CBS and DUO would see",
    "unit": "the unit of what follows, as stored: a share is a fraction",
    "level": "the value in this scenario, all replicates together; empty in a small group",
    "standard_error": "by chance, of the level",
    "replicates": "how many there were",
    "behind": "children or families that the level is of, on average",
    "mark": "why a level is hidden, or is to be read with care",
    "difference": "the level less that of the base, pair by pair",
    "low": "lower end of 95% of what chance leaves open of the difference",
    "high": "upper end of it",
    "p_sign": "the probability that the sign of the difference is right, but for chance",
    "mark_difference": "`chance` when the interval holds 0",
    "low_not_knowing": "lower end of 95% of the effects over draws of the parameters",
    "high_not_knowing": "upper end of it",
    "p_sign_not_knowing": "the share of draws that agree on the sign",
}
_MANIFEST = {
    "program": "`veerkracht`",
    "format": "the number of this format",
    "finished": "whether all runs that were asked for are there",
    "started": "when it began, in UTC",
    "ended": "when it was finished, in UTC",
    "scenarios": "each scenario in full, the base first",
    "settings": "families (null for all), years, seed, draws and where they come from, replicates",
    "seeds": "the seed of each replicate",
    "school_years": "the school years that were lived",
    "levers": "every lever with its unit and its value in 2023, as they were",
    "parameters": "every parameter with its unit and value, as they were",
    "series": "what was observed: outcome, layer, unit, moment, and the columns that hold it",
    "populations": "`eu11` and `comparable`",
    "groups": "every group, as dimension and name",
    "composition": "how the weights of standardised numbers are stored",
    "made_by": "the digest of the model and the versions under it",
    "code_digest": "SHA-256 of all files of the model",
    "versions": "versions of packages",
    "python": "version of Python, system and processor, and whose exponential NumPy takes",
    "ensemble": "the digest of what decides which runs belong together",
    "seal": "the digest of the whole record",
    "draws_sha256": "the checksum of `draws.parquet`, if there is one",
    "parts": "each part with its checksum",
    "data_digest": "the digest of all numbers, in whatever order they were made",
}
_DRAWS = {
    "program": "`veerkracht`",
    "format": "the number of this format",
    "version": "the version that wrote it",
    "ledger": "limits and prior of every parameter, as they were",
    "digests": "digests of what was fitted to",
    "fitted": "the parameters that were fitted",
    "restricted": "whether it may not be shown cell by cell",
}
_PROOF = {
    "program": "`veerkracht`",
    "proof": "the number of this format",
    "kind": "what the file is, and so what makes it again",
    "asked": "what was asked of the run",
    "scenarios": "each scenario in full, the base first",
    "settings": "families, years, seed, draws, replicates",
    "seeds": "the seed of each replicate",
    "parameters": "every parameter with its value, as they were",
    "code_digest": "SHA-256 of all files of the model",
    "data_digest": "the digest of the numbers of the run",
    "made_by": "the digest of the model and the versions under it",
    "numbers": "the tables behind a picture; a file of numbers has them itself",
    "content": "SHA-256 of the rest of the file",
    "seal": "SHA-256 of the proof",
}

TABLES: dict[str, Callable[[], str]] = {
    "scenario": _scenario,
    "entries": _entries,
    "manifest": _fields(Manifest, _MANIFEST),
    "draws": _fields(Draws, _DRAWS),
    "overview": _overview,
    "tidy": _tidy,
    "proof": _fields(Proof, _PROOF),
}
"""What can stand in the text, by the name of its place."""

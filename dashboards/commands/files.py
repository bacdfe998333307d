"""Scenario files: explained, begun, and described for editors."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboards.commands.terminal import Terminal
from dashboards.texts import labels, lever_sentences, texts
from dashboards.texts.notes import notes
from dashboards.texts.scenario_words import explain
from model.policy.scenario import FROZEN_2023
from scenarios import load
from scenarios.authoring.json_schema import FILE, schema_text
from scenarios.authoring.template import lay_schema
from scenarios.authoring.template import new as write_new
from scenarios.files.load import read

YEARS = 15
"""Years of a usual run."""


def check(options: argparse.Namespace) -> int:
    """Explain a scenario in plain words; a mistake in it is an InputError with its place."""
    found = read(options.scenario)
    scenario = found.scenario
    name = options.against or scenario.compare_with
    against = load(name) if name and name != scenario.id else FROZEN_2023
    words = texts(options.language)
    names = labels(options.language)
    for kind in ("unit", "unit_one"):
        names |= {f"{kind}:{unit}": text for unit, text in words.part(kind).items()}
    told = [explain(scenario, against, names, options.language, found.own)]
    told += notes(found, options.years, words)
    Terminal().print("\n".join(told), soft_wrap=True)
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a commented scenario file."""
    folder = Path(options.folder).expanduser()
    path = write_new(options.name, options.base, folder, lever_sentences("en"))
    console = Terminal()
    if not lay_schema(folder):
        console.print(
            f"{folder / FILE} is not ours and stays as it is; an editor will not know the names in"
            " your file. In a folder of its own it would.",
            soft_wrap=True,
        )
    console.print(
        f"Written: {path}\nSee what it does: veerkracht check {path}\n"
        f"Run it: veerkracht run {path}",
        soft_wrap=True,
    )
    t = texts("en")
    told = [*notes(read(options.base), YEARS, t), *notes(read(path), YEARS, t)]
    for text in dict.fromkeys(told):
        console.print(text, soft_wrap=True)
    return 0


def schema(_: argparse.Namespace) -> int:
    """Print the JSON schema of scenario files."""
    print(schema_text(), end="")
    return 0

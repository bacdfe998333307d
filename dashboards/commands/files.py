"""Scenario files: explained, begun, and described for editors."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboards.i18n import texts
from model.scenario import FROZEN_2023
from scenarios import load
from scenarios.explain import explain
from scenarios.schema import FILE, schema_text
from scenarios.write import lay_schema
from scenarios.write import new as write_new


def check(options: argparse.Namespace) -> int:
    """Explain a scenario in plain words; a mistake in it is an InputError with its place."""
    scenario = load(options.scenario)
    name = options.against or scenario.compare_with
    against = load(name) if name and name != scenario.id else FROZEN_2023
    words = texts(options.language)
    labels = {
        name[: -len(".label")]: text
        for name, text in words.part("lever").items()
        if name.endswith(".label")
    }
    labels |= {f"unit:{unit}": text for unit, text in words.part("unit").items()}
    print(explain(scenario, against, labels, options.language))
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a commented scenario file."""
    folder = Path(options.folder).expanduser()
    lever_texts = texts("en").part("lever")
    meanings = {
        name[: -len(".meaning")]: text
        for name, text in lever_texts.items()
        if name.endswith(".meaning")
    }
    path = write_new(options.name, options.base, folder, meanings)
    if not lay_schema(folder):
        print(
            f"{folder / FILE} is not ours and stays as it is; an editor will not know the names in"
            " your file. In a folder of its own it would."
        )
    print(
        f"Written: {path}\nSee what it does: veerkracht check {path}\nRun it: veerkracht run {path}"
    )
    return 0


def schema(_: argparse.Namespace) -> int:
    """Print the JSON schema of scenario files."""
    print(schema_text(), end="")
    return 0

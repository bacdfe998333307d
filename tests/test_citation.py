"""How to cite the program agrees with what the program says of itself."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_citation_names_the_version_and_licence_of_the_program() -> None:
    said = (ROOT / "CITATION.cff").read_text("utf-8").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    for name in ("version", "license"):
        assert f"{name}: {project[name]}" in said

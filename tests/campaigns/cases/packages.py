"""Packages: what each of the lock's packages says of its licence, and whether it fits EUPL-1.2."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path

from tests.campaigns.campaign import Campaign, Case, Luck, Result, python

LOCK = Path(__file__).parents[3] / "requirements.lock"
FITTING = re.compile(
    r"\b(MIT|BSD|Apache|MPL|ISC|PSF|Python Software Foundation|Unlicense|0BSD|Zlib|HPND|CC0|EUPL"
    r"|LGPL|Public Domain|Artistic|BlueOak)",
    re.IGNORECASE,
)
"""Licences that may be used by, or go with, a program under EUPL-1.2."""

READ = {"axe-playwright-python": "MIT (its repository; the package declares none)"}
"""Licences that a package does not declare and somebody read elsewhere."""


def names() -> list[str]:
    """Return the packages of the lock that are installed here, each once."""
    pins = re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text("utf-8"), re.MULTILINE)
    return [name for name in dict.fromkeys(pins) if _installed(name)]


def _installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def licence(name: str) -> str:
    """Return what a package declares of its licence, "" when it declares nothing."""
    about = metadata.metadata(name)
    told = about.get("License-Expression")
    classes = [one for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    named = "; ".join(one.rsplit(" :: ", 1)[-1] for one in classes)
    return told or named or (about.get("License") or "").strip().split("\n", 1)[0]


def _prepare(_: Path) -> Case:
    known = names()

    def case(number: int, _: Luck, __: Path) -> Result:
        if number == len(known):
            return _advisories(number)
        if number > len(known):
            return Result(number, "no package", "fits", "")
        name = known[number]
        told = licence(name) or READ.get(name, "")
        finding = "" if FITTING.search(told) else f"declares {told[:100]!r}"
        return Result(number, f"{name}: {told[:80]}", "fits", finding)

    return case


def _advisories(number: int) -> Result:
    """Ask for known advisories; where the database cannot be reached that is what is said."""
    try:
        found = subprocess.run(
            python("-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--no-deps"),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return Result(number, "advisories: the database was not reached", "listed", "")
    if "No module named" in found.stderr:
        return Result(
            number, "advisories: pip-audit is not installed, nothing was looked up", "listed", ""
        )
    if found.returncode and "Found" not in found.stdout + found.stderr:
        return Result(number, "advisories: the database was not reached", "listed", "")
    finding = found.stdout[:500] if found.returncode else ""
    return Result(number, "advisories: asked", "listed", finding)


CAMPAIGN = Campaign(
    "packages",
    "licences of the lock's packages fit EUPL-1.2; known advisories as far as they can be reached",
    len(names()) + 1,
    0,
    _prepare,
)

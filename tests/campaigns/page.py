"""The page docs/reliability.md: what campaigns tried, and what came of it."""

from __future__ import annotations

import platform
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tests.campaigns.campaign import ROOT, Campaign, Result, code

PAGE = ROOT / "docs" / "reliability.md"

HEAD = """# Reliability: what was tried to break it

Made by `make campaigns`: each case is drawn by its number and the seed, so that any can be repeated
alone (`python -m tests.campaigns NAME --only NUMBER`). A mutation is drawn with its meaning
(harmless; must be refused; changes the run so), and what is accepted is held against that. A
finding is a traceback, a case that never ends, a wrong number, something accepted against its
meaning or refused without words, or something left behind.

Seed {seed}; {system}. Each campaign is of the code whose digest stands beside it
(`tests.campaigns.campaign.code`); what changed after it was not tried (the code is now
{code}), and where fewer cases stand than belong to a campaign, the rest was not lived yet.
A campaign of which this machine has no record stands as it stood before.

| campaign | what is tried, and what must hold | cases | of | findings | code |
| --- | --- | ---: | ---: | ---: | --- |
"""


def write(
    campaigns: Mapping[str, Campaign],
    results: Mapping[str, Sequence[Result]],
    codes: Mapping[str, str],
    *,
    seed: int,
) -> None:
    """Write the page; what it says of campaigns that were not lived on this machine stays."""
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(campaigns, results, codes, seed=seed, before=before), encoding="utf-8")


def page(
    campaigns: Mapping[str, Campaign],
    results: Mapping[str, Sequence[Result]],
    codes: Mapping[str, str],
    *,
    seed: int,
    before: str = "",
) -> str:
    """Return the page as Markdown; `codes` has the digest of the code of each campaign.

    Of a campaign without results the page says what it said `before`.
    """
    system = f"{platform.system()}, Python {platform.python_version()}"
    lines = [HEAD.format(seed=seed, code=code(), system=system).rstrip("\n")]
    for name, campaign in campaigns.items():
        found = results[name]
        if not found:
            lines.append(_row_of(name, before) or _row(name, campaign, "0", "–", "–"))
            continue
        wrong = str(sum(bool(one.finding) for one in found))
        lines.append(_row(name, campaign, f"{len(found):,}", wrong, codes[name]))
    for name in campaigns:
        told = _kinds(results[name]) if results[name] else _part_of(name, before)
        lines += ["", f"## {name}", "", *told] if told else []
    return "\n".join(lines) + "\n"


def _row(name: str, campaign: Campaign, cases: str, wrong: str, tried: str) -> str:
    return f"| {name} | {campaign.aim} | {cases} | {campaign.size:,} | {wrong} | {tried} |"


def _row_of(name: str, page: str) -> str:
    """Return the row of a campaign in a page, "" when it has none."""
    return next((line for line in page.splitlines() if line.startswith(f"| {name} | ")), "")


def _part_of(name: str, page: str) -> list[str]:
    """Return the lines of the part of a page about a campaign."""
    found = re.search(rf"^## {name}\n\n(.*?)(?=\n\n## |\Z)", page, re.DOTALL | re.MULTILINE)
    return found[1].rstrip("\n").split("\n") if found else []


def _kinds(results: Sequence[Result]) -> list[str]:
    counts = Counter((_kind(one.what), one.meaning) for one in results)
    wrong = Counter(_kind(one.what) for one in results if one.finding)
    lines = ["| what | meaning | cases | findings |", "| --- | --- | ---: | ---: |"]
    for (what, meaning), n in sorted(counts.items()):
        lines.append(f"| {what} | {meaning} | {n:,} | {wrong[what] or 0} |")
    told = [one for one in results if one.finding]
    if told:
        lines += ["", "Findings:", ""]
        lines += [f"- {one.number}, {_plain(one.what)}: {_plain(one.finding)}" for one in told]
    return lines


def _kind(what: str) -> str:
    """Return what was done without what was drawn in it."""
    if what.startswith("'"):
        return f"`{what.split(' ', 1)[0][1:-1]}`"
    plain = re.sub(r", after \d+%$|^\d+ parameters and \d+ levers", "", what).strip()
    return _plain(re.sub(r"^(\S+) of \S+", r"\1 of a file", plain))


def _plain(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ").replace("<", "&lt;")

"""Arguments: what a hand or a script may give a command, right and wrong; and few words more."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from dashboards.cli import COMMANDS, parser
from tests.campaigns.campaign import Campaign, Case, Luck, Result, command, one_of

SERVING = ("dashboard",)
"""Commands that end only when they are told to."""
OUTSIDE = ("cbs", "cache")
"""Commands that go to a network or empty what other cases use: only with what is wrong."""

NUMBERS = ("-1", "0", "1", "2", "3.5", "1e9", "nan", "inf", "9" * 30, "٣", "0x10", "", " 2 ", "2_0")
WORDS = (
    *("", " ", "é", "--", "-", "..", "/", "/dev/null", "/etc/passwd", "a b", "[/red]", "{value}"),
    *("\x1b[31mrood", "a\x00b", "x" * 5000, "s05_flex_law", "s99_none", "vsv_vo", "2030/31"),
    *("2050/51", "nl", "EN", "mbo", "poor_share", "no.toml", "tcp://127.0.0.1:9", "eu11"),
)
SMALL = {
    "families": "20",
    "years": "5",
    "replicates": "1",
    "budget": "2",
    "workers": "1",
    # Of fits and studies, which live hundreds of worlds unless they are told otherwise.
    "first": "30",
    "later": "10",
    "waves": "1",
    "trajectories": "1",
    "runs": "0",
    "parameters": "school.leave_vo",
}
"""So that a case that is right is lived quickly."""


def _prepare(folder: Path) -> Case:
    run = folder / "run"
    made = command(
        *("compare", "s00_frozen_2023", "s08_information", "--families", "60", "--years", "4"),
        *("--workers", "1", "--quiet", "--out", str(run)),
    )
    assert made.status == 0, made.err
    parsers = _parsers()

    def case(number: int, luck: Luck, place: Path) -> Result:
        words = _words(luck, parsers, run, place)
        with contextlib.chdir(place):
            said = command(*words)
        return Result(number, " ".join(map(repr, words))[:300], "ends in words", said.finding)

    return case


def _parsers() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return {name: commands.choices[name] for name in COMMANDS}


def _words(
    luck: Luck, parsers: dict[str, argparse.ArgumentParser], run: Path, place: Path
) -> list[str]:
    """Return a command with small settings, in which one or two arguments are drawn."""
    name = one_of(luck, [one for one in COMMANDS if one not in SERVING])
    actions = [one for one in parsers[name]._actions if one.dest != "help"]
    options = [one for one in actions if one.option_strings]
    places = [one for one in actions if not one.option_strings]
    drawn = (
        {one_of(luck, actions).dest for _ in range(1 + int(luck.integers(2)))} if actions else set()
    )
    words: list[str] = []
    for one in places:
        wrong = one.dest in drawn
        words += [_wrong(one, luck) if wrong else _right(one.dest, run)]
    for option in options:
        if option.dest in drawn:
            words.append(one_of(luck, list(option.option_strings)))
            if option.nargs != 0:
                words.append(
                    _wrong(option, luck) if luck.random() < 0.8 else _right(option.dest, run)
                )
        elif option.dest in SMALL:
            words += [option.option_strings[0], SMALL[option.dest]]
    if name in OUTSIDE:
        words.append("--no-such-option")
    # What is written goes to the folder of the case, whatever it is called.
    given = [_inside(word, place) for word in words]
    if luck.random() < 0.1:
        given.insert(int(luck.integers(len(given) + 1)), one_of(luck, WORDS))
    return [name, *given]


def _inside(word: str, place: Path) -> str:
    return str(place / word[1:]) if word.startswith(("./", "~")) else word


def _wrong(one: argparse.Action, luck: Luck) -> str:
    if one.dest in ("out", "csv", "excel", "json"):
        return one_of(luck, ["/dev/full", "/proc/x", "", "./a/b/c.csv", "./x.weird", "-"])
    return one_of(luck, NUMBERS if luck.random() < 0.5 else WORDS)


def _right(dest: str, run: Path) -> str:
    right = {
        "base": "s00_frozen_2023",
        "alternative": "s08_information",
        "alternatives": "s08_information",
        "scenario": "s00_frozen_2023",
        "folder": str(run),
        "run": str(run),
        "outcome": "poor_share",
        "language": "nl",
    }
    return right.get(dest, SMALL.get(dest, "2"))


CAMPAIGN = Campaign(
    "arguments",
    "arguments of every command: no traceback, no silence",
    400,
    12,
    _prepare,
)

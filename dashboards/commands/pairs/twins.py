"""Twin lives in the terminal: one family under two policies, or the pairs that tell most."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from dashboards.commands.comparing.naming import titles_of
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import progress, settings_of
from dashboards.commands.terminal import Terminal
from dashboards.exports.beside import Places, places
from dashboards.figures.alone.page import page as figure_page
from dashboards.figures.lives.beside import beside
from dashboards.figures.lives.figure import figure, of
from dashboards.figures.lives.known import cells, known
from dashboards.figures.lives.words import person_label, state_label, why
from dashboards.proof.carriers import in_html
from dashboards.proof.lived import TABLE, asked_of, proof_of_lives, proof_of_twins, tables
from dashboards.proof.record import Proof
from dashboards.texts import Texts, texts
from model.calendar import START_NUMBER, month_text
from model.errors import InputError
from model.kernel.compile import code_digest
from model.policy.scenario import Scenario
from scenarios.destinations import (
    STANDARD_OUTPUT,
    Destination,
    csv_with,
    destination,
    is_page,
)
from scenarios.pairs.acquaintances import KNOWN_COLUMNS
from scenarios.pairs.find_twins import Telling, telling
from scenarios.pairs.life_events import EVENT_COLUMNS, SERIES_COLUMNS
from scenarios.pairs.twin_lives import CHAIN_COLUMNS, Twins
from scenarios.pairs.twin_lives import twins as live_twins

FILES = {
    "events": EVENT_COLUMNS,
    "series": SERIES_COLUMNS,
    "chain": CHAIN_COLUMNS,
    "acquaintances": KNOWN_COLUMNS,
}
"""Files of data, and their columns."""


def twins(options: argparse.Namespace) -> int:
    """Print the two lives of a family, or a list of telling children and the first two of them."""
    data, picture = _places(options)
    is_printed = picture is not None and picture.is_standard_output
    t = texts(options.language)
    base, alternative = loaded(
        [options.base, options.alternative], options.years, t, stderr=is_printed
    )
    settings = settings_of(options)
    console = Terminal(stderr=is_printed)
    if options.family is not None or options.child is not None:
        children, families = [options.child], [options.family]
    else:
        if data or picture is not None:
            message = "files are of one family: add --family ID or --child ID."
            raise InputError(message)
        with progress(options) as report:
            found = telling(base, alternative, **settings, most=options.most, progress=report)
        _list(found, console, t)
        first = found.pairs.drop_duplicates("kind")["child"]
        children, families = [int(child) for child in first], [None] * len(first)
    for child, family in zip(children, families, strict=True):
        with progress(options) as report:
            pair = live_twins(
                base, alternative, child=child, family=family, **settings, progress=report
            )
        _tell(pair, base, alternative, console, t)
        written = _write_data(pair, (base, alternative), data)
        if picture is not None:
            proof = proof_of_twins(pair, (base, alternative))
            picture.write(page(pair, proof, t).encode())
            written.append(picture)
        for place in written:
            console.print(t("pairs.written", place=str(place)), soft_wrap=True)
    return 0


def _list(found: Telling, console: Terminal, t: Texts) -> None:
    counts = {name: t.number(found.counts[name]) for name in ("stays", "leaves")}
    console.print(t("pairs.twins.at_risk", n=t.number(found.n_children), **counts))
    if found.pairs.empty:
        console.print(t("pairs.twins.nobody"))
        return
    names = ("child", "family", "what", "chance", "part_in")
    made = table(t("pairs.twins.telling"), *(t(f"pairs.twins.{name}") for name in names))
    for row in found.pairs.to_dict("records"):
        before, after = t.two_percents(row["p_leave_base"], row["p_leave_alternative"])
        is_apart = row["parted"] >= 0
        made.add_row(
            str(row["child"]),
            str(row["family"]),
            t(f"pairs.twins.kind.{row['kind']}"),
            f"{before} → {after}",
            month_text(START_NUMBER + row["parted"]) if is_apart else t("pairs.twins.never"),
        )
    console.print(made)


def _tell(pair: Twins, base: Scenario, alternative: Scenario, console: Terminal, t: Texts) -> None:
    names = titles_of((base, alternative), t)
    about = t(
        "pairs.twins.of_child" if pair.child else "pairs.twins.of_family",
        family=str(pair.family),
        child=str(pair.child),
        base=names[base.id],
        what=names[alternative.id],
    )
    console.print(f"\n{about}")
    if pair.divergence is None:
        console.print(t("pairs.twins.same"))
    else:
        first = pair.divergence.first
        told = t(
            "pairs.twins.part",
            month=pair.divergence.calendar,
            why=why(pair.divergence.cause, t),
            who=person_label(str(first["person"]), t),
            field=str(first["field"]),
            base=state_label(str(first["base"]), t),
            alternative=state_label(str(first["alternative"]), t),
        )
        console.print(told)
    columns = (t("pairs.twins.month"), t("pairs.twins.who"), *names.values())
    made = table(t("pairs.twins.happens"), *columns)
    for row in beside(of(pair), t):
        parted = pair.divergence is not None and pair.divergence.month == row.month
        mark = " *" if parted else ""
        made.add_row(f"{row.calendar}{mark}", row.who, row.base, row.alternative)
    console.print(made)
    if pair.divergence is not None:
        console.print(t("pairs.twins.legend"))
    _tell_known(pair, console, t)


def _tell_known(pair: Twins, console: Terminal, t: Texts) -> None:
    """Print whom the family knows, as it saw them when its lives parted."""
    columns = (t(f"pairs.twins.known_{name}") for name in ("family", "informed", "trust", "parted"))
    made = table(t("pairs.twins.knows"), *columns)
    for one in known(pair.acquaintances):
        made.add_row(str(one.family), *cells(one, t))
    console.print(made)


def _places(options: argparse.Namespace) -> tuple[dict[str, Places], Destination | None]:
    """Return where the data and the figure go that are asked. Raises InputError."""
    found: dict[str, Places] = {}
    picture = None
    if options.csv in STANDARD_OUTPUT:
        message = f"--csv {options.csv} is not possible: there are four files. Give a folder."
        raise InputError(message)
    if options.csv:
        folder = Path(options.csv).expanduser()
        for name, columns in FILES.items():
            place = folder / f"{name}.csv"
            found[name] = places(place, csv_with(columns), force=options.force)
    if options.figure:
        picture = destination(options.figure, is_page, ending=".html", force=options.force)
    return found, picture


def _write_data(
    pair: Twins, scenarios: tuple[Scenario, Scenario], data: Mapping[str, Places]
) -> list[Destination]:
    """Write the data where they are asked; return where. Raises StorageError."""
    found = []
    for name, place in data.items():
        asked = asked_of(pair) | {TABLE: name}
        proof = proof_of_lives("twins", scenarios, pair.settings, asked, tables(pair, (name,)))
        content = getattr(pair, name).to_csv(index=False).encode()
        found.append(place.write(content, FILES[name], proof))
    return found


def page(pair: Twins, proof: Proof, t: Texts) -> str:
    """Return the time line as a page that carries its proof."""
    drawn = figure(pair, t, {"code": code_digest()})
    return in_html(figure_page(drawn, language=t.language, title=t("report.twins.title")), proof)

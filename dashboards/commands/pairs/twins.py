"""Twin lives in the terminal: one family under two policies, or the pairs that tell most."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly

from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import families_of, progress
from dashboards.commands.terminal import Terminal
from dashboards.figures.twin_lives import figure, state_label, why
from dashboards.texts import Texts, texts
from model.calendar import START_NUMBER, month_text
from model.errors import InputError
from model.kernel.compile import code_digest
from model.policy.scenario import Scenario
from scenarios.destinations import (
    GENERATOR,
    STANDARD_OUTPUT,
    Destination,
    csv_with,
    destination,
    is_page,
)
from scenarios.pairs.find_twins import Telling, telling
from scenarios.pairs.life_events import EVENT_COLUMNS, SERIES_COLUMNS
from scenarios.pairs.twin_lives import CHAIN_COLUMNS, Twins
from scenarios.pairs.twin_lives import twins as live_twins

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    "stays": "left school in the base, stays under the alternative",
    "leaves": "left school under the alternative, stays in the base",
    "risk_falls": "less likely to leave school under the alternative",
    "risk_rises": "more likely to leave school under the alternative",
}
FILES = {"events": EVENT_COLUMNS, "series": SERIES_COLUMNS, "chain": CHAIN_COLUMNS}
"""Files of data, and their columns."""

FIGURE = "figure"
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">{generator}<title>{title}</title></head>
<body style="margin:1rem;font-family:sans-serif"><div id="figure"></div>
<script>{plotly}</script>
<script>const it = {figure};
Plotly.newPlot("figure", it.data, it.layout, {{responsive: true, showSendToCloud: false}});</script>
</body></html>
"""


def twins(options: argparse.Namespace) -> int:
    """Print the two lives of a family, or a list of telling children and the first two of them."""
    places = _places(options)
    is_printed = any(place.is_standard_output for place in places.values())
    base, alternative = loaded(
        [options.base, options.alternative], options.years, stderr=is_printed
    )
    settings: dict[str, Any] = {
        "families": families_of(options.families),
        "years": options.years,
        "rng": options.seed,
    }
    console = Terminal(stderr=is_printed)
    if options.family is not None or options.child is not None:
        children, families = [options.child], [options.family]
    else:
        if places:
            message = "files are of one family: add --family ID or --child ID."
            raise InputError(message)
        with progress(options) as report:
            found = telling(base, alternative, **settings, most=options.most, progress=report)
        _list(found, console)
        first = found.pairs.drop_duplicates("kind")["child"]
        children, families = [int(child) for child in first], [None] * len(first)
    for child, family in zip(children, families, strict=True):
        with progress(options) as report:
            pair = live_twins(
                base, alternative, child=child, family=family, **settings, progress=report
            )
        _tell(pair, base, alternative, console, texts(options.language))
        _write(pair, places, texts(options.language), console)
    return 0


def _list(found: Telling, console: Terminal) -> None:
    console.print(
        f"Of {found.n_children:,} EU-11 children at risk in both worlds,"
        f" {found.counts['stays']} left school in the base and stay under the alternative,"
        f" {found.counts['leaves']} the other way round."
    )
    made = table("Telling pairs", "child", "family", "what", "chance to leave", "lives part in")
    for row in found.pairs.to_dict("records"):
        chance = f"{row['p_leave_base']:.1%} → {row['p_leave_alternative']:.1%}"
        parted = month_text(START_NUMBER + row["parted"]) if row["parted"] >= 0 else "never"
        made.add_row(str(row["child"]), str(row["family"]), KINDS[row["kind"]], chance, parted)
    console.print(made)


def _tell(pair: Twins, base: Scenario, alternative: Scenario, console: Terminal, t: Texts) -> None:
    child = f", child {pair.child}" if pair.child else ""
    console.print(f"\nFamily {pair.family}{child}: {base.id} and {alternative.id}")
    if pair.divergence is None:
        console.print("The two lives are the same to the end.")
    else:
        first = pair.divergence.first
        console.print(
            f"The lives part in {pair.divergence.calendar}, through"
            f" {why(pair.divergence.cause, t)}: {first['person']}, {first['field']}"
            f" {first['base']} in the base, {first['alternative']} in the alternative."
        )
    made = table("What happens", "month", "who", f"in {base.id}", f"in {alternative.id}")
    for (month, person), rows in _side_by_side(pair):
        parted = pair.divergence is not None and pair.divergence.calendar == month
        told = [_events(rows[rows["scenario"] == one.id], t) for one in (base, alternative)]
        made.add_row(f"{month}{' *' if parted else ''}", person, *told)
    console.print(made)
    if pair.divergence is not None:
        console.print("*: in this month the two lives part.")


def _side_by_side(pair: Twins) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """Return the events of both lives by month and person, without how poor they were."""
    shown = pair.events[pair.events["event"] != "poor"]
    groups = shown.groupby(["calendar", "person"], sort=False)
    found = [((str(key[0]), str(key[1])), rows) for key, rows in groups]
    return sorted(found, key=lambda one: one[0][0])


def _events(rows: pd.DataFrame, t: Texts) -> str:
    names = t.part("report.event")
    told = []
    for row in rows.to_dict("records"):
        after = state_label(str(row["after"]), t)
        what = names.get(str(row["event"]), "")
        told.append(": ".join(part for part in (what, after) if part))
    return "; ".join(told)


def _places(options: argparse.Namespace) -> dict[str, Destination]:
    """Return where the data and the figure go that are asked. Raises InputError."""
    found: dict[str, Destination] = {}
    if options.csv in STANDARD_OUTPUT:
        message = f"--csv {options.csv} is not possible: there are three files. Give a folder."
        raise InputError(message)
    if options.csv:
        folder = Path(options.csv).expanduser()
        for name, columns in FILES.items():
            place = folder / f"{name}.csv"
            found[name] = destination(place, csv_with(columns), force=options.force)
    if options.figure:
        found[FIGURE] = destination(options.figure, is_page, force=options.force)
    return found


def _write(pair: Twins, places: Mapping[str, Destination], t: Texts, console: Terminal) -> None:
    """Write data and figure where they are asked. Raises StorageError."""
    for name, place in places.items():
        if name == FIGURE:
            place.write(_page(pair, t).encode())
        else:
            place.write(getattr(pair, name).to_csv(index=False).encode())
        console.print(f"Written: {place}", soft_wrap=True)


def _page(pair: Twins, t: Texts) -> str:
    drawn = figure(pair, t, {"code": code_digest()})
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return PAGE.format(
        language=t.language,
        generator=GENERATOR,
        title=t("report.twins.title"),
        plotly=script.read_text("utf-8").replace("</script", "<\\/script"),
        figure=json.dumps(drawn, ensure_ascii=False).replace("</", "<\\/"),
    )

"""Flows of contracts in the terminal: where families start and end, under two policies."""

from __future__ import annotations

import argparse

from dashboards.commands.comparing.naming import titles_of
from dashboards.commands.lists import table
from dashboards.commands.loading import loaded
from dashboards.commands.run import progress, settings_of
from dashboards.commands.terminal import Terminal
from dashboards.exports.beside import places
from dashboards.proof.lived import TABLE, proof_of_lives, tables
from dashboards.texts import texts
from dashboards.texts.numbers import interval, level
from model.outcomes.registry import MINIMUM_CELL
from scenarios.destinations import csv_with
from scenarios.disclosure.rules import MARK
from scenarios.pairs.contract_flows import FLOW_COLUMNS, contract_flows


def flows(options: argparse.Namespace) -> int:
    """Print from which contract families come to which, and what the alternative changes in it."""
    from dashboards.pages.vergelijk.closer.flows import LIKE, rows, way

    place = (
        places(options.csv, csv_with(FLOW_COLUMNS), force=options.force) if options.csv else None
    )
    is_printed = place is not None and place.table.is_standard_output
    t = texts(options.language)
    base, alternative = loaded(
        [options.base, options.alternative], options.years, t, stderr=is_printed
    )
    settings = settings_of(options)
    with progress(options) as report:
        found = contract_flows(base, alternative, **settings, progress=report)
    console, names = Terminal(stderr=is_printed), titles_of((base, alternative), t)
    title = t(
        "pairs.flows.title",
        what=names[alternative.id],
        base=names[base.id],
        who=t(f"terminal.who.{options.population}"),
        years=str(options.years),
    )
    made = table(
        title,
        t("compare.flows.flow"),
        t("pairs.base"),
        t("pairs.policy"),
        t("pairs.cohorts.difference"),
    )
    shown = rows(found, options.population)
    for key in shown.index:
        row = shown.loc[key]
        if row["mark"] == MARK:
            made.add_row(way(key, t), t("compare.flows.small"))
            continue
        made.add_row(
            way(key, t),
            level(LIKE, row["share_base"], t),
            level(LIKE, row["share"], t),
            interval(LIKE, row["difference"], row["low"], row["high"], t=t),
        )
    console.print(made)
    console.print(t("pairs.flows.explained", least=str(MINIMUM_CELL)))
    if found.replicates == 1:
        console.print(t("terminal.add_replicates"))
    console.print(t("terminal.no_forecast"))
    if place is not None:
        numbers = tables(found, ("table",))
        asked = {TABLE: "table"}
        proof = proof_of_lives("flows", (base, alternative), settings, asked, numbers)
        there = place.write(found.table.to_csv(index=False).encode(), FLOW_COLUMNS, proof)
        console.print(t("pairs.written", place=str(there)), soft_wrap=True)
    return 0

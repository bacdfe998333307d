"""Flows of contracts on Vergelijk: the numbers of the terminal, and bands as wide as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.cli import main
from dashboards.pages.vergelijk.closer import flows, look
from dashboards.pages.vergelijk.state import NOBODY, Choice
from dashboards.service import studied
from dashboards.service.prepared import TODAY
from dashboards.service.studies import Study, Work
from dashboards.service.use_study import Looked
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import level
from model.policy.scenario import Scenario
from scenarios.disclosure.rules import MARK
from scenarios.files.load import load
from scenarios.pairs.contract_flows import FLOW_COLUMNS, GONE, ContractFlows

Scenarios = dict[str, Scenario]
FAMILIES = 900
ONE = Choice(first="s05_flex_law", second=NOBODY, third=NOBODY, view="flows")


@pytest.fixture(scope="module")
def flowed() -> Looked[tuple[ContractFlows, ...]]:
    """Give a small study of one plan, lived to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(studied, "FAMILIES_FOLLOWED", FAMILIES)
        study: Study[Any] = studied.flowed(load(TODAY), [load("s05_flex_law")])
        work = Work(study)
        work.live(lambda: False)
    assert work.fault is None
    return Looked(key=study.key, state="done", percent=100, found=work.found)


def shown(flowed: Looked[tuple[ContractFlows, ...]]) -> pd.DataFrame:
    assert flowed.found is not None
    table = flowed.found[0].table
    return table[(table["population"] == "eu11") & (table["mark"] != MARK)]


def plain(text: str) -> str:
    return re.sub("[│┃]", " ", text).replace("\N{MINUS SIGN}", "-")


def test_terminal_and_page_have_the_same_differences(
    flowed: Looked[tuple[ContractFlows, ...]],
    scenarios: Scenarios,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    t = texts("en")
    made = flows.table(ONE, flowed, scenarios, t)
    file = tmp_path / "flows.csv"
    asked = ["--families", str(FAMILIES), "--replicates", "3", "--csv", str(file), "--quiet"]
    assert main(["flows", TODAY, "s05_flex_law", *asked]) == 0
    printed = plain(capsys.readouterr().out)
    kept = pd.read_csv(file, keep_default_na=False, na_values=[""])

    assert tuple(kept.columns) == FLOW_COLUMNS
    assert flowed.found is not None
    whole = flowed.found[0].table
    assert kept["start"].tolist() == whole["start"].tolist()
    assert kept["difference"].tolist() == pytest.approx(whole["difference"].tolist(), nan_ok=True)
    told = [row for row in made["rows"] if row["cells"][1]["strip"] is not None]
    assert len(told) > 3
    by_way = {flows.way((row["start"], row["end"]), t): row for _, row in whole.iterrows()
              if row["population"] == "eu11"}  # fmt: skip
    for row in told:
        difference = float(row["cells"][1]["number"].replace("\N{MINUS SIGN}", "-"))
        assert difference == pytest.approx(
            1000 * by_way[row["label"]]["difference"], rel=0.06, abs=0.06
        )
        assert row["label"] in printed
        assert row["cells"][0]["number"] in printed
    sizes = [abs(by_way[row["label"]]["difference"]) for row in told]
    assert sizes == sorted(sizes, reverse=True)


def test_bands_are_as_wide_as_the_families_are_many(
    flowed: Looked[tuple[ContractFlows, ...]], scenarios: Scenarios, t: Texts
) -> None:
    assert flowed.found is not None
    now, plan = flows.pictures(ONE, flowed.found, scenarios, t)["pictures"]
    table = shown(flowed).set_index(["start", "end"])

    assert now["title"] == t("compare.flows.today")
    for picture, column in ((now, "share_base"), (plan, "share")):
        here = table[table[column] > 0.0]
        assert {band["name"] for band in picture["bands"]} == {"-".join(key) for key in here.index}
        for band in picture["bands"]:
            start, end = band["name"].rsplit("-", 1)
            share = float(here.loc[(start, end)][column])
            top, bottom = _ends(band["path"])
            assert bottom - top == pytest.approx(share * flows.HEIGHT, abs=0.2)
            assert level(flows.LIKE, share, t) in band["title"]
            is_gone = end == GONE
            assert band["kind"] == ("gone" if is_gone else "stays" if start == end else "moves")
        total = float(here[column].sum())
        for side in (True, False):
            heights = [node["height"] for node in picture["nodes"] if node["is_left"] == side]
            assert sum(heights) == pytest.approx(total * flows.HEIGHT, abs=1.0)


def _ends(path: str) -> tuple[float, float]:
    """Return where a band begins and ends on the left."""
    numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", path)]
    return numbers[1], numbers[-1]


def test_a_way_of_few_families_has_no_number_and_no_band(
    flowed: Looked[tuple[ContractFlows, ...]],
    scenarios: Scenarios,
    t: Texts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flows, "SHOWN", 200)
    assert flowed.found is not None
    table = flowed.found[0].table
    hidden = table[(table["population"] == "eu11") & (table["mark"] == MARK)]
    made = flows.table(ONE, flowed, scenarios, t)
    by_name = {row["name"]: row for row in made["rows"]}

    assert len(hidden) > 0
    assert len(by_name) == (table["population"] == "eu11").sum()
    assert made["notes"] == []
    for _, row in hidden.iterrows():
        cells = by_name[f"{row['start']}-{row['end']}"]["cells"]
        assert cells[0]["number"] == "–"
        assert cells[1] == {"number": t("compare.flows.small"), "range": "", "strip": None}
    bands = flows.pictures(ONE, flowed.found, scenarios, t)["pictures"][0]["bands"]
    assert not {f"{r['start']}-{r['end']}" for _, r in hidden.iterrows()} & {
        band["name"] for band in bands
    }


def test_before_it_is_there_it_says_how_far_and_the_command(scenarios: Scenarios, t: Texts) -> None:
    waiting: Looked[Any] = Looked(key="x", percent=40)
    made = flows.table(ONE, waiting, scenarios, t)

    assert made["told"] == t("compare.closer.percent", percent="40")
    assert made["rows"] == []
    assert made["command"].startswith(f"veerkracht flows {TODAY} s05_flex_law --families 4000")
    assert "flows" in {item["name"] for item in look.tabs(ONE, t)["items"]}

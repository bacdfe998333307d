"""The figure of twin lives: both lives on one time line, and where they part."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from dashboards.figures.lives.figure import figure
from dashboards.figures.lives.words import state_label, why
from dashboards.texts import Texts
from model.calendar import START_NUMBER
from model.enums import Contract, Housing, Stage, Status
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.pairs.cause import Cause
from scenarios.pairs.twin_lives import Twins, twins

POLICY = Scenario(
    id="more_care",
    levers=(LeverChange(lever="care_access_level", value=1.0, start=START_NUMBER + 20),),
)


@pytest.fixture(scope="module")
def pair() -> Twins:
    return twins(FROZEN_2023, POLICY, family=3, families=60, years=4)


@pytest.fixture(scope="module")
def same() -> Twins:
    return twins(FROZEN_2023, Scenario(id="same"), family=3, families=60, years=4)


def test_it_is_a_plotly_figure_and_plain_json(pair: Twins, t: Texts) -> None:
    drawn = figure(pair, t)

    go.Figure(drawn)
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn


def test_every_lane_stands_there_for_both_lives(pair: Twins, t: Texts) -> None:
    lanes = figure(pair, t)["layout"]["yaxis"]["categoryarray"][::-1]
    base, alternative = (f", {t(f'report.twins.{life}')}" for life in ("base", "alternative"))

    assert len(lanes) == len(set(lanes)) >= 6
    for first, second in zip(lanes[::2], lanes[1::2], strict=True):
        assert first.removesuffix(base) == second.removesuffix(alternative)


def test_the_month_in_which_the_lives_part_is_marked_with_its_lever(pair: Twins, t: Texts) -> None:
    layout = figure(pair, t)["layout"]

    assert pair.divergence is not None
    assert layout["shapes"][0]["x0"] == f"{pair.divergence.calendar}-01" == "2025-04-01"
    assert t("lever.care_access_level.label") in layout["annotations"][0]["text"]


def test_lives_that_never_part_have_no_mark(same: Twins, t: Texts) -> None:
    assert "shapes" not in figure(same, t)["layout"]


def test_the_figure_carries_what_is_needed_to_run_it_again(pair: Twins, t: Texts) -> None:
    meta = figure(pair, t, {"code": "abc"})["layout"]["meta"]

    assert meta["base"] == "s00_frozen_2023"
    assert (meta["family"], meta["families"], meta["years"], meta["seed"]) == (3, "60", 4, 1)
    assert meta["code"] == "abc"


@pytest.mark.parametrize(
    "cause",
    [
        Cause(kind="lever", names=("housing_decoupled",)),
        Cause(kind="parameter", names=("labour_index",)),
        Cause(kind="neighbour", names=("12",)),
        Cause(kind="municipality", names=("web_cutoff",)),
        Cause(kind="school"),
        Cause(kind="unknown"),
    ],
    ids=lambda cause: cause.kind,
)
def test_every_kind_of_cause_has_words(cause: Cause, t: Texts) -> None:
    assert why(cause, t)


@pytest.mark.parametrize("kind", [Contract, Housing, Stage, Status], ids=lambda kind: kind.__name__)
def test_every_state_has_a_name(kind: type[Contract | Housing | Stage | Status], t: Texts) -> None:
    known = {item.name.lower() for item in kind}

    assert [name for name in known if state_label(name, t) == name and "_" in name] == []

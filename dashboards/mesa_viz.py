"""Mesa's own viewer on the model: step, play and reset, with a plot per number that is collected.

For a Mesa user on their own computer: a model given to `viewer` is one for all who look at it. In a
notebook `viewer(model)` shows a model that is there; `solara run dashboards.mesa_viz` opens one in
a browser. There is no picture of a space: families live in municipalities, not on a grid.
"""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from typing import Any

import solara
from mesa.visualization import SolaraViz, make_plot_component

from model import FamilyModel
from model.calendar import MONTHS_PER_YEAR

FAMILIES = {"value": 500, "min": 100, "max": 5000, "step": 100}
"""Families that the viewer offers: few enough to follow a month on the screen."""


def viewer(model: FamilyModel) -> Any:  # noqa: ANN401 - Mesa gives an element of its own
    """Return Mesa's viewer on a model; Reset makes a new one with the same scenario and seed."""
    reporters = model.datacollector.model_reporters if model.datacollector else {}
    return SolaraViz(
        model,
        components=[make_plot_component(name) for name in reporters],
        model_params={
            "families": {"type": "SliderInt", "label": "Families", **FAMILIES},
            "scenario": model.policy,
            "rng": model.seed,
            "years": model.horizon // MONTHS_PER_YEAR,
        },
        name=f"Veerkracht: {model.policy.title_en}",
    )


@solara.component
def Page() -> None:
    """Show the viewer on a small model of the base, made for this visitor."""
    model = solara.use_memo(lambda: FamilyModel(families=FAMILIES["value"], rng=1), [])
    viewer(model)

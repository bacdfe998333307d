"""The Solara app: which page stands at which address. Served by `dashboards.serve`."""

# ruff: noqa: N802 - components are named as Solara names them
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import solara

from dashboards.pages.aanbevelingen.page import Aanbevelingen
from dashboards.pages.levens.page import Levens
from dashboards.pages.places import PLACES
from dashboards.pages.vergelijk.page import Vergelijk
from dashboards.pages.verken.page import Verken
from dashboards.pages.zekerheid.page import Zekerheid
from dashboards.service.catalogue import catalogue
from dashboards.service.runner import answers, studies


@solara.component
def Layout(*, children: Sequence[Any]) -> None:
    """Show a page as it is, without the bars and drawers of Solara's own layout."""
    solara.Div(children=list(children))


@solara.component
def Home() -> None:
    """Show the first page with the real model behind it."""
    Verken(answering=answers(), scenarios=catalogue())


@solara.component
def Compare() -> None:
    """Show scenarios beside each other with the real model behind them."""
    Vergelijk(answering=answers(), studies=studies(), scenarios=catalogue())


@solara.component
def Lives() -> None:
    """Show families under two policies with the real model behind them."""
    Levens(studies=studies(), scenarios=catalogue())


@solara.component
def Letter() -> None:
    """Show the recommendations with the real model behind them."""
    Aanbevelingen(answering=answers(), scenarios=catalogue())


@solara.component
def Certainty() -> None:
    """Show what an outcome rests on with the real model behind it."""
    Zekerheid(answering=answers(), scenarios=catalogue())


routes = [
    solara.Route("/", component=Home, layout=Layout, label="Veerkracht"),
    solara.Route(PLACES["vergelijk"], component=Compare, layout=Layout, label="Veerkracht"),
    solara.Route(PLACES["levens"], component=Lives, layout=Layout, label="Veerkracht"),
    solara.Route(PLACES["aanbevelingen"], component=Letter, layout=Layout, label="Veerkracht"),
    solara.Route(PLACES["zekerheid"], component=Certainty, layout=Layout, label="Veerkracht"),
]

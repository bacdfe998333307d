"""Mesa's viewer opens on the model, with a plot for every number that is collected."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import solara
import solara.server.app  # lets threads find the kernel they belong to
from ipywidgets import Image  # type: ignore[import-untyped]
from mesa.visualization import SolaraViz, make_plot_component
from solara.server import kernel, kernel_context

from dashboards.mesa_viz import Page, viewer
from model import FamilyModel


@pytest.fixture
def _kernel() -> Iterator[None]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    context = kernel_context.VirtualKernelContext(
        id="test", kernel=kernel.Kernel(), session_id="session"
    )
    with context:
        yield
    context.close()
    asyncio.set_event_loop(None)
    loop.close()


def pictures(page: Any) -> int:  # noqa: ANN401 - an element of Solara
    """Return how many plots a page shows; a fault in any part of it is raised."""
    # Mesa's controls stand in the sidebar, which is there only inside a layout.
    _, rendered = solara.render(solara.AppLayout(children=[page]), handle_error=False)
    found = len(rendered.find(Image).widgets)
    rendered.close()
    return found


@pytest.mark.usefixtures("_kernel")
def test_mesas_own_viewer_takes_a_model_as_it_is() -> None:
    model = FamilyModel(families=100, rng=1, years=1)

    assert pictures(SolaraViz(model, components=[make_plot_component("families_here")])) == 1


@pytest.mark.usefixtures("_kernel")
def test_the_viewer_has_a_plot_per_collected_number() -> None:
    model = FamilyModel(families=100, rng=1, years=1)
    model.run_for(2)

    assert model.datacollector is not None
    assert pictures(viewer(model)) == len(model.datacollector.model_reporters)


@pytest.mark.usefixtures("_kernel")
def test_the_viewer_opens_by_itself() -> None:
    assert pictures(Page()) > 0

"""The first page without a browser: what it shows, and that it asks the service what it should."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
import solara
import solara.server.app  # lets threads find the kernel they belong to
from ipyvuetify.VuetifyTemplate import VuetifyTemplate
from solara.server import kernel, kernel_context

from dashboards.figures.registry import SHEETS
from dashboards.pages.explore.page import Explore
from dashboards.service import use_results
from dashboards.service.answering import Answering
from dashboards.service.jobs import Request, Service
from dashboards.service.runner import HEADLINES
from model.errors import InputError
from model.policy.scenario import Scenario

SOON = 20.0


class Gated(Protocol):
    """The made-up runner of these tests."""

    gate: threading.Event
    started: list[Request]
    stopped: list[Request]
    fault: Exception | None


class Screen:
    """A page that was rendered: its components by what they show, and how to act on them."""

    def __init__(self, rendered: Any) -> None:  # noqa: ANN401 - reacton's context has no types
        self._rendered = rendered
        self._changed = threading.Condition()

    def _widgets(self, trait: str) -> list[Any]:
        found = self._rendered.find(VuetifyTemplate).widgets
        return [widget for widget in found if widget.has_trait(trait)]

    def one(self, trait: str) -> Any:  # noqa: ANN401 - a widget class made at run time
        """Return the only component with a property."""
        (found,) = self._widgets(trait)
        return found

    def cards(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {card.name: card for card in self._widgets("fig")}

    def fields(self) -> dict[str, Any]:
        """Return the fields of all controls by name."""
        groups = [group for form in self._widgets("groups") for group in form.groups]
        return {field["name"]: field for group in groups for field in group["fields"]}

    def commit(self, name: str, value: object) -> None:
        """Let a field go."""
        self._widgets("groups")[0]._event_callbacks["commit"]({"name": name, "value": value})

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails when it does not within a while."""
        with self._changed:
            tries = int(SOON / 0.02)
            for _ in range(tries):
                if holds():
                    return
                self._changed.wait(0.02)
        pytest.fail("this did not happen in time")

    def until_ready(self) -> None:
        """Wait until all figures are those of what was asked."""
        self.until(
            lambda: (
                self.one("percent").state == "ready"
                and all(card.fig and not card.stale for card in self.cards().values())
            )
        )


@pytest.fixture
def screen(runner: Gated, answering: Answering, scenarios: dict[str, Scenario]) -> Iterator[Screen]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    context = kernel_context.VirtualKernelContext(
        id="test", kernel=kernel.Kernel(), session_id="session"
    )
    service = Service(runner, workers=2)  # type: ignore[arg-type]
    with context:
        page = Explore(service=service, answering=answering, scenarios=scenarios)
        _, rendered = solara.render(page, handle_error=False)
        yield Screen(rendered)
        runner.gate.set()
        rendered.close()
    context.close()
    service.close()
    asyncio.set_event_loop(None)
    loop.close()


def test_the_page_shows_every_figure_with_words_and_table(screen: Screen) -> None:
    screen.until_ready()
    cards = screen.cards()

    assert list(cards) == [sheet.name for sheet in SHEETS]
    assert all(card.lead and card.rows and card.csv for card in cards.values())


def test_the_answer_comes_in_cards_with_number_range_word_and_dots(screen: Screen) -> None:
    screen.until(lambda: screen.one("asked").state == "ready")
    shown = screen.one("asked")

    assert shown.n == 20
    assert shown.shown == shown.asked
    assert [card["name"] for card in shown.cards] == list(HEADLINES)
    for card in shown.cards:
        assert card["word_name"] in {"less", "more", "small", "unsure", "none"}
        assert len(card["strip"]["dots"]) == 20
        assert card["number"]
    assert "20 steekproeven van 500 gezinnen" in shown.basis


def test_an_answer_of_before_is_said_to_be_one(screen: Screen, answering: Answering) -> None:
    screen.until(lambda: screen.one("asked").state == "ready")
    before = screen.one("asked").shown
    answering.away("test")
    screen.commit("housing_decoupled", 0.8)
    screen.until(lambda: screen.one("asked").asked != before)

    assert screen.one("asked").shown == before
    assert "vorige keuze" in screen.one("asked").basis
    assert screen.one("asked").announced == ""
    answering.back("test")
    screen.until(lambda: screen.one("asked").shown == screen.one("asked").asked)


def test_base_and_alternative_are_each_run_once(screen: Screen, runner: Gated) -> None:
    screen.until_ready()

    assert [request.scenario.id for request in runner.started] == ["s01_reference", "s02_bandwidth"]


def test_moving_a_lever_runs_only_the_alternative(screen: Screen, runner: Gated) -> None:
    screen.until_ready()
    screen.commit("housing_decoupled", 0.8)
    screen.until(lambda: len(runner.started) == 3)
    screen.until_ready()

    assert runner.started[-1].moved[0][0] == "housing_decoupled"
    assert screen.fields()["housing_decoupled"]["labels"][16] == "80%"
    assert screen.fields()["housing_decoupled"]["position"] == 16


def test_the_last_picture_stays_until_the_new_one_is_there(screen: Screen, runner: Gated) -> None:
    screen.until_ready()
    before = {name: card.fig for name, card in screen.cards().items()}
    runner.gate.clear()
    screen.commit("housing_decoupled", 0.8)
    screen.until(lambda: screen.one("percent").state == "busy" and len(runner.started) == 3)

    assert {name: card.fig for name, card in screen.cards().items()} == before
    assert all(card.stale for card in screen.cards().values())

    runner.gate.set()
    screen.until_ready()
    assert all(card.fig != before[name] for name, card in screen.cards().items())


def test_the_progress_of_the_run_is_shown(screen: Screen, runner: Gated) -> None:
    screen.until_ready()
    runner.gate.clear()
    screen.commit("years", 10)
    screen.until(lambda: screen.one("percent").percent == 5)

    assert screen.one("percent").text == "Rekent: 5% (12 van 240 maanden)"


def test_a_quick_row_of_changes_ends_with_the_last(
    screen: Screen, runner: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_results, "DEBOUNCE_SECONDS", 1.0)  # a busy machine renders slowly
    screen.until_ready()
    for share in (0.3, 0.4, 0.5, 0.6):
        screen.commit("housing_decoupled", share)
    screen.until(lambda: '"changes":"housing_decoupled=0.6"' in screen.cards()["moves"].fig)

    assert len(runner.started) < 6


def test_changing_the_language_runs_nothing(screen: Screen, runner: Gated) -> None:
    screen.until_ready()
    screen.one("languages")._event_callbacks["choose"]("en")
    screen.until(lambda: "Base: " in screen.cards()["moves"].fig)

    assert screen.one("query").language == "en"
    assert len(runner.started) == 2


def test_the_address_follows_the_choice(screen: Screen) -> None:
    screen.until_ready()
    screen.commit("base", "s00_frozen_2023")
    screen.commit("housing_decoupled", 0.8)

    screen.until(lambda: screen.one("query").query == "base=s00_frozen_2023&housing_decoupled=0.8")


def test_a_lever_put_back_leaves_the_address(screen: Screen) -> None:
    screen.until_ready()
    screen.commit("housing_decoupled", 0.8)
    screen.until(lambda: screen.one("query").query == "housing_decoupled=0.8")
    screen.commit("housing_decoupled", 0.2)

    screen.until(lambda: screen.one("query").query == "")


def test_a_run_that_fails_is_told_and_the_picture_stays(screen: Screen, runner: Gated) -> None:
    screen.until_ready()
    before = screen.cards()["moves"].fig
    runner.fault = InputError("s02_bandwidth: this lever does nothing yet.")
    screen.commit("years", 10)
    screen.until(lambda: screen.one("percent").state == "fault")

    assert [item["kind"] for item in screen.one("items").items] == ["fault"]
    assert "does nothing yet" in screen.one("items").items[0]["text"]
    assert screen.cards()["moves"].fig == before


def test_a_scenario_that_starts_after_the_run_ends_is_explained(
    screen: Screen, runner: Gated
) -> None:
    screen.until_ready()
    runner.fault = InputError("s22_downturn: 2030-01 lies after the run ends")
    screen.commit("years", 5)
    screen.commit("alternative", "s22_downturn")
    screen.until(lambda: screen.one("percent").state == "fault")

    assert "januari 2030" in screen.one("items").items[0]["text"]


@pytest.mark.parametrize(
    "event", [None, 7, "x", {}, {"name": "housing_decoupled", "value": 1e9}, {"name": "__class__"}]
)
def test_what_a_browser_makes_up_changes_nothing(screen: Screen, event: object) -> None:
    screen.until_ready()
    screen._widgets("groups")[0]._event_callbacks["commit"](event)

    assert screen.one("query").query == ""


def test_the_slider_of_the_bandwidth_waits_for_its_switch(screen: Screen) -> None:
    screen.until_ready()
    assert screen.fields()["bandwidth_extra_max"]["disabled"] is False
    screen.commit("zero_hours_abolished", 0)

    screen.until(lambda: screen.fields()["bandwidth_extra_max"]["disabled"] is True)


def test_assumptions_are_marked_on_the_controls(screen: Screen) -> None:
    screen.until_ready()
    marks = {mark["kind"] for mark in screen.fields()["housing_decoupled"]["marks"]}

    assert "assumption" in marks

"""Verken without a browser: what it shows, and that it asks what it should."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara
import solara.server.app  # lets threads find the kernel they belong to
from ipyvuetify.VuetifyTemplate import VuetifyTemplate
from solara.server import kernel, kernel_context

from dashboards.figures.scales import HEADLINES
from dashboards.pages.verken.levers import BOARD_LEVERS, FADE
from dashboards.pages.verken.page import Verken
from dashboards.service import use_answer
from dashboards.service.answering import Answering
from dashboards.texts import texts
from model.errors import InputError
from model.policy.scenario import Scenario
from scenarios.asking import replicates

SOON = 20.0


class Screen:
    """A page that was rendered: its components by what they show, and how to act on them."""

    def __init__(self, rendered: Any) -> None:  # noqa: ANN401 - reacton's context has no types
        self._rendered = rendered
        self._changed = threading.Condition()
        self.moves = 0
        self._is_closed = False

    def close(self) -> None:
        """Leave the page, once."""
        if not self._is_closed:
            self._is_closed = True
            self._rendered.close()

    def part(self, trait: str) -> Any:  # noqa: ANN401 - a widget class made at run time
        """Return the only component with a property."""
        found = self._rendered.find(VuetifyTemplate).widgets
        (one,) = [widget for widget in found if widget.has_trait(trait)]
        return one

    def charts(self) -> dict[str, Any]:
        """Return the charts by name."""
        found = self._rendered.find(VuetifyTemplate).widgets
        return {one.name: one for one in found if one.has_trait("ticks")}

    def commit(self, name: str, value: object) -> None:
        """Let a field go."""
        self.moves += 1
        event = {"name": name, "value": value, "move": self.moves}
        self.part("undoable")._event_callbacks["commit"](event)

    def undo(self) -> None:
        """Take the last choice back."""
        self.moves += 1
        self.part("undoable")._event_callbacks["undo"]({"move": self.moves})

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails when it does not within a while."""
        with self._changed:
            for _ in range(int(SOON / 0.02)):
                if holds():
                    return
                self._changed.wait(0.02)
        pytest.fail("this did not happen in time")

    def is_answered(self) -> bool:
        """Return whether what is shown is the answer to all that was done."""
        pill = self.part("move")
        is_heard = pill.state == "ready" and pill.shown == pill.asked and pill.move == self.moves
        drawn = [self.part("cards").shown, *(one.caption for one in self.charts().values())]
        return is_heard and drawn[0] == pill.shown and all(f"{pill.n} " in one for one in drawn[1:])

    def until_answered(self) -> None:
        """Wait until the answer to all that was done is there."""
        self.until(self.is_answered)


@pytest.fixture
def screen(
    answering: Answering, scenarios: dict[str, Scenario], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    monkeypatch.setattr(use_answer, "PAUSE_SECONDS", 0.0)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    context = kernel_context.VirtualKernelContext(
        id="test", kernel=kernel.Kernel(), session_id="session"
    )
    with context:
        page = Verken(answering=answering, scenarios=scenarios)
        _, rendered = solara.render(page, handle_error=False)
        screen = Screen(rendered)
        yield screen
        screen.close()
    context.close()
    asyncio.set_event_loop(None)
    loop.close()


def test_the_answer_comes_in_cards_with_number_range_word_and_dots(screen: Screen) -> None:
    screen.until_answered()
    shown = screen.part("cards")

    assert screen.part("move").n == 20
    assert screen.part("move").text == "Klaar: 20 × 500 gezinnen"
    assert [card["name"] for card in shown.cards] == list(HEADLINES)
    for card in shown.cards:
        assert card["word_name"] in {"less", "more", "small", "unsure", "none"}
        assert len(card["strip"]["dots"]) == 20
        assert card["number"]


def test_levels_and_difference_come_from_the_same_replicates(screen: Screen) -> None:
    screen.until_answered()
    levels, difference = screen.charts()["levels"], screen.charts()["differences"]
    base, alternative, comparable = (line["values"] for line in levels.lines)
    (change,) = (line["values"] for line in difference.lines)

    assert comparable[0] < base[0]
    # Percentages beside so many in 10,000.
    assert [round(100 * (b - a), 1) for a, b in zip(base, alternative, strict=True)] == [
        round(one, 1) for one in change
    ]
    low, high = difference.band
    assert all(a <= b <= c for a, b, c in zip(low, change, high, strict=True))
    assert "2028" in levels.mark["label"]


def test_a_card_that_is_chosen_is_drawn_by_year(screen: Screen) -> None:
    screen.until_answered()
    screen.commit("outcome", "voluntary_moves")
    five = [*HEADLINES, "voluntary_moves"]

    screen.until(lambda: [card["name"] for card in screen.part("cards").cards] == five)
    screen.until(lambda: "Vrijwillig verhuizen" in screen.charts()["levels"].title)


def test_an_answer_that_is_there_already_is_given_with_the_move(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unheard(*_: object) -> None:
        """Tell nothing of an answer that comes later."""

    screen.until_answered()
    first = screen.part("move").shown
    screen.commit("housing_decoupled", 0.8)
    screen.until_answered()
    monkeypatch.setattr(use_answer, "_follow", unheard)
    screen.undo()

    screen.until(lambda: screen.part("move").shown == first and screen.is_answered())
    assert screen.part("move").n == 20


def test_an_answer_of_before_is_said_to_be_one(screen: Screen, answering: Answering) -> None:
    screen.until_answered()
    before = screen.part("move").shown
    answering.away("test")
    screen.commit("housing_decoupled", 0.8)
    # A thread that draws what came last may draw this too, one part after another.
    pill, cards = screen.part("move"), screen.part("cards")
    screen.until(lambda: pill.asked != before and pill.state == "working")
    screen.until(lambda: cards.asked != before and cards.announced == "")

    assert pill.shown == cards.shown == before
    answering.back("test")
    screen.until_answered()


def test_who_closes_the_page_asks_for_nothing_any_more(
    screen: Screen, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    leave = answering.leave

    def leaving(session: str) -> None:
        left.append(session)
        leave(session)

    monkeypatch.setattr(answering, "leave", leaving)
    screen.until_answered()
    assert left == []

    screen.close()

    assert left == ["test"]


def test_a_move_is_heard_also_when_it_changes_nothing(screen: Screen) -> None:
    screen.until_answered()
    screen.commit("housing_decoupled", 0.2)

    screen.until_answered()


def test_what_other_assumptions_change_comes_last_with_its_number_of_draws(screen: Screen) -> None:
    assert "keer geprobeerd" not in str(screen.part("cards").cards)
    screen.until_answered()
    screen.until(lambda: "40 keer" in screen.part("cards").cards[0]["unknown"])

    assert screen.part("cards").cards[0]["strip"]["unknown"] is not None


def test_a_lever_that_reaches_nobody_is_marked(screen: Screen) -> None:
    screen.until(lambda: screen.part("unreached").unreached == ["course_hours"])


def test_changing_what_is_seen_asks_nothing_and_is_not_undone(screen: Screen) -> None:
    screen.until_answered()
    before = screen.part("move").shown
    screen.part("undoable")._event_callbacks["commit"]({"name": "language", "value": "en"})
    screen.until(lambda: screen.part("move").text == "Done: 20 × 500 families")

    assert screen.part("query").language == "en"
    assert screen.part("move").shown == before
    assert screen.part("undoable").undoable is False


def test_the_address_follows_the_choice(screen: Screen) -> None:
    screen.commit("base", "s00_frozen_2023")
    screen.commit("housing_decoupled", 0.8)
    screen.commit("fade_rate", 0.2)

    screen.until(
        lambda: (
            screen.part("query").query == "base=s00_frozen_2023&housing_decoupled=0.8&fade_rate=0.2"
        )
    )


def test_a_lever_put_back_leaves_the_address(screen: Screen) -> None:
    screen.commit("housing_decoupled", 0.8)
    screen.until(lambda: screen.part("query").query == "housing_decoupled=0.8")
    screen.commit("housing_decoupled", 0.2)

    screen.until(lambda: screen.part("query").query == "")


def test_undo_takes_back_the_last_choices_one_by_one(screen: Screen) -> None:
    screen.commit("housing_decoupled", 0.8)
    screen.commit("alternative", "s19_housing")
    screen.until(lambda: screen.part("query").query == "alternative=s19_housing")
    screen.undo()
    screen.until(lambda: screen.part("query").query == "housing_decoupled=0.8")
    screen.undo()
    screen.until(lambda: screen.part("query").query == "")

    assert screen.part("undoable").undoable is False


def test_a_question_that_fails_is_told(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.until_answered()

    def lived(*_: object, **__: object) -> None:
        message = "s02_bandwidth: this lever does nothing yet."
        raise InputError(message)

    monkeypatch.setattr(replicates, "lived", lived)
    screen.commit("years", 10)
    screen.until(lambda: screen.part("move").state == "fault")
    screen.until(lambda: screen.part("cards").fault is not None)

    fault = screen.part("cards").fault
    assert fault["title"] == "Deze berekening lukt niet."
    assert "does nothing yet" in fault["text"]
    assert fault["years"] == 0
    screen.until(lambda: screen.charts() == {})


def test_a_scenario_that_starts_after_the_run_ends_is_explained(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lived(*_: object, **__: object) -> None:
        message = "s22_downturn: 2030-01 lies after the run ends"
        raise InputError(message)

    monkeypatch.setattr(replicates, "lived", lived)
    screen.commit("years", 5)
    screen.commit("alternative", "s22_downturn")
    screen.until(lambda: "januari 2030" in str(screen.part("cards").fault))

    fault = screen.part("cards").fault
    assert (fault["years"], fault["remedy"]) == (15, "Reken 15 jaar")


@pytest.mark.parametrize(
    "event",
    [
        None,
        7,
        "x",
        {},
        {"name": "housing_decoupled", "value": 1e9},
        {"name": "__class__"},
        {"name": [], "value": {}, "move": "many"},
    ],
)
def test_what_a_browser_makes_up_changes_nothing(screen: Screen, event: object) -> None:
    screen.part("undoable")._event_callbacks["commit"](event)
    screen.part("undoable")._event_callbacks["undo"](event)

    assert screen.part("query").query == ""


def test_the_slider_of_the_bandwidth_waits_for_its_switch(screen: Screen) -> None:
    assert screen.part("unreached").standing["bandwidth_extra_max"] == 6
    screen.commit("zero_hours_abolished", 0)

    screen.until(lambda: screen.part("unreached").standing["bandwidth_extra_max"] == -7)


def test_every_lever_has_a_line_with_help_and_marks(screen: Screen) -> None:
    fields = [field for group in screen.part("unreached").groups for field in group["fields"]]

    assert [field["name"] for field in fields] == [*BOARD_LEVERS, FADE]
    assert all(field["label"] and field["help"] for field in fields)
    marks = {field["name"]: {mark["kind"] for mark in field["marks"]} for field in fields}
    assert "assumption" in marks["housing_decoupled"]
    assert marks["web_places_per_100"] == {"status"}


def test_a_reader_is_told_that_it_is_no_forecast(screen: Screen) -> None:
    screen.until_answered()

    assert "geen voorspelling" in screen.part("cards").basis
    assert screen.part("settings").words["caution_title"] == texts("nl")(
        "page.summary.caution_title"
    )

"""What a room asks of the model is what Verken asks, and what it shows are the same numbers."""

from __future__ import annotations

import asyncio

import pytest

from dashboards.figures import dots
from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.hall import posed, view
from dashboards.hall.asked import STEPS
from dashboards.hall.asking import Asking
from dashboards.hall.room import Phase
from dashboards.hall.tally import Spread
from dashboards.pages.verken import state
from dashboards.pages.verken import view as verken
from dashboards.service.answering import Answering
from dashboards.service.catalogue import catalogue
from dashboards.texts import Texts, look_words, texts
from model.errors import InputError
from tests.dashboards.hall.conftest import Hall
from tests.dashboards.hall.evening import LEVER, do, joined, opened, post

ASKED = posed.posed("s01_reference", "forced_moves", posed.OFFERED[:3], catalogue(), by_table=False)
MOVED = {posed.OFFERED[1]: 0, posed.OFFERED[2]: 3}


def test_the_same_settings_are_the_same_question_as_on_the_page_that_the_link_opens() -> None:
    scenarios = catalogue()
    mine = posed.question(ASKED, MOVED, scenarios)
    link = posed.address(ASKED, MOVED, scenarios, "en")
    choice, dropped = state.from_query(link, tuple(scenarios))

    assert mine is not None
    assert dropped == ()
    assert verken.question(choice, scenarios).key == mine.key


def test_a_slider_set_where_it_stood_asks_nothing_of_the_model() -> None:
    places = {one.name: one.start for one in ASKED.sliders}

    assert posed.question(ASKED, places, catalogue()) is None
    assert posed.question(ASKED, {}, catalogue()) is None


def test_a_room_shows_the_numbers_of_verken(hall: Hall, answering: Answering) -> None:
    async def story() -> tuple[str, str]:
        host, live = await opened(hall, Phase.SET)
        for phone in await joined(hall, live, 6):
            await post(phone, live, places={LEVER: 3})
        for _ in range(2):
            await do(host, live, do="forward", seen=live.room.moves)
        (asked,) = live.questions()
        assert asked is not None
        job = answering.want("somebody in Verken", asked)
        assert job is not None
        while not (job.is_answered and live.asking.found(asked).is_over):
            await asyncio.wait({asyncio.wrap_future(job.changed)}, timeout=0.05)
        outcome = ASKED.outcome
        t = texts("en")
        there = look_words.told(job.shown.sums().look(outcome), SCALES[outcome].many, t).sentence
        screen = await host.get(f"/zaal/{live.room.code}/screen?lang=en")
        return there, screen.text

    there, screen = asyncio.run(story())

    assert there in screen


def test_a_failing_answer_is_said_and_asked_again(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no answer")

    async def story() -> tuple[bool, bool]:
        asked = posed.question(ASKED, MOVED, catalogue())
        assert asked is not None
        heard = asyncio.Event()
        asking = Asking(answering, "hall", heard.set)
        with monkeypatch.context() as patched:
            patched.setattr("scenarios.asking.replicates.lived", broken)
            asking.ask([asked])
            await heard.wait()
        was_failed = asking.found(asked).is_failed
        asking.stop()
        asking.ask([asked])
        while not asking.found(asked).sums:
            heard.clear()
            await heard.wait()
        asking.stop()
        return was_failed, asking.found(asked).is_failed

    assert asyncio.run(story()) == (True, False)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_guesses_are_told_in_the_unit_of_the_answer(outcome: str, t: Texts) -> None:
    told = posed.guesses(outcome, t)

    assert len(set(told)) == len(told) == 2 * STEPS + 1
    assert told[STEPS] == t("hall.guess.same")


def unpacked(packed: str) -> list[str]:
    """Do what a phone does with packed texts."""
    found: list[list[str]] = []
    for one in packed.split("|"):
        own = one.removeprefix("=").split(" ")
        found.append(own if one.startswith("=") else own + found[-1][len(own) :])
    return [" ".join(words) for words in found]


@pytest.mark.parametrize("lever", posed.OFFERED)
def test_a_phone_reads_every_value_of_a_slider_from_what_little_it_is_sent(
    lever: str, t: Texts
) -> None:
    others = [one for one in posed.OFFERED if one != lever][:2]
    asked = posed.posed("s01_reference", OUTCOMES[0], (lever, *others), catalogue(), by_table=False)
    slider = asked.slider(lever)
    assert slider is not None
    row = view.phone_slider(slider, None, t)

    assert unpacked(row["packed"]) == row["values"]
    assert len(row["packed"]) < 250


def test_texts_of_other_lengths_are_sent_whole() -> None:
    values = ["1 a b", "2 a b", "same", "3 a b", "3 c", "4 c"]

    assert view.packed(values) == "=1 a b|2|=same|=3 a b|=3 c|4"
    assert unpacked(view.packed(values)) == values


def test_a_guess_lies_where_an_answer_of_that_size_lies() -> None:
    counts = tuple(1 if place == STEPS + 2 else 0 for place in range(2 * STEPS + 1))
    ((x, _, _),) = view.guess_dots(Spread(counts=counts, touched=1, median=STEPS + 2))
    half = SCALES[ASKED.outcome].half

    assert x == dots.place(half * 2 / STEPS, half)


@pytest.mark.parametrize("counts", [(1, 0), (60, 140), (0, 5, 0), (200,) + (0,) * 40, (5,) * 37])
def test_every_vote_is_a_dot_of_its_own(counts: tuple[int, ...]) -> None:
    found = view.stacked(counts, view._middles(len(counts)), view.HEIGHT)

    assert len({(x, y) for x, y, _ in found}) == sum(counts)


@pytest.mark.parametrize("counts", [(1, 0), (60, 140), (0, 30, 10), (5,) * 37])
def test_dots_stay_in_the_picture(counts: tuple[int, ...]) -> None:
    found = view.stacked(counts, view._middles(len(counts)), view.HEIGHT)

    assert all(r <= x <= view.WIDTH - r and y + r <= view.HEIGHT for x, y, r in found)


def test_a_scenario_lever_or_outcome_that_is_not_there_is_refused() -> None:
    names = posed.OFFERED[:3]
    for base, outcome, levers in (
        ("s99", "forced_moves", names),
        ("s01_reference", "happiness", names),
        ("s01_reference", "forced_moves", [*names[:2], "taxes"]),
    ):
        with pytest.raises(InputError, match="is not there"):
            posed.posed(base, outcome, levers, catalogue(), by_table=False)


def test_every_lever_of_a_room_can_stand_where_its_base_stands() -> None:
    for name in catalogue():
        asked = posed.posed(name, "forced_moves", posed.OFFERED[:3], catalogue(), by_table=False)
        posed.checked(asked, catalogue())

"""What phones and hosts are answered, with the app asked directly and made-up answers behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

import pytest

from dashboards.hall.live import MOST_STREAMS, Live
from dashboards.hall.room import Phase
from dashboards.hall.web.phones import LARGEST_POST
from dashboards.serving.guard import Message
from tests.dashboards.hall.conftest import QUESTION, Answer, Browser, Hall

LEVER = "housing_decoupled"


def run[Value](made: Coroutine[Any, Any, Value]) -> Value:
    return asyncio.run(made)


async def opened(hall: Hall, phase: Phase = Phase.LOBBY) -> tuple[Browser, Live]:
    """Return a host and the room that it opened, in a phase of the first round."""
    host = hall.browser("127.0.0.1")
    answer = await host.form("/zaal")
    live = hall.lives.find(answer.headers["location"].rpartition("/")[2])
    assert live is not None
    await do(host, live, **QUESTION)
    while live.room.phase is not phase:
        await do(host, live, do="forward", seen=live.room.moves)
    return host, live


async def do(host: Browser, live: Live, **fields: object) -> Answer:
    return await host.form(f"/zaal/{live.room.code}/do", **fields)


async def joined(hall: Hall, live: Live, n: int = 1, **fields: object) -> list[Browser]:
    """Return phones that joined, each at an address of its own."""
    phones = [hall.browser(f"192.0.2.{100 + k}") for k in range(n)]
    for phone in phones:
        assert (await phone.form(f"/z/{live.room.code}/join", **fields)).status == 303
    return phones


async def post(phone: Browser, live: Live, sequence: int = 1, **sent: object) -> Answer:
    room = live.room
    whole = {"at": room.at, "phase": room.phase, "sequence": sequence} | sent
    return await phone.ask("POST", f"/z/{room.code}/post", json.dumps(whole).encode())


def test_a_host_opens_a_room_and_phones_join_and_guess(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.GUESS)
        (phone,) = await joined(hall, live, name="Ada", table="3")
        answer = await post(phone, live, guess=-2)

        assert json.loads(answer.text) == {"counted": True, "sequence": 1}
        assert list(live.room.rounds[0].guesses.values()) == [-2]

    run(story())


def test_a_phone_that_comes_back_has_its_name_table_and_settings(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        (phone,) = await joined(hall, live, name="Ada", table="3")
        page = await phone.get(f"/z/{live.room.code}")
        assert "Ada" in page.text
        assert "3" in page.text
        for _ in range(2):
            await do(host, live, do="forward", seen=live.room.moves)
        await post(phone, live, places={LEVER: 3})
        state = json.loads((await phone.get(f"/z/{live.room.code}/state")).text)

        assert state["places"] == {LEVER: 3}
        assert state["sequence"] == 1

    run(story())


def test_the_same_post_twice_is_answered_and_counts_once(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.SET)
        (phone,) = await joined(hall, live)
        first = await post(phone, live, places={LEVER: 3})
        again = await post(phone, live, places={LEVER: 3})

        assert json.loads(first.text)["counted"] is True
        assert json.loads(again.text) == {"counted": False, "sequence": 1}

    run(story())


def test_a_phase_that_changes_while_a_post_is_under_way_refuses_it(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall, Phase.SET)
        (phone,) = await joined(hall, live)
        sent = json.dumps({"at": 0, "phase": "set", "sequence": 1, "places": {LEVER: 3}}).encode()
        halfway = asyncio.Event()
        moved = asyncio.Event()
        pieces = [sent[:10], sent[10:]]
        status = []

        async def receive() -> Message:
            if len(pieces) == 1:
                halfway.set()
                await moved.wait()
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        async def send(message: Message) -> None:
            status.append(message.get("status"))

        scope = phone.scope("POST", f"/z/{live.room.code}/post")
        posting = asyncio.ensure_future(hall.app(scope, receive, send))
        await halfway.wait()
        await do(host, live, do="forward", seen=live.room.moves)
        moved.set()
        await posting

        assert status[0] == 409
        assert live.room.rounds[0].places == {}

    run(story())


def test_posts_are_limited_for_each_phone_and_each_address(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.GUESS)
        (phone,) = await joined(hall, live)
        statuses = [(await post(phone, live, k, guess=1)).status for k in (1, 2, 3)]
        assert statuses == [200, 200, 429]
        hall.clock.seconds += 0.5
        assert (await post(phone, live, 4, guess=1)).status == 200

        hall.clock.seconds += 60
        crowd = [hall.browser("192.0.2.9") for _ in range(25)]
        joins = [(await one.form(f"/z/{live.room.code}/join")).status for one in crowd]
        assert joins.count(303) == 20
        assert joins.count(429) == 5

    run(story())


def test_a_post_of_more_than_a_kilobyte_is_refused(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.GUESS)
        (phone,) = await joined(hall, live)
        answer = await phone.ask("POST", f"/z/{live.room.code}/post", b" " * (LARGEST_POST + 1))

        assert answer.status == 413

    run(story())


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"[" * 900,
        b"\xff",
        b'{"at": 0, "phase": "guess", "sequence": 1}',
        b'{"at": 0, "phase": "guess", "sequence": 1, "guess": 1e9}',
        b'{"at": 0, "phase": "guess", "sequence": -1, "guess": 1}',
        b'{"at": 0, "phase": "dance", "sequence": 1, "guess": 1}',
        b'{"at": 0, "phase": "guess", "sequence": 1, "guess": 6}',
        b'{"at": 0, "phase": "guess", "sequence": 1, "guess": "<b>"}',
    ],
)
def test_what_no_page_sends_is_refused_without_a_fault(hall: Hall, sent: bytes) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.GUESS)
        (phone,) = await joined(hall, live)
        answer = await phone.ask("POST", f"/z/{live.room.code}/post", sent)

        assert answer.status == 400
        assert live.room.rounds[0].guesses == {}

    run(story())


def test_codes_can_be_guessed_ten_times_a_minute(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall)
        stranger = hall.browser("192.0.2.66")
        statuses = [(await stranger.get("/z/AAAAAA")).status for _ in range(11)]
        assert statuses == [404] * 10 + [429]
        assert (await stranger.get(f"/z/{live.room.code}")).status == 429, "a right guess too"
        assert (await hall.browser("192.0.2.67").get(f"/z/{live.room.code}")).status == 200

    run(story())


@pytest.mark.parametrize("rest", ["state", "stream"])
def test_who_is_not_in_hears_the_same_of_a_room_that_is_there_and_one_that_is_not(
    hall: Hall, rest: str
) -> None:
    async def story() -> None:
        _, live = await opened(hall)
        stranger = hall.browser("192.0.2.66")
        there = await stranger.get(f"/z/{live.room.code}/{rest}")
        nowhere = await stranger.get(f"/z/AAAAAA/{rest}")

        assert (there.status, there.text) == (nowhere.status, nowhere.text) == (404, there.text)

    run(story())


def test_nobody_moves_a_room_without_its_key(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        thief = hall.browser()
        for answer in (
            await do(thief, live, do="forward", seen=live.room.moves),
            await thief.get(f"/zaal/{live.room.code}"),
            await thief.get(f"/zaal/{live.room.code}?key=wrong"),
            await thief.get(f"/zaal/{live.room.code}/screen"),
            await thief.get(f"/zaal/{live.room.code}/save"),
        ):
            assert answer.status == 403
        assert live.room.phase is Phase.LOBBY
        assert (await host.get(f"/zaal/{live.room.code}")).status == 200

    run(story())


def test_a_host_who_lost_everything_comes_back_with_the_link(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.SET)
        again = hall.browser("192.0.2.77")
        entered = await again.get(f"/zaal/{live.room.code}?key={live.room.key}")
        assert entered.status == 303
        assert "key" not in entered.headers["location"]
        await do(again, live, do="forward", seen=live.room.moves)

        assert live.room.phase is Phase.FREEZE

    run(story())


def test_pressing_next_twice_moves_once_and_says_so(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        seen = live.room.moves
        await do(host, live, do="forward", seen=seen)
        second = await do(host, live, do="forward", seen=seen)

        assert second.status == 409
        assert live.room.phase is Phase.GUESS

    run(story())


def test_the_whole_state_comes_at_once_and_after_every_move(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        (phone,) = await joined(hall, live)
        async with phone.stream(f"/z/{live.room.code}/stream") as events:
            first = await events.get()
            await do(host, live, do="forward", seen=live.room.moves)
            second = await events.get()
            await do(host, live, do="end")
            last = await events.get()

        assert '"phase":"lobby"' in first
        assert '"phase":"guess"' in second
        assert last.startswith("event: gone")
        assert (await phone.get(f"/z/{live.room.code}/state")).status == 404

    run(story())


def test_a_quiet_line_beats(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.hall.live.BEAT_SECONDS", 0.0)

    async def story() -> None:
        _, live = await opened(hall)
        (phone,) = await joined(hall, live)
        async with phone.stream(f"/z/{live.room.code}/stream") as events:
            await events.get()
            assert (await events.get()).startswith("event: beat")

    run(story())


def test_one_phone_opens_so_many_streams_and_gets_them_back(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall)
        (phone,) = await joined(hall, live)
        url = f"/z/{live.room.code}/stream"
        streams = [phone.stream(url) for _ in range(MOST_STREAMS)]
        for one in streams:
            await (await one.__aenter__()).get()
        assert (await phone.get(url)).status == 429
        for one in streams:
            await one.__aexit__(None, None, None)

        assert live.streams.total() == 0

    run(story())


def test_what_a_participant_types_is_on_no_other_screen_until_the_host_lets_it(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        await joined(hall, live, name="<b>Ada")
        (other,) = await joined(hall, live)
        screen = f"/zaal/{live.room.code}/screen"
        assert "Ada" not in (await host.get(screen)).text
        assert "Ada" not in (await other.get(f"/z/{live.room.code}")).text
        await do(host, live, do="names")

        assert "&lt;b&gt;Ada" in (await host.get(screen)).text

    run(story())


@pytest.mark.parametrize(("n", "is_shown"), [(4, False), (5, True)])
def test_the_screen_shows_nothing_of_fewer_than_five(hall: Hall, n: int, is_shown: bool) -> None:
    async def story() -> None:
        host, live = await opened(hall, Phase.SET)
        for phone in await joined(hall, live, n):
            await post(phone, live, places={LEVER: 3})
        text = (await host.get(f"/zaal/{live.room.code}/screen")).text

        assert ('class="dot"' in text) is is_shown

    run(story())


def test_guesses_are_on_no_screen_before_the_answer(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall, Phase.GUESS)
        for phone in await joined(hall, live, 6):
            await post(phone, live, guess=4)
        screen = f"/zaal/{live.room.code}/screen"
        seen = {}
        while live.room.phase is not Phase.REVEAL:
            seen[live.room.phase] = 'class="dot"' in (await host.get(screen)).text
            await do(host, live, do="forward", seen=live.room.moves)

        assert seen == {Phase.GUESS: False, Phase.SET: False, Phase.FREEZE: False}
        assert (await host.get(screen)).text.count('class="dot"') == 6

    run(story())


def test_a_hidden_picture_is_hidden_on_screen_and_phones(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall, Phase.SET)
        for phone in await joined(hall, live, 5):
            await post(phone, live, places={LEVER: 3})
        await do(host, live, do="hide")

        assert 'class="dot"' not in (await host.get(f"/zaal/{live.room.code}/screen")).text

    run(story())


def test_after_a_restart_a_phone_hears_that_the_room_is_gone_however_often_it_asks(
    hall: Hall,
) -> None:
    async def story() -> None:
        _, live = await opened(hall)
        (phone,) = await joined(hall, live)
        hall.lives.rooms.end(live.room)
        url = f"/z/{live.room.code}/state"

        assert {(await phone.get(url)).status for _ in range(30)} == {404}

    run(story())


def test_a_saved_state_opens_a_room_that_goes_on(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall, Phase.SET)
        for phone in await joined(hall, live, 6, name="Ada"):
            await post(phone, live, places={LEVER: 3})
        await do(host, live, do="forward", seen=live.room.moves)
        text = (await host.get(f"/zaal/{live.room.code}/save")).text
        assert "Ada" not in text
        again = await host.form("/zaal", file=text)
        new = hall.lives.find(again.headers["location"].rpartition("/")[2])

        assert new is not None
        assert (new.room.phase, new.room.tally()) == (Phase.FREEZE, live.room.tally())

    run(story())


def test_a_file_that_is_no_saved_state_is_refused_and_opens_nothing(hall: Hall) -> None:
    async def story() -> None:
        answer = await hall.browser().form("/zaal", file="-")

        assert answer.status == 400
        assert "no saved room" in answer.text
        assert list(hall.lives.rooms) == []

    run(story())


def test_nothing_of_a_rehearsal_can_be_kept(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        await do(host, live, do="practise")
        for rest in ("save", "table", "report"):
            assert (await host.get(f"/zaal/{live.room.code}/{rest}")).status == 403

    run(story())


def test_the_table_and_the_report_have_the_groups_settings(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall, Phase.SET)
        for phone in await joined(hall, live, 6):
            await post(phone, live, places={LEVER: 3})
        await do(host, live, do="forward", seen=live.room.moves)
        csv = (await host.get(f"/zaal/{live.room.code}/table?lang=en")).text
        report = (await host.get(f"/zaal/{live.room.code}/report?lang=en")).text
        paper = (await host.get(f"/zaal/{live.room.code}/paper?lang=en")).text

        assert f"1,choice median,{LEVER}" in csv
        assert "Round 1" in report
        assert "cross one box" in paper

    run(story())


def test_a_page_of_a_phone_is_small_and_asks_nothing_elsewhere(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        await do(
            host,
            live,
            **QUESTION
            | {
                "lever": [
                    "agency_phase_b_months",
                    "course_hours",
                    "web_places_per_100",
                    "extra_education_hours",
                    "newcomer_months_po",
                ]
            },
        )
        (phone,) = await joined(hall, live)
        for _ in range(6):
            page = await phone.get(f"/z/{live.room.code}")
            assert len(page.text.encode()) <= 25_000
            assert "http" not in page.text
            assert "default-src 'none'" in page.headers["content-security-policy"]
            await do(host, live, do="forward", seen=live.room.moves)

    run(story())


@pytest.mark.parametrize(("asked", "accepted"), [("en", b"nl"), ("", b"en-GB,nl;q=0.5")])
def test_a_phone_is_answered_in_its_own_language(hall: Hall, asked: str, accepted: bytes) -> None:
    async def story() -> str:
        _, live = await opened(hall)
        phone = hall.browser()
        scope = phone.scope("GET", f"/z/{live.room.code}?lang={asked}")
        scope["headers"] = [(b"accept-language", accepted)]
        text = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            text.append(message.get("body", b"").decode())

        await hall.app(scope, receive, send)
        return "".join(text)

    assert "Take part" in run(story())


@pytest.mark.parametrize("path", ["/", "/zebra", "/zaalplan", "/static/z"])
def test_everything_else_is_passed_on(hall: Hall, path: str) -> None:
    assert run(hall.browser().get(path)).status == 299


def test_the_screen_has_a_picture_of_an_address_that_phones_reach(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        text = (await host.get(f"/zaal/{live.room.code}/screen")).text
        assert "192.0.2.10:8765/z" in text
        assert "<svg" in text
        await do(host, live, do="address", address="1")

        assert "hall.example:8765/z" in (await host.get(f"/zaal/{live.room.code}/screen")).text

    run(story())


def test_the_host_sees_whether_a_phone_has_reached_this_machine(hall: Hall) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        url = f"/zaal/{live.room.code}?lang=en"
        await hall.browser("127.0.0.1").get("/z")
        await hall.browser("192.0.2.10").get("/z")
        assert "No phone has reached" in (await host.get(url)).text, "only this machine itself"
        await hall.browser("192.0.2.50").get("/z")

        assert "a phone has reached" in (await host.get(url)).text

    run(story())

"""What phones and hosts are answered, with the app asked directly and made-up answers behind it."""

from __future__ import annotations

import asyncio
import json

import pytest

from dashboards.hall.live import MOST_STREAMS
from dashboards.hall.room import MOST_PHONES, Phase
from dashboards.hall.web.phones import LARGEST_POST
from dashboards.serving.guard import Message
from tests.dashboards.hall.conftest import Hall
from tests.dashboards.hall.evening import LEVER, do, joined, opened, post, run


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
        stranger = hall.browser("192.0.2.9")
        asked = [await stranger.form(f"/z/{live.room.code}/join") for _ in range(MOST_PHONES + 5)]
        assert [one.status for one in asked] == [303] * MOST_PHONES + [429] * 5
        hall.clock.seconds += 1
        again = [await stranger.form(f"/z/{live.room.code}/join") for _ in range(25)]
        assert [one.status for one in again] == [303] * 20 + [429] * 5

    run(story())


def test_a_class_behind_one_router_joins_and_chooses_in_the_same_second(hall: Hall) -> None:
    async def story() -> None:
        _, live = await opened(hall, Phase.GUESS)
        crowd = [hall.browser("192.0.2.9") for _ in range(60)]
        joins = [await one.form(f"/z/{live.room.code}/join") for one in crowd]
        guesses = [await post(one, live, 1, guess=1) for one in crowd]
        assert {one.status for one in joins} == {303}
        assert {one.status for one in guesses} == {200}

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

"""What screens show, what may be kept, and what a page is; the app is asked directly."""

from __future__ import annotations

import pytest

from dashboards.figures.scales import OUTCOMES
from dashboards.hall import posed
from dashboards.hall.room import Phase
from dashboards.serving.guard import Message
from tests.dashboards.hall.conftest import QUESTION, Hall
from tests.dashboards.hall.evening import LEVER, do, joined, opened, post, run


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


def test_a_host_who_chooses_too_many_knobs_is_told_so_and_finds_the_choice_again(
    hall: Hall,
) -> None:
    async def story() -> None:
        host, live = await opened(hall)
        asked = {"base": "s05_flex_law", "outcome": OUTCOMES[1], "lever": posed.OFFERED[4:10]}
        page = await host.form(f"/zaal/{live.room.code}/do?lang=nl", do="plan", **asked)
        kept = [f'value="{one}" checked' in page.text for one in posed.OFFERED]

        assert page.status == 400
        assert "Kies 3 tot 5 knoppen; u koos er 6." in page.text
        assert 'value="s05_flex_law" selected' in page.text
        assert f'value="{OUTCOMES[1]}" selected' in page.text
        assert kept == [one in posed.OFFERED[4:10] for one in posed.OFFERED]

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

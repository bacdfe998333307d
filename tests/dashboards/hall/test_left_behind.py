"""What a room leaves behind when it is over: nothing."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter

import pytest

from dashboards.hall.asking import Asking, Found
from dashboards.hall.live import Bell, Live
from dashboards.hall.room import SECONDS, Phase, Phone, Room, Round
from tests.dashboards.hall.conftest import Hall
from tests.dashboards.hall.evening import LEVER, do, joined, opened, post

OF_A_ROOM = (Asking, Bell, Found, Live, Phone, Room, Round)


def kept() -> Counter[str]:
    """Return how many objects of a room there are."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, OF_A_ROOM))


async def evening(hall: Hall, *, is_ended: bool) -> Counter[str]:
    """Live a round to its end with six phones that listen; return what there was meanwhile."""
    host, live = await opened(hall, Phase.SET)
    phones = await joined(hall, live, 6)
    async with phones[0].stream(f"/z/{live.room.code}/stream") as events:
        await events.get()
        for phone in phones:
            await post(phone, live, places={LEVER: 3})
        for _ in range(2):
            await do(host, live, do="forward", seen=live.room.moves)
        (asked,) = live.questions()
        assert asked is not None
        while not live.asking.found(asked).is_over:
            await live.screens.next().wait()
        during = kept()
        if is_ended:
            await do(host, live, do="end")
        else:
            hall.clock.seconds += SECONDS
            live.phones.ring()
        while "gone" not in await events.get():
            pass
    return during


@pytest.mark.parametrize("is_ended", [True, False], ids=["ended", "its time has passed"])
def test_nothing_of_a_room_is_kept_after_its_end(hall: Hall, *, is_ended: bool) -> None:
    before = kept()

    during = asyncio.run(evening(hall, is_ended=is_ended))

    assert during["Phone"] - before["Phone"] == 6
    assert during["Found"] - before["Found"] == 1
    assert kept() == before

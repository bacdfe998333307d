"""A page that is gone leaves nothing that waits for an answer."""

import asyncio
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

from dashboards.service.use_answer import Found, _follow

SOON = 10


def test_whoever_follows_an_answer_ends_with_the_page_though_nothing_more_comes() -> None:
    job: Any = SimpleNamespace(
        changed=Future(), is_over=False, fault=None, shown=SimpleNamespace(n=0)
    )
    left: Future[None] = Future()
    told: Any = None
    question: Any = None

    async def page() -> bool:
        following = asyncio.ensure_future(_follow(job, question, told, Found(), left))
        await asyncio.sleep(0)
        is_waiting = not following.done()
        left.set_result(None)
        await asyncio.wait_for(following, SOON)
        return is_waiting

    assert asyncio.run(page())
    assert not job.changed.done()

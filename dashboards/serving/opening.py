"""What is answered while the model is being loaded: that it is, at once, and again every moment.

The socket listens from the first moment on; what is slow happens in a thread beside it. Then the
pages take over, and begin and end as ASGI apps do (lifespan).
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from threading import Thread

from dashboards.serving.door import plain_page
from dashboards.serving.guard import App, Message, Receive, Scope, Send, answer, refuse
from dashboards.texts import LANGUAGES, Texts, texts
from model.kernel.compile import Compiling, listening

LOADING = 503
POLICY = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_AGAIN = '<meta http-equiv="refresh" content="2">'


class Opening:
    """Answers "loading", or what part of the model is compiled, until `make` has given the app.

    `ready` is called when the app has begun. When `make` or the app fails to, or `ready` does,
    `failed` is called with the error.
    """

    def __init__(
        self,
        make: Callable[[], App],
        *,
        ready: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._make, self._ready, self._failed = make, ready, failed
        self._app: App | None = None
        self._at: Compiling | None = None
        self._life: asyncio.Task[None] | None = None
        self._told: asyncio.Queue[Message] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse(scope, send, LOADING)
        else:
            more = [
                (b"retry-after", b"2"),
                (b"content-security-policy", b"default-src 'self'; style-src 'unsafe-inline'"),
            ]
            await answer(send, LOADING, _page(self._at), "text/html; charset=utf-8", more)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        opening = asyncio.ensure_future(self._open(scope))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        opening.cancel()
        if self._app is not None and self._life is not None:
            await self._told.put({"type": "lifespan.shutdown"})
            await self._life
        await send({"type": "lifespan.shutdown.complete"})

    def _hear(self, at: Compiling) -> None:
        self._at = at

    async def _open(self, scope: Scope) -> None:
        try:
            with listening(self._hear):
                app = await _beside(self._make)
            begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()

            async def sending(message: Message) -> None:
                if message["type"] == "lifespan.startup.complete":
                    begun.set_result(None)
                elif message["type"] == "lifespan.startup.failed":
                    begun.set_exception(RuntimeError(message.get("message", "")))

            await self._told.put({"type": "lifespan.startup"})
            self._life = asyncio.ensure_future(app(scope, self._told.get, sending))
            await begun
            self._app = app
            self._ready()
        except Exception as error:  # noqa: BLE001 - whoever started the server must hear of it
            self._failed(error)


async def _beside(make: Callable[[], App]) -> App:
    """Return what `make` gives, made in a thread that nobody waits for when the program ends."""
    loop = asyncio.get_running_loop()
    made: asyncio.Future[App] = loop.create_future()

    def settle(app: App | None, error: BaseException | None) -> None:
        if made.cancelled():
            return
        if app is not None:
            made.set_result(app)
        else:
            made.set_exception(error or RuntimeError("nothing was made"))

    def work() -> None:
        app, error = None, None
        try:
            app = make()
        except BaseException as found:  # noqa: BLE001 - it belongs to who waits
            error = found
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, app, error)

    Thread(target=work, name="veerkracht-opening", daemon=True).start()
    return await made


def _page(at: Compiling | None) -> bytes:
    told = (f'<p lang="{one}">{html.escape(_told(texts(one), at))}</p>' for one in LANGUAGES)
    return plain_page("".join(told), _AGAIN)


def _told(t: Texts, at: Compiling | None) -> str:
    if at is None:
        return t("door.loading")
    return t(
        "compiling.page", part=t(f"compiling.{at.part}"), share=t.number(round(100 * at.share))
    )

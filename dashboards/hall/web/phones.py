"""What phones ask: the page, joining, events down and posts up. It stands before the door.

Who has no token of a room hears the same of a room that is there and of one that is not, so that
codes can only be guessed where guesses are counted.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, Router

from dashboards.hall import view
from dashboards.hall.live import MOST_STREAMS, Live, Lives, events
from dashboards.hall.room import MOST_PHONES, SECONDS, TABLES, Phase, Post, Refused, Why
from dashboards.hall.web.pages import (
    EVENTS,
    FULL,
    GONE,
    PASSED,
    TOO_LARGE,
    TOO_MANY,
    WRONG,
    body,
    language,
    page,
    part,
    sealed,
    see_other,
)
from dashboards.hall.web.reach import is_loopback
from dashboards.serving.door import GUESSES, Limit
from dashboards.serving.guard import App, Receive, Scope, Send
from dashboards.texts import LANGUAGES, Texts

COOKIE = "veerkracht-hall"
LARGEST_POST = 1024
MOST_SLIDERS_SENT = 5
POSTS_OF_A_PHONE = (2.0, 2.0)
POSTS_OF_AN_ADDRESS = (20.0, float(MOST_PHONES))
"""Posts a second, and at once. Behind the router of a school a whole room is one address: all its
phones may join or choose in the same second, and go on at the rate that one address has."""

STATUS = {Why.UNKNOWN: GONE, Why.PASSED: PASSED, Why.FULL: FULL, Why.WRONG: WRONG}


class Phones:
    """Wraps an ASGI app: answers everything under `/z`, and passes on everything else."""

    def __init__(
        self,
        app: App,
        lives: Lives,
        *,
        root_path: str = "",
        own: Collection[str] = (),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._lives, self._root_path, self._own = app, lives, root_path, own
        self._of_phone = Limit(*POSTS_OF_A_PHONE, now)
        self._of_address = Limit(*POSTS_OF_AN_ADDRESS, now)
        self._guesses = Limit(*GUESSES, now)
        self._router = Router(
            [
                Route("/z", self._entry),
                Route("/z/{code}", self._page),
                Route("/z/{code}/join", self._join, methods=["POST"]),
                Route("/z/{code}/state", self._state),
                Route("/z/{code}/stream", self._stream),
                Route("/z/{code}/post", self._post, methods=["POST"]),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a phone, or pass the request on."""
        path = scope.get("path", "")
        if scope["type"] == "http" and (path == "/z" or path.startswith("/z/")):
            client = _address(scope)
            if client and client not in self._own and not is_loopback(client):
                self._lives.has_been_reached = True
            await self._router(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _entry(self, request: Request) -> Response:
        code = request.query_params.get("code", "")
        if not code:
            return self._ask(language(request))
        live, refusal = self._guessed(code, request)
        if live is None:
            return refusal or self._ask(language(request), "code", GONE)
        return see_other(self._place(live.room.code, request))

    async def _page(self, request: Request) -> Response:
        live, refusal = self._guessed(request.path_params["code"], request)
        t = language(request)
        if live is None:
            return refusal or self._ask(t, "code", GONE)
        token = request.cookies.get(COOKIE, "")
        return self._shown(live, token, t)

    def _shown(
        self, live: Live, token: str, t: Texts, *, why: str = "", status: int = 200
    ) -> Response:
        is_in = token in live.room.phones
        state = self._seen(live, token, t) if is_in else _empty(live, t, why)
        other = next(one for one in LANGUAGES if one != t.language)
        return page(
            "phone",
            t,
            status=status,
            state=state,
            is_in=is_in,
            root=self._root_path,
            code=live.room.code,
            other=other,
            heard=t.part("hall.why"),
        )

    async def _join(self, request: Request) -> Response:
        t = language(request)
        live, refusal = self._guessed(request.path_params["code"], request)
        if live is None:
            return refusal or self._ask(t, "code", GONE)
        if not self._of_address.allows(_address(request.scope)):
            return self._ask(t, "many", TOO_MANY)
        sent = await body(request, LARGEST_POST)
        if sent is None:
            return self._shown(live, "", t, why="wrong", status=TOO_LARGE)
        fields = parse_qs(sent.decode("utf-8", "replace"), max_num_fields=10)
        name, table = (fields.get(one, [""])[0] for one in ("name", "table"))
        token = request.cookies.get(COOKIE, "")
        if token not in live.room.phones:
            token = secrets.token_urlsafe(16)
        try:
            live.room.join(token, name, int(table) if table.isdecimal() else 0)
        except Refused as refused:
            why = refused.why
            return self._shown(live, "", t, why=why.value, status=STATUS[why])
        live.screens.ring()
        answer = see_other(self._place(live.room.code, request))
        answer.set_cookie(
            COOKIE,
            token,
            max_age=int(SECONDS),
            path=f"{self._root_path}/z/{live.room.code}",
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _state(self, request: Request) -> Response:
        found = self._known(request)
        if found is None:
            return _refused(Why.UNKNOWN)
        live, token = found
        return JSONResponse(self._seen(live, token, language(request)))

    async def _stream(self, request: Request) -> Response:
        found = self._known(request)
        if found is None:
            return _refused(Why.UNKNOWN)
        live, token = found
        if live.streams[token] >= MOST_STREAMS:
            return JSONResponse({"why": "many"}, TOO_MANY)
        t = language(request)

        async def told() -> AsyncIterator[str]:
            live.streams[token] += 1
            try:
                async for event in events(
                    lambda: sealed(self._seen(live, token, t)),
                    live.phones,
                    lambda: self._lives.is_open(live) and token in live.room.phones,
                ):
                    yield event
            finally:
                live.streams[token] -= 1

        return StreamingResponse(told(), media_type=EVENTS, headers={"cache-control": "no-store"})

    async def _post(self, request: Request) -> Response:
        found = self._known(request)
        if found is None:
            return _refused(Why.UNKNOWN)
        live, token = found
        if not (self._of_phone.allows(token) and self._of_address.allows(_address(request.scope))):
            return JSONResponse({"why": "many"}, TOO_MANY)
        sent = await body(request, LARGEST_POST)
        if sent is None:
            return JSONResponse({"why": "wrong"}, TOO_LARGE)
        try:
            # The body may have taken a while: what counts is the phase in which it is whole.
            is_new = live.room.post(token, read(sent))
        except Refused as refused:
            return _refused(refused.why)
        if is_new:
            live.screens.ring()
            if live.room.round is not None and live.room.round.asked.by_table:
                live.phones.ring()
        last = live.room.phones[token].last.get(live.room.at, 0)
        return JSONResponse({"counted": is_new, "sequence": last})

    def _known(self, request: Request) -> tuple[Live, str] | None:
        live = self._lives.find(request.path_params["code"])
        token = request.cookies.get(COOKIE, "")
        return None if live is None or token not in live.room.phones else (live, token)

    def _guessed(self, code: str, request: Request) -> tuple[Live | None, Response | None]:
        """Return the room with a code that may be a guess; who guesses too often is refused."""
        live = self._lives.find(code)
        is_in = live is not None and request.cookies.get(COOKIE, "") in live.room.phones
        if is_in:
            return live, None
        if not self._guesses.is_left(_address(request.scope)):
            return None, self._ask(language(request), "many", TOO_MANY)
        if live is None:
            self._guesses.allows(_address(request.scope))
        return live, None

    def _ask(self, t: Texts, why: str = "", status: int = 200) -> Response:
        other = next(one for one in LANGUAGES if one != t.language)
        told = t(f"hall.why.{why}") if why else ""
        return page("entry", t, status=status, why=told, root=self._root_path, other=other)

    def _place(self, code: str, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        return f"{self._root_path}/z/{code}" + (f"?lang={asked}" if asked in LANGUAGES else "")

    def _seen(self, live: Live, token: str, t: Texts) -> Mapping[str, Any]:
        """Return the whole state of a phone; its page is made anew when `key` changes."""
        row = view.phone(live, token, self._lives.scenarios, t)
        html = part("phone_main", t, row=row, tables=range(1, TABLES + 1))
        room = live.room
        is_open = room.phase in {Phase.GUESS, Phase.SET}
        digest = hashlib.sha256(html.encode()).hexdigest()[:12]
        return {
            "key": f"{room.at} {room.phase}" if is_open else digest,
            "at": room.at,
            "phase": room.phase.value,
            "sequence": room.phones[token].last.get(room.at, 0),
            "guess": room.guess(token),
            "places": dict(room.places(token)),
            "html": html,
        }


def _empty(live: Live, t: Texts, why: str) -> Mapping[str, Any]:
    told = t(f"hall.why.{why}") if why else ""
    by_table = live.room.planned is not None and live.room.planned.by_table
    html = part(
        "phone_join",
        t,
        why=told,
        kept=t("hall.kept"),
        tables=range(1, TABLES + 1),
        by_table=by_table,
    )
    return {"key": "", "html": html}


def _refused(why: Why) -> Response:
    return JSONResponse({"why": why.value}, STATUS[why])


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


def read(sent: bytes) -> Post:
    """Return what a phone posted; raises Refused for what no page of ours sends."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        raise Refused(Why.WRONG) from None
    guess: int | None = None
    places: dict[str, int] = {}
    match found:
        case {"at": int(at), "phase": str(phase), "sequence": int(sequence), "guess": int(one)}:
            guess = one
        case {"at": int(at), "phase": str(phase), "sequence": int(sequence), "places": dict(all_)}:
            places = all_
        case _:
            raise Refused(Why.WRONG)
    is_right = (
        phase in Phase.__members__.values()
        and len(places) <= MOST_SLIDERS_SENT
        and all(type(one) is int for one in places.values())
        and 0 < sequence < 1 << 31
    )
    if not is_right:
        raise Refused(Why.WRONG)
    return Post(at=at, phase=Phase(phase), sequence=sequence, guess=guess, places=places)

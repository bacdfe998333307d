"""What a host asks: opening a room, moving it, the big screen, and what is kept of it.

It stands behind the door: who may open pages here may open a room. The host's key is a cookie, and
a link for another device of the host.
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Callable, Mapping
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, Router

from dashboards.figures.scales import OUTCOMES, SCALES
from dashboards.hall import posed, view
from dashboards.hall.asked import FEWEST_SLIDERS, MOST_SLIDERS, SlidersError
from dashboards.hall.live import Live, Lives, events
from dashboards.hall.room import COUNTED, SECONDS, Phase, Refused, Room
from dashboards.hall.saved import Row, restore, rows, saved, table
from dashboards.hall.web import WAY_IN
from dashboards.hall.web.pages import (
    EVENTS,
    FORBIDDEN,
    FULL,
    PASSED,
    TOO_LARGE,
    WRONG,
    body,
    language,
    page,
    part,
    sealed,
    see_other,
)
from dashboards.hall.web.reach import Place, picture
from dashboards.pages.words import title
from dashboards.serving.guard import App, Receive, Scope, Send
from dashboards.texts import LANGUAGES, Texts
from model.errors import InputError

COOKIE = "veerkracht-host"
LARGEST_FORM = 1 << 16
MOST_FIELDS = 40


class Hosts:
    """Wraps an ASGI app: answers everything under `/zaal`, and passes on everything else."""

    def __init__(self, app: App, lives: Lives, place: Place) -> None:
        self._app, self._lives, self._place = app, lives, place
        self._root = place.root_path
        self._router = Router(
            [
                Route(WAY_IN, self._start),
                Route(WAY_IN, self._open, methods=["POST"]),
                Route("/zaal/{code}", self._host),
                Route("/zaal/{code}/do", self._do, methods=["POST"]),
                Route("/zaal/{code}/stream", self._stream),
                Route("/zaal/{code}/screen", self._screen),
                Route("/zaal/{code}/screen/stream", self._screen_stream),
                Route("/zaal/{code}/save", self._save),
                Route("/zaal/{code}/table", self._table),
                Route("/zaal/{code}/report", self._report),
                Route("/zaal/{code}/paper", self._paper),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a host, or pass the request on."""
        path = scope.get("path", "")
        if scope["type"] == "http" and (path == WAY_IN or path.startswith(f"{WAY_IN}/")):
            await self._router(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _start(self, request: Request) -> Response:
        return self._started(request)

    def _started(self, request: Request, why: str = "", status: int = 200) -> Response:
        t = language(request)
        other = next(one for one in LANGUAGES if one != t.language)
        return page("start", t, status=status, why=why, root=self._root, other=other)

    async def _open(self, request: Request) -> Response:
        sent = await body(request, LARGEST_FORM)
        t = language(request)
        if sent is None:
            return self._started(request, t("hall.why.wrong"), TOO_LARGE)
        text = _fields(sent).get("file", [""])[0]
        try:
            live = self._lives.open()
        except Refused as refused:
            return self._started(request, t(f"hall.why.{refused.why}"), FULL)
        if text:
            try:
                restore(live.room, text, lambda asked: posed.checked(asked, self._lives.scenarios))
            except InputError as error:
                self._lives.end(live)
                return self._started(request, str(error), WRONG)
            live.moved()
        return self._entered(live, request)

    def _entered(self, live: Live, request: Request) -> Response:
        answer = see_other(self._at(live.room, request))
        answer.set_cookie(
            COOKIE,
            live.room.key,
            max_age=int(SECONDS),
            path=f"{self._root}/zaal/{live.room.code}",
            httponly=True,
            samesite="strict",
        )
        return answer

    def _at(self, room: Room, request: Request, rest: str = "") -> str:
        asked = request.query_params.get("lang", "")
        query = f"?lang={asked}" if asked in LANGUAGES else ""
        return f"{self._root}/zaal/{room.code}{rest}{query}"

    def _mine(self, request: Request) -> Live | None:
        """Return the room of a host who has its key."""
        live = self._lives.find(request.path_params["code"])
        given = request.cookies.get(COOKIE, "")
        is_host = live is not None and hmac.compare_digest(given.encode(), live.room.key.encode())
        return live if is_host else None

    def _not_mine(self, request: Request) -> Response:
        return self._started(request, language(request)("hall.start.old"), FORBIDDEN)

    async def _host(self, request: Request) -> Response:
        live, key = self._lives.find(request.path_params["code"]), request.query_params.get("key")
        if live is not None and key is not None:
            is_host = hmac.compare_digest(key.encode(), live.room.key.encode())
            return self._entered(live, request) if is_host else self._not_mine(request)
        live = self._mine(request)
        return self._not_mine(request) if live is None else self._hosted(live, request)

    def _hosted(
        self,
        live: Live,
        request: Request,
        why: str = "",
        status: int = 200,
        *,
        refused: Mapping[str, list[str]] | None = None,
    ) -> Response:
        """Return the page of the host; a plan that was `refused` stands in its form as it came."""
        t, room = language(request), live.room
        addresses = self._place.addresses
        planned = room.planned
        scenarios = self._lives.scenarios
        chosen = planned or posed.posed(
            "s01_reference", OUTCOMES[0], posed.OFFERED[:3], scenarios, by_table=False
        )
        names = [one.name for one in chosen.sliders]
        form = {"outcome": [chosen.outcome], "base": [chosen.base], "lever": names}
        form["by_table"] = ["1"] if chosen.by_table else []
        if refused is not None:
            form = {name: refused.get(name, []) for name in form}
        return page(
            "host",
            t,
            status=status,
            why=why,
            root=self._root,
            room=room,
            lines=view.host(live, t),
            titles={one.value: t(f"hall.phase.{one}") for one in Phase},
            other=next(one for one in LANGUAGES if one != t.language),
            bases=[(name, title(one, t)) for name, one in scenarios.items()],
            outcomes=[(name, t(f"told.{name}.what")) for name in OUTCOMES],
            levers=[
                (name, t(f"board.lever.{name}"), name in form["lever"]) for name in posed.OFFERED
            ],
            form=form,
            planned="" if planned is None else self._planned(t, planned.outcome, names),
            addresses=addresses,
            address=min(live.address, max(len(addresses) - 1, 0)),
            is_local=self._place.is_local,
            firewall=t("hall.host.firewall", port=str(self._place.port)),
            reached=self._lives.has_been_reached,
            key=f"{self._root}/zaal/{room.code}?key={quote(room.key)}",
            verken=self._verken(live, t),
            is_counted=room.phase in COUNTED,
        )

    def _planned(self, t: Texts, outcome: str, names: list[str]) -> str:
        levers = "; ".join(t(f"board.lever.{one}") for one in names)
        return t("hall.host.planned", what=t(f"told.{outcome}.what"), levers=levers)

    def _verken(self, live: Live, t: Texts) -> str:
        current, counted = live.room.round, live.room.tally()
        if current is None or counted is None or live.room.phase not in COUNTED:
            return ""
        asked, scenarios = current.asked, self._lives.scenarios
        if posed.question(asked, counted.group, scenarios) is None:
            return ""
        return f"{self._root}/?{posed.address(asked, counted.group, scenarios, t.language)}"

    async def _do(self, request: Request) -> Response:
        live = self._mine(request)
        if live is None:
            return self._not_mine(request)
        t, sent = language(request), await body(request, LARGEST_FORM)
        given = {} if sent is None else _fields(sent)
        try:
            is_over = self._done(live, given)
        except Refused as refused:
            told = "hall.host.moved" if refused.why.value == "passed" else f"hall.why.{refused.why}"
            return self._hosted(live, request, t(told), PASSED)
        except SlidersError:
            n = {"least": str(FEWEST_SLIDERS), "most": str(MOST_SLIDERS)}
            told = t("hall.host.sliders", n=str(len(given.get("lever", ()))), **n)
            return self._hosted(live, request, told, WRONG, refused=given)
        except InputError as error:
            return self._hosted(live, request, str(error), WRONG)
        return (
            see_other(f"{self._root}/zaal") if is_over else see_other(self._at(live.room, request))
        )

    def _done(self, live: Live, given: Mapping[str, list[str]]) -> bool:
        """Do what a form of the host says; return whether the room is closed."""
        room, what = live.room, given.get("do", [""])[0]
        seen = given.get("seen", [""])[0]
        moves = int(seen) if seen.isdecimal() else -1
        deeds: dict[str, Callable[[], object]] = {
            "forward": lambda: room.forward(moves),
            "back": lambda: room.back(moves),
            "hide": lambda: setattr(room, "hidden", not room.hidden),
            "names": lambda: setattr(room, "names_shown", not room.names_shown),
            "practise": lambda: room.rehearse(wanted=not room.rehearsing),
            "address": lambda: setattr(live, "address", _number(given, self._place.addresses)),
            "plan": lambda: room.plan(
                posed.posed(
                    given.get("base", [""])[0],
                    given.get("outcome", [""])[0],
                    given.get("lever", []),
                    self._lives.scenarios,
                    by_table="by_table" in given,
                )
            ),
        }
        if what == "end":
            self._lives.end(live)
            return True
        if what not in deeds:
            raise InputError(f"'{what[:20]}' is nothing a room does.")
        deeds[what]()
        live.moved()
        return False

    async def _stream(self, request: Request) -> Response:
        live, t = self._mine(request), language(request)
        if live is None:
            return self._not_mine(request)
        return self._events(
            live,
            lambda: {
                "moves": live.room.moves,
                "html": part("host_live", t, lines=view.host(live, t)),
            },
        )

    async def _screen_stream(self, request: Request) -> Response:
        live, t = self._mine(request), language(request)
        if live is None:
            return self._not_mine(request)
        return self._events(live, lambda: {"html": self._on_screen(live, t)})

    def _events(self, live: Live, state: Callable[[], Mapping[str, object]]) -> Response:
        async def told() -> AsyncIterator[str]:
            async for event in events(
                lambda: sealed(state()), live.screens, lambda: self._lives.is_open(live)
            ):
                yield event

        return StreamingResponse(told(), media_type=EVENTS, headers={"cache-control": "no-store"})

    async def _screen(self, request: Request) -> Response:
        live, t = self._mine(request), language(request)
        if live is None:
            return self._not_mine(request)
        html = self._on_screen(live, t)
        return page("screen", t, html=html, root=self._root, code=live.room.code)

    def _on_screen(self, live: Live, t: Texts) -> str:
        addresses = self._place.addresses
        address = addresses[min(live.address, len(addresses) - 1)] if addresses else ""
        qr = picture(f"{address}/{live.room.code}") if address else ""
        row = view.screen(live, self._lives.scenarios, t)
        shown = address.removeprefix("http://")
        return part("screen_main", t, row=row, code=live.room.code, address=shown, qr=qr)

    def _kept(self, request: Request) -> Live | None:
        """Return the room of a host of which something may be kept."""
        live = self._mine(request)
        return None if live is None or live.room.rehearsing else live

    async def _save(self, request: Request) -> Response:
        live = self._kept(request)
        if live is None:
            return self._not_mine(request)
        return _file(saved(live.room), f"zaal-{live.room.code}.json", "application/json")

    async def _table(self, request: Request) -> Response:
        live = self._kept(request)
        if live is None:
            return self._not_mine(request)
        t, found = language(request), []
        for at, one in enumerate(live.room.rounds[: self._counted(live.room)]):
            counted = live.room.tally(at)
            if counted is not None:
                values = {slider.name: posed.values(slider, t) for slider in one.asked.sliders}
                found += rows(at, counted, values, posed.guesses(one.asked.outcome, t))
                found += self._answer_rows(live, at)
        return _file(table(found), f"zaal-{live.room.code}.csv", "text/csv")

    def _answer_rows(self, live: Live, at: int) -> list[Row]:
        """Return the answers of a round that are worked out, in the stored unit."""
        outcome = live.room.rounds[at].asked.outcome
        found = []
        for k, asked in enumerate(live.questions(at)):
            sums = None if asked is None else live.asking.found(asked).sums
            if sums is not None:
                look = sums.look(outcome)
                value, low, high = (
                    f"{one:.6g}" for one in (look.answer.value, look.answer.low, look.answer.high)
                )
                found.append(
                    Row(
                        round=at + 1,
                        part=f"answer cluster {k}" if k else "answer group",
                        name=outcome,
                        value=value,
                        low=low,
                        high=high,
                        note=f"{look.word}, {sums.n} replicates",
                    )
                )
        return found

    def _counted(self, room: Room) -> int:
        return room.at + (1 if room.phase in COUNTED else 0)

    async def _report(self, request: Request) -> Response:
        live = self._kept(request)
        if live is None:
            return self._not_mine(request)
        t, found = language(request), []
        for at, one in enumerate(live.room.rounds[: self._counted(live.room)]):
            counted = live.room.tally(at)
            if counted is not None:
                row = view.asked_row(one.asked, self._lives.scenarios, t)
                row["spreads"] = view.spreads(one.asked, counted, t)
                found.append(
                    row
                    | view.answers(live, at, counted, t)
                    | {"title": t("hall.report.round", n=str(at + 1))}
                )
        return page("report", t, rounds=found, screen=t.part("hall.screen"))

    async def _paper(self, request: Request) -> Response:
        live = self._mine(request)
        if live is None:
            return self._not_mine(request)
        t, room = language(request), live.room
        asked = room.planned if room.round is None else room.round.asked
        if asked is None:
            return self._hosted(live, request, t("hall.why.unplanned"), PASSED)
        row = view.asked_row(asked, self._lives.scenarios, t)
        row["sliders"] = [view.phone_slider(one, None, t) for one in asked.sliders]
        return page("paper", t, row=row, many=SCALES[asked.outcome].many)


def _fields(sent: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(sent.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}


def _number(given: Mapping[str, list[str]], known: tuple[str, ...]) -> int:
    text = given.get("address", [""])[0]
    if not text.isdecimal() or int(text) >= len(known):
        raise InputError("This address is not there.")
    return int(text)


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return PlainTextResponse(text, media_type=kind, headers=headers)

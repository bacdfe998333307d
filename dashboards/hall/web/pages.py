"""How a page of the hall is made: a template, words in a language, and a strict policy."""

from __future__ import annotations

import json
import secrets
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.figures import tokens
from dashboards.texts import LANGUAGES, Texts, texts

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self';"
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WORDS = ("hall.phone", "hall.screen", "hall.host", "hall.start", "hall.paper", "hall.report")
EVENTS = "text/event-stream"
OK, SEE_OTHER, WRONG, FORBIDDEN, GONE, PASSED, TOO_LARGE, TOO_MANY, FULL = (
    200, 303, 400, 403, 404, 409, 413, 429, 503,
)  # fmt: skip


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def part(name: str, t: Texts, **values: Any) -> str:  # noqa: ANN401 - a template takes anything
    """Return a piece of a page."""
    kind = name.partition("_")[0]
    return _templates().get_template(f"{name}.html").render(w=_words(kind, t), **values)


def page(name: str, t: Texts, *, status: int = OK, **values: Any) -> Response:  # noqa: ANN401
    """Return a whole page, whose scripts and styles are those of the template alone."""
    nonce = secrets.token_urlsafe(16)
    text = part(name, t, lang=t.language, nonce=nonce, tokens=tokens.css(), **values)
    headers = {
        "content-security-policy": POLICY.format(nonce=nonce),
        "cache-control": "no-store",
    }
    return HTMLResponse(text, status, headers)


def _words(kind: str, t: Texts) -> dict[str, str]:
    name = f"hall.{kind}"
    return t.part(name if name in WORDS else WORDS[0])


def see_other(address: str) -> Response:
    """Send the browser to another page, which it asks for anew."""
    return Response(status_code=SEE_OTHER, headers={"location": address})


def language(request: Request) -> Texts:
    """Return the texts in the language that is asked for: by the address, else by the browser."""
    wanted = [request.query_params.get("lang", "")]
    accepted = request.headers.get("accept-language", "")[:200]
    wanted += [one.partition(";")[0].strip()[:2].lower() for one in accepted.split(",")]
    return texts(next((one for one in wanted if one in LANGUAGES), LANGUAGES[0]))


def sealed(value: object) -> str:
    """Return a value as JSON on one line, as an event holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def body(request: Request, most: int) -> bytes | None:
    """Return what was sent; None if it is larger than allowed."""
    found = b""
    async for piece in request.stream():
        found += piece
        if len(found) > most:
            return None
    return found

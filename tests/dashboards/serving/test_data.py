"""Numbers over HTTP: those of an answer that is there, and nothing else."""

import asyncio
from typing import Any, NamedTuple

import pytest

from dashboards.serving.data import Data

KEY = "0123456789ab"


class Kept(NamedTuple):
    """A file that is there."""

    name: str
    kind: str
    content: bytes


def asked(path: str, method: str = "GET") -> tuple[int, bytes, dict[bytes, bytes]]:
    """Return status, body and headers of what is answered; 299 is the app behind."""
    sent: list[dict[str, Any]] = []

    async def app(_scope: object, _receive: object, send: Any) -> None:  # noqa: ANN401
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    async def send(message: Any) -> None:  # noqa: ANN401
        sent.append(message)

    async def receive() -> Any:  # noqa: ANN401
        return {"type": "http.request"}

    def csv(key: str, outcome: str) -> bytes | None:
        return f"{outcome},1\n".encode() if key == KEY else None

    def proved(key: str, outcome: str) -> bytes | None:
        return f"PK {outcome}".encode() if key == KEY else None

    def files(key: str, kind: str, language: str) -> Kept | None:
        is_there = key == KEY and kind == "csv_nl" and language == "nl"
        return Kept("numbers.zip", "application/zip", b"PK") if is_there else None

    scope = {"type": "http", "method": method, "path": path}
    asyncio.run(Data(app, {"csv": csv, "zip": proved}, files)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"], dict(sent[0]["headers"])


def test_numbers_come_as_a_file_with_a_name_of_their_own() -> None:
    status, body, headers = asked(f"/data/{KEY}/forced_moves.csv")

    assert (status, body) == (200, b"forced_moves,1\n")
    assert headers[b"content-type"] == b"text/csv; charset=utf-8"
    assert b"veerkracht-forced_moves-0123456789ab.csv" in headers[b"content-disposition"]


def test_numbers_with_their_proof_come_as_an_archive() -> None:
    status, body, headers = asked(f"/data/{KEY}/forced_moves.zip")

    assert (status, body) == (200, b"PK forced_moves")
    assert headers[b"content-type"] == b"application/zip"
    assert b"veerkracht-forced_moves-0123456789ab.zip" in headers[b"content-disposition"]


def test_an_answer_that_is_not_there_is_not_found() -> None:
    assert asked("/data/ffffffffffff/forced_moves.csv")[0] == 404


def test_a_file_comes_with_its_name_and_kind() -> None:
    status, body, headers = asked(f"/data/{KEY}/take/csv_nl-nl")

    assert (status, body) == (200, b"PK")
    assert headers[b"content-type"] == b"application/zip"
    assert headers[b"content-disposition"] == b'attachment; filename="numbers.zip"'


@pytest.mark.parametrize("path", ["ffffffffffff/take/csv_nl-nl", f"{KEY}/take/gold-nl"])
def test_a_file_that_is_not_there_is_not_found(path: str) -> None:
    assert asked(f"/data/{path}")[0] == 404


@pytest.mark.parametrize(
    "path", ["/", "/data/", f"/data/{KEY}/../x.csv", f"/data/{KEY}/a b.csv", "/data/XYZ/a.csv"]
)
def test_everything_else_is_passed_on(path: str) -> None:
    assert asked(path)[0] == 299


def test_nothing_can_be_sent_there() -> None:
    assert asked(f"/data/{KEY}/forced_moves.csv", "POST")[0] == 299

"""What may come through a socket: the messages of widgets, and nothing that costs gigabytes."""

import json
import struct
from typing import Any

import pytest

from dashboards.serving.frames import fault_of


def message(kind: str = "comm_msg", **changes: object) -> dict[str, Any]:
    whole = {
        "header": {"msg_type": kind, "msg_id": "1"},
        "parent_header": {},
        "channel": "shell",
        "content": {"comm_id": "c", "target_name": "jupyter.widget", "data": {"method": "update"}},
    }
    return whole | changes


def text(content: object) -> dict[str, Any]:
    return {"type": "websocket.receive", "text": json.dumps(content)}


def binary(*parts: bytes) -> dict[str, Any]:
    """Return a frame as Solara's own client makes it."""
    places, at = [], 4 * (len(parts) + 1)
    for part in parts:
        places.append(at)
        at += len(part)
    head = struct.pack(f"!{len(parts) + 1}I", len(parts), *places)
    return {"type": "websocket.receive", "bytes": head + b"".join(parts)}


@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "comm_close", "comm_info_request"])
def test_the_messages_of_widgets_pass(kind: str) -> None:
    assert fault_of(text(message(kind))) is None
    assert fault_of(binary(json.dumps(message(kind)).encode(), b"a buffer")) is None


def test_what_ends_a_socket_passes() -> None:
    assert fault_of({"type": "websocket.disconnect", "code": 1001}) is None


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x60\x00\x00\x00" + b"x" * 6,
        b"\x00\x00\x00\x00" + b"x" * 6,
        b"\xff\xff\xff\xff" + b"x" * 6,
        struct.pack("!3I", 2, 12, 8) + b"{}",
        struct.pack("!2I", 1, 4_000_000_000) + b"{}",
        struct.pack("!2I", 1, 8) + b"\xff\xfe",
    ],
)
def test_binary_nonsense_is_refused_before_anything_is_unpacked(frame: bytes) -> None:
    assert fault_of({"type": "websocket.receive", "bytes": frame}) is not None


@pytest.mark.parametrize(
    "content",
    [
        [],
        7,
        {},
        message("execute_request"),
        message(header=None),
        message(header={}),
        message(header={"msg_type": ["comm_msg"]}),
        message(content=[]),
        message(channel=None),
        message(content={"comm_id": 1}),
        message(content={"comm_id": "c", "data": []}),
        message("comm_open", content={"comm_id": "c"}),
    ],
)
def test_other_messages_are_refused(content: object) -> None:
    assert fault_of(text(content)) is not None


@pytest.mark.parametrize("nonsense", ["", "{", "[" * 100_000, "NaN,"])
def test_what_is_no_json_is_refused(nonsense: str) -> None:
    assert fault_of({"type": "websocket.receive", "text": nonsense}) is not None

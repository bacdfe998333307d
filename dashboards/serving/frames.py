"""What a browser may send through the socket of a page: the messages of Jupyter's widgets.

Solara trusts them: ten bytes that promise a thousand million parts cost it gigabytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import MutableMapping
from typing import Any

KINDS = frozenset(
    {
        "kernel_info_request",
        "comm_open",
        "comm_msg",
        "comm_close",
        "comm_info_request",
        "shutdown_request",
    }
)
MOST_PARTS = 64
"""A message and its binary parts; the pages send none of the latter."""

_WORD = 4


def fault_of(message: MutableMapping[str, Any]) -> str | None:
    """Return what is wrong with a websocket message (ASGI), None for one that may pass."""
    if message.get("type") != "websocket.receive":
        return None
    text, binary = message.get("text"), message.get("bytes")
    if text is None:
        text, fault = _first_part(binary or b"")
        if fault is not None:
            return fault
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return "a frame that is no JSON"
    return _fault_of_content(found)


def _first_part(frame: bytes) -> tuple[bytes, str | None]:
    """Return the part with the message, and what is wrong with the frame.

    A frame begins with the number of its parts and the place of each, as 32-bit numbers.
    """
    if len(frame) < 2 * _WORD:
        return b"", "a frame that is too short"
    (n,) = struct.unpack_from("!I", frame)
    if not 1 <= n <= MOST_PARTS or (n + 1) * _WORD > len(frame):
        return b"", "a frame that promises more parts than it has"
    places = [*struct.unpack_from(f"!{n}I", frame, _WORD), len(frame)]
    if places[0] != (n + 1) * _WORD or places != sorted(places):
        return b"", "a frame whose parts lie outside it"
    return frame[places[0] : places[1]], None


def _fault_of_content(found: object) -> str | None:
    if not isinstance(found, dict):
        return "a message that is no table"
    header, content = found.get("header"), found.get("content")
    kind = header.get("msg_type") if isinstance(header, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        return "a message of a kind that pages do not send"
    if not isinstance(content, dict) or not isinstance(found.get("channel"), str):
        return "a message without content or channel"
    if kind in {"comm_open", "comm_msg", "comm_close"}:
        has_names = isinstance(content.get("comm_id"), str)
        if kind == "comm_open":
            has_names = has_names and isinstance(content.get("target_name"), str)
        if not has_names or not isinstance(content.get("data", {}), dict):
            return "a message to nobody"
    return None

"""The log: one line per kind of trouble, however much of it is sent."""

import asyncio
import inspect
import logging

import uvicorn.server

from dashboards.serving.log import CUT_OFF, Once


def line(
    text: str, *values: object, error: BaseException | None = None, name: str = "x"
) -> str | None:
    """Return the line that is printed, None for one that is not."""
    info = None
    if error is not None:
        try:
            raise error
        except type(error) as found:
            info = (type(found), found, found.__traceback__)
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, text, values, info)
    if not ONCE.filter(record):
        return None
    return logging.Formatter().format(record)


ONCE = Once()


def test_a_flood_of_one_kind_is_a_few_lines() -> None:
    lines = [line("The frame %d is no good", k) for k in range(3000)]

    assert [one for one in lines if one] == [
        "The frame 0 is no good",
        "The frame 9 is no good (10 times so far)",
        "The frame 99 is no good (100 times so far)",
        "The frame 999 is no good (1000 times so far)",
    ]


def test_another_kind_has_a_line_of_its_own() -> None:
    assert line("Something else") == "Something else"


def test_the_trace_of_what_a_browser_sent_is_one_line() -> None:
    found = line("Exception in ASGI application\nmore", error=KeyError("a"), name="uvicorn.error")

    assert found == "Exception in ASGI application (KeyError in test_log.py, line)"
    assert line("Exception in ASGI application\nmore", error=KeyError("b"), name="y") is not None


def test_of_many_errors_the_first_is_named() -> None:
    group = ExceptionGroup("several", [ExceptionGroup("inner", [KeyError("a")])])

    assert line("A page could not go on", error=group) == "A page could not go on (KeyError)"


def test_our_own_faults_keep_their_trace_the_first_time() -> None:
    found = [line("A run failed", error=ValueError("why"), name="dashboards.x") for _ in range(10)]

    assert found[0] is not None
    assert "Traceback" in found[0]
    assert found[1:9] == [None] * 8
    assert found[9] == "A run failed (ValueError in test_log.py, line) (10 times so far)"


def test_requests_that_are_cut_off_when_the_server_stops_are_no_trouble() -> None:
    assert CUT_OFF in inspect.getsource(uvicorn.server)
    assert line(f"{CUT_OFF}, timeout", 1) is None
    assert line("Exception of a request\n", error=asyncio.CancelledError()) is None
    assert line("Exception of a request\n", error=ValueError("x")) is not None


def test_kinds_without_end_are_no_lines_without_end() -> None:
    lines = [line(f"kind {k}") for k in range(2000)]

    assert sum(one is not None for one in lines) < 600

"""Messages: short enough to read, and without signs that steer a terminal."""

import pytest

from model.errors import LONGEST, InputError, nearest, printable


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\x7f", "\x9b", "\r", "\u202e", "\u2066", "\udc80"]
)
def test_a_message_holds_no_sign_that_steers_a_terminal(sign: str) -> None:
    told = str(InputError(f"found '{sign}[31m'. Write words."))

    assert sign not in told
    assert "[31m'. Write words." in told


def test_a_message_may_have_lines_and_any_letters() -> None:
    assert str(InputError("één\n„twee” → 3 €")) == "één\n„twee” → 3 €"


def test_a_message_is_never_longer_than_a_page() -> None:
    told = str(InputError("x" * 200_000))

    assert len(told) == LONGEST
    assert told.endswith(" …")


def test_what_is_printable_stays_as_it_is() -> None:
    assert printable("Polski: żółć, српски, 日本", "") == "Polski: żółć, српски, 日本"
    assert printable("a\tb\n", "\t\n") == "a\tb\n"


def test_a_name_of_a_page_is_compared_with_nothing() -> None:
    assert nearest("course_hourz" + "z" * 200_000, ["course_hours"]) == ""

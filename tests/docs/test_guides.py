"""Each guide is walked through as its reader would, and shows what is said today."""

from __future__ import annotations

import pytest

from tests.docs.guides import GUIDES, NoLongerSaidError, Walk, empty_room, path_of, shown

SAID = "From low to high:\n   1.     8.78%  The bill\n   2.     8.79%  As started\nSaved.\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_shows_what_its_commands_and_its_python_say(name: str) -> None:
    guide = path_of(name).read_text("utf-8")

    with empty_room():
        assert Walk().renewed(guide) == guide, "python -m tests.docs.guides renews it"


def test_other_numbers_are_put_in_and_lines_may_be_left_out() -> None:
    stale = "From low to high:\n   1.    11.00%  The bill\n...\nSaved.\n"

    assert shown(stale, SAID) == stale.replace(" 11.00%", "  8.78%")


@pytest.mark.parametrize("stale", ["   1.  8.78%  The law\n", "Saved.\n...\nFrom low to high:\n"])
def test_words_that_are_not_said_or_in_another_order_are_found(stale: str) -> None:
    with pytest.raises(NoLongerSaidError, match="no longer said"):
        shown(stale, SAID)


def test_a_command_that_fails_is_found() -> None:
    with empty_room(), pytest.raises(NoLongerSaidError, match="exit status 2"):
        Walk().renewed("```\nveerkracht check no_such_plan\n```\n")

"""The one console of the commands: it shows every text as it is, whoever wrote it.

Titles, paths and names come from people. Rich reads square brackets as orders about colour and
letters between colons as pictures; here they are text, and so is a sign that would move the cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from model.errors import printable

if TYPE_CHECKING:
    import argparse

    from dashboards.texts import Texts

KEEP = "\n\t"


class Terminal(Console):
    """A console without markup, pictures and colours by guess.

    Minus is written as other programs read it, so that a number can be copied.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - as Rich has it
        """Return a text as it is shown; all that is printed passes here."""
        plain = printable(text, KEEP).replace("\N{MINUS SIGN}", "-")
        return super().render_str(plain, **options)


def texts_of(options: argparse.Namespace) -> Texts:
    """Return the texts in the language that was asked, English for commands that have no other."""
    from dashboards.texts import texts

    return texts(getattr(options, "language", "en"))

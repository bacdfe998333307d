"""Colours and sizes of pages and figures, each named once, in light and dark.

A page reads them as custom properties of CSS, so that a figure on it follows theme, screen and
print; a report takes the light ones as they are. Told apart by dash and shape too; the light ones
of lines are safe for colour blindness (Okabe and Ito).
"""

from __future__ import annotations

from typing import Any, NamedTuple

Figure = dict[str, Any]
"""A figure as Plotly takes it."""


class Colour(NamedTuple):
    """A colour on a light page and on a dark one."""

    light: str
    dark: str


COLOURS = {
    "ink": Colour("#1B2733", "#EAF0F5"),
    "faint": Colour("#4A5763", "#B7C3CE"),
    "line": Colour("#C9D2DA", "#3A4854"),
    "back": Colour("#F2F5F7", "#10171E"),
    "paper": Colour("#FFFFFF", "#1A242E"),
    "accent": Colour("#0B4F7D", "#8CC8F2"),
    "bar": Colour("#0B4F7D", "#0A2C45"),
    "on-bar": Colour("#FFFFFF", "#FFFFFF"),
    "base": Colour("#0072B2", "#6DB9EE"),
    "alternative": Colour("#B34700", "#FFA366"),
    "comparable": Colour("#5F5F5F", "#B9B9B9"),
    "note": Colour("#8A6100", "#F0C24B"),
    "note-back": Colour("#FFF7E0", "#332A10"),
    "fault": Colour("#B00020", "#FF8A95"),
    "focus": Colour("#B35C00", "#F5A000"),
}

INK, FAINT, GRID = (COLOURS[name].light for name in ("ink", "faint", "line"))

# Told apart by dash and marker as well as by colour; the colours are safe for colour blindness
# (Okabe and Ito) and have a contrast of at least 3 to 1 on white.
LOOKS: dict[str, dict[str, Any]] = {
    "base": {
        "line": {"color": COLOURS["base"].light, "width": 3, "dash": "solid"},
        "marker": {"symbol": "circle", "size": 6},
    },
    "alternative": {
        "line": {"color": COLOURS["alternative"].light, "width": 3, "dash": "6px,4px"},
        "marker": {"symbol": "square", "size": 6},
    },
    "comparable": {
        "line": {"color": COLOURS["comparable"].light, "width": 2, "dash": "2px,3px"},
        "marker": {"symbol": "diamond-open", "size": 5},
    },
}
FONT = "Roboto, 'Segoe UI', Arial, sans-serif"

SIZES = {
    "small": ".8125rem",
    "text": ".9375rem",
    "large": "1.25rem",
    "huge": "1.75rem",
    "gap": ".625rem",
    "corner": ".5rem",
    "chart": "13.5rem",
}

FAR = {"small": ".9rem", "text": "1rem", "large": "1.45rem", "huge": "2.2rem", "chart": "13rem"}
"""Sizes on a screen that a whole room looks at; there a rem is larger too."""


def css() -> str:
    """Return the custom properties: light, dark where the reader's machine or a choice says so."""
    light = _colours(0)
    dark = _colours(1)
    sizes = _declared(SIZES)
    return (
        f":root {{ {light} {sizes} color-scheme: light; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light])"
        f" {{ {dark} color-scheme: dark; }} }}\n"
        f":root[data-theme=dark] {{ {dark} color-scheme: dark; }}\n"
        f":root[data-screen=far] {{ {_declared(FAR)} }}\n"
        f"@media print {{ :root:root:root {{ {light} color-scheme: light; }} }}\n"
    )


def _colours(which: int) -> str:
    return _declared({name: colour[which] for name, colour in COLOURS.items()})


def _declared(values: dict[str, str]) -> str:
    return " ".join(f"--vk-{name}: {value};" for name, value in values.items())

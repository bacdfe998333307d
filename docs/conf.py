"""How `make docs` builds the reference into `site/`: Sphinx, with Markdown, without a network."""

from __future__ import annotations

import os
import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

os.environ["COLUMNS"] = "100"  # how wide the help of a command is

project = "Veerkracht"
author = "The authors of Veerkracht"
release = version = metadata.version("veerkracht")
language = "en"
default_role = "code"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_argparse_cli",
]
root_doc = "index"
exclude_patterns = ["conf.py"]

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure", "myst.xref_ambiguous"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autoclass_content = "class"

html_theme = "furo"
html_title = f"Veerkracht {release}"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_extra_path = ["causal_graph.svg"]
html_static_path = ["_static"]
html_css_files = ["tables.css"]

OUTSIDE = re.compile(r"\]\((?:\.\./)+([A-Z]+\.md)\)")
"""Links to files beside `docs/`, which are not in the reference: their names stay."""
IN_A_CELL = re.compile(r'<a id="([\w-]+)"></a>`(\w+)`')
OF_A_PART = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)
"""Places to be led to, as plain Markdown has them; the reference knows them by its own signs."""
PICTURE = "![All arrows of the model](causal_graph.svg)"
WIDE = (
    '<div style="overflow-x: auto; background: #fff" tabindex="0" role="region"'
    ' aria-label="All arrows of the model"><div style="min-width: 75rem">{}</div></div>'
)
DOCS = Path(__file__).parent


def as_in_the_reference(_: Sphinx, page: str, source: list[str]) -> None:
    """Put the causal graph itself into its page, so that its arrows can be clicked."""
    text = OUTSIDE.sub(r"] (`\1`)", source[0])
    text = IN_A_CELL.sub(r"[`\2`]{#\1}", text)
    text = OF_A_PART.sub(r"(\1)=", text)
    if page == "causal_graph":
        drawn = (DOCS / "causal_graph.svg").read_text("utf-8")
        text = text.replace(PICTURE, f"```{{raw}} html\n{WIDE.format(drawn)}\n```")
    source[0] = text


def with_levels(app: Sphinx, fault: Exception | None) -> None:
    """Give the headings of lists of pages the level that readers of screens ask for."""
    if fault is not None:
        return
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text("utf-8")
        path.write_text(text.replace('role="heading">', 'role="heading" aria-level="2">'), "utf-8")


def setup(app: Sphinx) -> None:
    """Take part in the build."""
    app.connect("source-read", as_in_the_reference)
    app.connect("build-finished", with_levels)

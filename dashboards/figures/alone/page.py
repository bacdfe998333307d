"""A figure as a page of its own, which needs no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path

from scenarios.destinations import GENERATOR

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">{generator}<title>{title}</title></head>
<body style="margin:1rem;font-family:sans-serif"><div id="figure"></div>
<script>{plotly}</script>
<script>const it = {figure};
Plotly.newPlot("figure", it.data, it.layout, {{responsive: true, showSendToCloud: false}});</script>
</body></html>
"""


def page(figure: Mapping[str, object], *, language: str, title: str) -> str:
    """Return a page with a Plotly figure and Plotly itself."""
    import plotly

    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return PAGE.format(
        language=language,
        generator=GENERATOR,
        title=escape(title),
        plotly=script.read_text("utf-8").replace("</script", "<\\/script"),
        figure=json.dumps(figure, ensure_ascii=False).replace("</", "<\\/"),
    )

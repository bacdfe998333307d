"""The paragraph of a report that says by what method its numbers were made."""

from __future__ import annotations

from dashboards.texts import Texts
from model.registry import BY_PARAMETER
from scenarios.runs.run import Ensemble

DIGITS = 12
"""Signs of a digest that are enough to know it by."""


def methods(run: Ensemble, t: Texts) -> str:
    """Return the paragraph, to be taken over into a text that cites the report."""
    about, settings = run.about, run.about["settings"]
    families, drawn = settings["families"], settings["draws"]
    assumed = sum(row.grade == "D" for row in BY_PARAMETER.values())
    return t(
        "report.methods.text",
        version=about["versions"]["veerkracht"],
        families=t("report.methods.all") if families is None else t.number(families),
        years=str(settings["years"]),
        replicates=str(len(run.replicates)),
        draws=t(f"report.methods.{'ledger' if drawn == 'none' else drawn}"),
        assumed=str(assumed),
        all=str(len(BY_PARAMETER)),
        code=about["code_digest"][:DIGITS],
        data=run.digest[:DIGITS],
    )

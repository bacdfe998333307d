"""The page `docs/targets.md`: what the model is held to, and why other figures are left out.

Run `python -m dashboards.documents` after a change of targets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from calibration.targets.digest import digest_of
from calibration.targets.figures import Figure, load_figures
from calibration.targets.reader import load_targets
from calibration.targets.target import Target
from calibration.targets.without import REASONS, load_without
from calibration.targets.words import quantity_text, value_text
from dashboards.documents.markdown import number

PAGE = Path(__file__).parents[2] / "docs" / "targets.md"

_HEAD = """# What the model is held to

Made by `python -m calibration.targets.make` from the published figures
(`calibration/targets/figures.csv`) and from what we decided about them
(`calibration/targets/decisions.csv`); a test holds that it is current. `veerkracht validate` holds
a run against these targets.

One row is one quantity of the model. *Value* is what was published, with the standard error of the
figure; *discrepancy* is by how much the quantity of the model may differ from it besides, because
the two are not quite the same thing. *Fit* targets may be used to choose parameters, *check*
targets never: they are those that are circular (the model was given the same number) and one in
four of the others of each subject, by a draw with a fixed key. A soft bound is a reading of words
in the letter. What stands still may not drift: no source says that it moves."""

_LEFT_OUT = """## Figures without a target

{n} figures of grade A and B are in no target; each says why in
`calibration/targets/without.csv`. Those of grade C (recalled) and D (assumed) never are.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    targets, figures = load_targets(), load_figures()
    listed = list(targets.values())
    without = load_without(figures, {key for target in listed for key in target.figures})
    digest = digest_of(listed)
    used = Counter(target.use for target in listed)
    counted = Counter(row.why for row in without.values())
    lines = [
        _HEAD,
        "",
        f"{len(listed)} targets: {used['fit']} to fit, {used['check']} to check.",
        "",
        f"Digest of targets, split and priors: `{digest['whole']}`.",
        "",
    ]
    for subject in dict.fromkeys(target.subject for target in listed):
        lines += [
            f"## {subject.capitalize()}",
            "",
            "| target | quantity | value | error | discrepancy, and why | use | grade | figure |",
            "|---|---|---|---:|---|---|---|---|",
        ]
        lines += [_row(target, figures) for target in listed if target.subject == subject]
        lines.append("")
    lines += [
        _LEFT_OUT.format(n=sum(counted.values())),
        "| reason | figures | what it means |",
        "|---|---:|---|",
    ]
    lines += [f"| {why} | {counted[why]} | {means} |" for why, means in REASONS.items()]
    return "\n".join(lines) + "\n"


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def _row(target: Target, figures: Mapping[str, Figure]) -> str:
    names = []
    for key in target.figures:
        url = figures[key].url
        names.append(f"[{key}]({url})" if url else key)
    why = f"{target.discrepancy:g}. {target.reason}"
    if target.inputs:
        why += f" Circular with {', '.join(f'`{name}`' for name in target.inputs)}."
    return (
        f"| `{target.id}` | {target.kind}: {quantity_text(target)} | {value_text(target)}"
        f" | {number(target.standard_error, 2)} | {why} | {target.use} | {target.grade}"
        f" | {', '.join(names) or 'none'} |"
    )

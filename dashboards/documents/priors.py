"""The page on priors, `docs/priors.md`: where each belief comes from, and which figure narrows it.

Made from the ledger, from `calibration/priors/beliefs.csv` and from the prior predictive that was
lived last. Run `python -m dashboards.documents` after a change of any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from calibration.priors.beliefs import Belief, aside, covers, load_beliefs, narrowed
from calibration.priors.predictive import (
    ENOUGH,
    NEAR,
    Predictive,
    Reached,
    load_missed,
    load_predictive,
)
from calibration.targets.reader import current_digest, load_targets
from calibration.targets.target import Target
from calibration.targets.words import quantity_text, value_text
from dashboards.documents.evidence import limits, prior
from dashboards.documents.markdown import number
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

INTRODUCTION = Path(__file__).with_name("priors_introduction.md")
PAGE = Path(__file__).parents[2] / "docs" / "priors.md"


def page() -> str:
    """Return the whole page as Markdown."""
    beliefs = load_beliefs()
    fitted = [row for row in BY_PARAMETER.values() if row.fitted]
    mended = [BY_PARAMETER[name] for name, belief in beliefs.items() if belief.mended]
    parts = [
        INTRODUCTION.read_text(encoding="utf-8").strip(),
        predictive_part(load_predictive(), current_digest()),
        _table(
            "Narrowed by a figure",
            f"{len(narrowed())} assumptions have a prior that covers less than a third of its"
            " limits. Each has the figure that says so; a fixed one says why it is not free.",
            ("limits", "prior", "covers", "figures", "why"),
            (
                (row, limits(row), prior(row), f"{covers(row):.0%}", *_why(beliefs[row.name]))
                for row in narrowed()
            ),
        ),
        outside_part(aside(), beliefs),
        _table(
            "Values that were fitted",
            f"{len(fitted)} values were moved until the model met a pattern or a figure: by hand,"
            " or by `make levels` ([levels.md](levels.md)). A check against these is no test.",
            ("value", "fitted"),
            ((row, number(row.value), row.fitted) for row in fitted),
        ),
        _table(
            "Ranges that were mended",
            f"{len(mended)} numbers had a range that the evidence contradicted, or that served as"
            " limits and as belief at once.",
            ("limits", "prior", "what was wrong"),
            ((row, limits(row), prior(row), beliefs[row.name].mended) for row in mended),
        ),
        _table(
            "All numbers",
            "`own bound`: nothing was read that gives a size; the bound is ours.",
            ("prior", "figures", "why"),
            ((row, prior(row), *_why(beliefs[row.name])) for row in BY_PARAMETER.values()),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def outside_part(rows: Sequence[Parameter], beliefs: Mapping[str, Belief]) -> str:
    """Return which values lie outside what is believed of them, or that none does."""
    title = "Values that lie outside their own prior"
    if not rows:
        return f"## {title}\n\nNone does."
    return _table(
        title,
        f"{len(rows)} values were set under earlier ranges and stand where the evidence does"
        " not. They go together: moving one alone would move the model away from the letter."
        " A calibration moves them; draws of the prior do so already.",
        ("value", "prior", "why"),
        ((row, number(row.value), prior(row), beliefs[row.name].reason) for row in rows),
    )


def write() -> Path:
    """Write the page and return where it is."""
    PAGE.write_text(page(), encoding="utf-8")
    return PAGE


def predictive_part(found: Predictive, digest: str) -> str:
    """Return what the priors predict of each target; `digest` is that of today."""
    targets = load_targets()
    rows = [row for row in found.reached if row.target in targets]
    known = sum(row.near >= ENOUGH for row in rows)
    text = (
        f"{found.draws} worlds of {found.families:,} families and {found.years} years, each with"
        f" all its numbers drawn from their priors and with luck of its own (seed {found.seed}),"
        f" held against every target. *Near* is the share within {NEAR:g} total errors of a target;"
        f" {known} of {len(rows)} targets have at least half. The spread holds chance in a world of"
        " this size too. *Moved by* are the numbers whose draws rank most like the quantity"
        " (Spearman). `make priors` lives them anew."
    )
    if found.digest != digest:
        text += (
            f" **Out of date:** this was lived under the digest `{found.digest}`, and targets or"
            " priors have changed since."
        )
    else:
        text += f" Digest of targets and priors: `{digest}`."
    return "\n\n".join(
        (
            "## What the priors predict",
            text,
            _predicted(
                "Less than half of the worlds are near",
                [row for row in rows if row.near < ENOUGH],
                targets,
            ),
            _reasons([row.target for row in rows if row.near < ENOUGH], load_missed(targets)),
            _predicted(
                "At least half of the worlds are near",
                [row for row in rows if row.near >= ENOUGH],
                targets,
            ),
        )
    )


def _reasons(missed: list[str], reasons: dict[str, str]) -> str:
    lines = ["Why they are not near, as far as anybody knows:", ""]
    lines += [f"- `{name}`: {reasons.get(name, 'not yet known.')}" for name in missed]
    return "\n".join(lines)


def _predicted(title: str, rows: list[Reached], targets: dict[str, Target]) -> str:
    lines = [
        f"### {title}",
        "",
        "| target | quantity | published | near | 5% | 50% | 95% | ledger | moved by |",
        "|---|---|---|---:|---:|---:|---:|---:|---|",
    ]
    for row in sorted(rows, key=lambda row: row.near):
        target = targets[row.target]
        numbers = " | ".join(
            "not seen" if number is None else f"{number:g}"
            for number in (row.low, row.median, row.high, row.at_ledger)
        )
        moved = ", ".join(f"`{name}` {rho:+.2f}" for name, rho in row.moved_by) or "nothing"
        lines.append(
            f"| `{row.target}` | {quantity_text(target)} | {value_text(target)} | {row.near:.0%}"
            f" | {numbers} | {moved} |"
        )
    return "\n".join(lines)


def _why(belief: Belief) -> tuple[str, str]:
    return " ".join(f"`{key}`" for key in belief.figures) or "none", belief.reason


def _table(
    title: str, text: str, columns: tuple[str, ...], rows: Iterable[tuple[Parameter | str, ...]]
) -> str:
    lines = [
        f"## {title}",
        "",
        text,
        "",
        f"| parameter | {' | '.join(columns)} |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for row, *cells in rows:
        name = row.name if isinstance(row, Parameter) else row
        lines.append(f"| `{name}` | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)

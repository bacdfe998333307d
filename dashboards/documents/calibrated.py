"""The pages `docs/calibration.md` and `docs/kalibratie.md`: what was fitted, what not, how it fits.

Made from what `make calibration` kept beside the shipped draws; the words are in
`calibration_en.md` and `calibration_nl.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from calibration.fitting.found import ASSUMED, PINNED, Figure, Number
from calibration.posterior.recovery import SHARES, WITH_LUCK, allowed
from calibration.posterior.shipped import Moved, Shipped, load_shipped
from calibration.targets.reader import load_targets
from calibration.targets.target import Target
from calibration.targets.words import quantity_text
from dashboards.documents.markdown import bounds, number, table
from model.registry import BY_PARAMETER

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
PAGE, IN_DUTCH = DOCS / "calibration.md", DOCS / "kalibratie.md"

OUT = 2.0
"""Total errors beyond which a figure that was kept apart does not fit."""

WIDE = 0.75
"""Posterior over prior width from which the words call a number little better known."""

WRONG = ("flexible_work_comparable", "leaving_mbo_eu11_over_average", "long_hours_poles")
"""The figures of which the words tell that the model gets them wrong: the farthest ones."""

_PER_HUNDRED = 100.0
_AIMS = {"runs": 800, "chi2": 1.3, "most": 2.5, "mean": 0.1, "sd": (0.85, 1.15), "seeds": 0.2}
_DIRECTIONS, _CHECKS = 10, 0.8


def page() -> str:
    """Return the English page: the words, then the measures and all tables."""
    shipped = load_shipped()
    targets = load_targets()
    parts = [
        _words("en", shipped),
        "## Measures\n\n" + table(("measure", "aim", "reached"), _measures(shipped)),
        "## Numbers\n\nMiddle (5% to 95%). *Width left* is that of the posterior over that of the"
        " prior; beside it that without discrepancies, with twice as large ones, and with priors"
        " half as wide. What keeps more than"
        f" {ASSUMED:g} of its width is as much an assumption as before.\n\n"
        + table(("number", "prior", "posterior", "width left", ""), _numbers(shipped)),
        f"## Directions\n\nOf {len(shipped.result.found.directions)} directions the figures pin"
        f" down {shipped.result.found.pinned} (less than {PINNED:g} of the prior's width is"
        " left).\n\n" + table(("width left", "numbers that move together"), _directions(shipped)),
        "## Figures that were fitted, what does not fit first\n\n"
        + _figures(shipped.result.found.figures, targets),
        "## Figures that were kept apart\n\n" + _figures(shipped.result.checks, targets),
        "## What policies do to leaving school\n\nPercentage points a year, EU-11 children, the"
        " last school year, against `s01_reference`. *At the centre* with the 95% interval of"
        " chance; *before* at the values from which the calibration started; ranges hold 95% of"
        f" the effects of {shipped.draws} draws, chance taken out, and the share that has the sign"
        " of the centre.\n\n"
        + table(
            ("scenario", "outcome", "at the centre", "before", "over the posterior", "over priors"),
            map(_moved, shipped.effects),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def in_dutch() -> str:
    """Return the Dutch page: the words alone."""
    return _words("nl", load_shipped()) + "\n"


def write() -> None:
    """Write both pages."""
    PAGE.write_text(page(), encoding="utf-8")
    IN_DUTCH.write_text(in_dutch(), encoding="utf-8")


def far(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures that lie more than OUT total errors away, the farthest first."""
    seen = [one for one in figures if one.distance is not None and abs(one.distance) > OUT]
    return sorted(seen, key=lambda one: -abs(one.distance or 0.0))


def _words(language: Literal["en", "nl"], shipped: Shipped) -> str:
    result = shipped.result
    by_target = {one.target: one for one in (*result.checks, *result.found.figures)}
    numbers = result.found.numbers
    effects = {(one.scenario, one.outcome): one for one in shipped.effects}

    def said(number: float, digits: int = 1) -> str:
        told = f"{number:.{digits}f}"
        return told.replace(".", ",") if language == "nl" else told

    facts = {
        "runs": str(sum(wave.runs for wave in result.waves)),
        "fitted": str(len(numbers)),
        "free": str(sum(row.is_free for row in BY_PARAMETER.values())),
        "targets": str(sum(one.verdict == "in reach" for one in result.found.figures)),
        "wide": str(sum(one.left >= WIDE for one in numbers)),
        "pinned": str(result.found.pinned),
        "directions": str(len(result.found.directions)),
        "checks": str(sum(one.distance is not None for one in result.checks)),
        "checks_in": str(
            sum(one.distance is not None for one in result.checks) - len(far(result.checks))
        ),
        "draws": str(shipped.draws),
    }
    for name in WRONG:
        told = by_target[name].model
        if told is not None:
            facts[name] = said(told, 0 if told > 10.0 else 1)  # noqa: PLR2004 - whole percents
    for (scenario, outcome), one in effects.items():
        key = f"{scenario.partition('_')[0]}_{'vo' if 'vo' in outcome else 'mbo'}"
        facts[key] = said(_PER_HUNDRED * one.value, 3)
        facts[f"{key}_before"] = said(_PER_HUNDRED * one.before, 3)
        facts[f"{key}_agree"] = f"{one.posterior_agree:.0%}"
    return (HERE / f"calibration_{language}.md").read_text("utf-8").format(**facts).rstrip()


def _measures(shipped: Shipped) -> Iterator[tuple[str, str, str]]:
    result = shipped.result
    runs = sum(wave.runs for wave in result.waves)
    yield "runs of the calibration", f"at most {_AIMS['runs']}", str(runs)
    yield (
        "mean square distance of the fitted figures, total errors",
        f"at most {_AIMS['chi2']}",
        f"{result.found.chi2:.2f}",
    )
    farthest = max(abs(one.distance or 0.0) for one in result.found.figures)
    yield "the farthest of them", f"at most {_AIMS['most']}", f"{farthest:.1f}"
    out = [one.target for one in result.found.figures if one.verdict != "in reach"]
    yield "figures out of reach, named and not fitted", "-", ", ".join(out) or "none"
    fresh = result.waves[-1].fresh
    if fresh is not None:
        yield "new runs at draws: mean distance from what was expected", "within 0.1", _(fresh[0])
        yield "the same: spread over what was expected", "0.85 to 1.15", f"{fresh[1]:.2f}"
    yield "two chains differ, posterior deviations, at most", "0.2", f"{result.agreement or 0:.2f}"
    differ = shipped.seeds_differ
    yield (
        "two calibrations with other luck differ, posterior deviations, at most (usually)",
        f"{_AIMS['seeds']}",
        "not lived" if differ is None else f"{differ[0]:.2f} ({differ[1]:.2f})",
    )
    yield (
        f"directions with less than {PINNED:g} of the prior's width",
        f"at least {_DIRECTIONS}",
        str(result.found.pinned),
    )
    seen = [one for one in result.checks if one.distance is not None]
    inside = len(seen) - len(far(seen))
    yield (
        f"figures kept apart within {OUT:g} total errors",
        f"at least {_CHECKS:.0%}",
        f"{inside} of {len(seen)} ({inside / len(seen):.0%})",
    )
    yield from _recovered(shipped)
    yield (
        "digest of targets and priors",
        "as before the first wave",
        shipped.plan["digests"]["whole"],
    )


def _recovered(shipped: Shipped) -> Iterator[tuple[str, str, str]]:
    """Give how often intervals held runs that were held back, by likelihood."""
    for kind, one in shipped.recovered.items():
        aims = ", ".join(
            f"{share:.2f} ± {allowed(share, one.truths):.2f}"
            if kind == WITH_LUCK
            else f"under {share - allowed(share, one.truths):.2f}"
            for share in SHARES
        )
        for of, covered, uniform in (
            (f"all {one.numbers} numbers", one.covered, one.uniform),
            (f"the {one.known} that figures speak of", one.covered_known, one.uniform_known),
        ):
            if uniform is None:
                continue
            asked = (
                f"{one.truths} runs held back and found again, {kind}: how often 50, 80 and 95% of"
                f" the posterior hold {of} (chance of ranks like these)"
            )
            yield (
                asked,
                aims,
                f"{', '.join(f'{share:.2f}' for share in covered)} ({uniform:.2g})",
            )


def _(number: float) -> str:
    return f"{number + 0.0:+.2f}"


def _numbers(shipped: Shipped) -> Iterator[tuple[str, ...]]:
    variants = shipped.result.variants
    for one in sorted(shipped.result.found.numbers, key=lambda one: one.left):
        others = ", ".join(
            f"{variants[name][one.name]['left']:.2f}" for name in variants if name != "as judged"
        )
        yield (
            f"`{one.name}`",
            f"{one.prior[1]:.4g} ({one.prior[0]:.4g} to {one.prior[2]:.4g})",
            f"{one.middle:.4g} ({one.low:.4g} to {one.high:.4g})",
            f"{one.left:.2f} ({others})",
            _marked(one),
        )


def _marked(one: Number) -> str:
    return "assumption" if one.is_assumption else ""


def _directions(shipped: Shipped) -> Iterator[tuple[str, str]]:
    for one in shipped.result.found.directions[: shipped.result.found.pinned]:
        yield (
            f"{one.left:.2f}",
            ", ".join(f"{_(weight)} `{name}`" for name, weight in one.loads),
        )


def _figures(figures: Iterable[Figure], targets: dict[str, Target]) -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in sorted(figures, key=lambda one: -abs(one.distance or 0.0)):
            target = targets[one.target]
            yield (
                f"`{one.target}`",
                quantity_text(target),
                bounds(*target.bounds),
                "-" if one.model is None else number(one.model),
                "-"
                if one.low is None or one.high is None
                else f"{number(one.low)} to {number(one.high)}",
                "not seen" if one.distance is None else f"{one.distance + 0.0:+.1f}",
            )

    return table(("figure", "what it is", "published", "model", "5% to 95%", "errors"), rows())


def _moved(one: Moved) -> tuple[str, ...]:
    def points(share: float) -> str:
        return f"{_PER_HUNDRED * share + 0.0:+.3f}"

    def said(low: float, high: float, agree: float) -> str:
        return f"{points(low)} to {points(high)} ({agree:.0%})"

    return (
        f"`{one.scenario}`",
        f"`{one.outcome}`",
        f"{points(one.value)} ({points(one.low)} to {points(one.high)})",
        points(one.before),
        said(one.posterior_low, one.posterior_high, one.posterior_agree),
        said(one.prior_low, one.prior_high, one.prior_agree),
    )

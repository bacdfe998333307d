"""Where the difference comes from, in a report: a figure per attribution, its size and command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.figures import differences
from dashboards.report.sections import Drawn, drawn_as, headings
from dashboards.report.words import ANSWERED, Grid, behind_channels
from dashboards.texts import Texts, numbers
from model.policy.channels import BY_CHANNEL
from model.policy.scenario import Scenario
from scenarios.pairs.attribution import Kept, kept_attributions
from scenarios.runs.run import Ensemble

_BOUNDS = ("effect", "low", "high")


@dataclass(frozen=True, kw_only=True)
class Channels:
    """All that a report says of where the difference comes from.

    `missing` is the command that works it out, empty when that was done; `commands` make what is
    shown again, and so does `asked` (arguments of `scenarios.pairs.attribution.attribute`);
    `parameters` are the numbers behind the first figure.
    """

    drawn: Sequence[Drawn]
    missing: str
    commands: Sequence[str]
    asked: Sequence[Mapping[str, Any]]
    parameters: Grid | None


def channels(
    run: Ensemble, base: Scenario, other: Scenario, meta: dict[str, Any], t: Texts
) -> Channels:
    """Return where the difference comes from, for every attribution that is kept with the run."""
    kept = kept_attributions(run.folder, base.id, other.id)
    if not kept:
        missing = (
            f"veerkracht attribute {base.id} {other.id} --outcome {ANSWERED[0]}"
            f" --run {run.folder.name}"
        )
        return Channels(drawn=(), missing=missing, commands=(), asked=(), parameters=None)
    return Channels(
        drawn=[_drawn(one, run, meta, t) for one in kept],
        missing="",
        commands=[command(one, run) for one in kept],
        asked=[_asked(one) for one in kept],
        parameters=behind_channels(kept[0].parts, run, t),
    )


def command(kept: Kept, run: Ensemble) -> str:
    """Return the command that works an attribution out again."""
    words = [
        f"veerkracht attribute {kept.base} {kept.alternative}",
        f"--outcome {kept.outcome} --population {kept.population}",
    ]
    if set(kept.channels) != set(BY_CHANNEL):
        words += [f"--channel {name}" for name in kept.channels]
    if kept.settings["method"] == "exact":
        words.append("--exact")
    if _is_of_the_run(kept, run):
        words.append(f"--run {run.folder.name}")
    else:
        told = kept.settings
        words.append(
            f"--families {told['families'] or 'all'} --years {told['years']} --seed {told['rng']}"
            f" --replicates {told['replicates']}"
        )
    return " ".join(words)


def _asked(kept: Kept) -> dict[str, Any]:
    told = {name: kept.settings[name] for name in ("families", "years", "rng", "replicates")}
    return {
        "base": kept.base,
        "alternative": kept.alternative,
        "outcomes": [kept.outcome],
        "population": kept.population,
        "channels": list(kept.channels),
        "method": kept.settings["method"],
        **told,
    }


def _is_of_the_run(kept: Kept, run: Ensemble) -> bool:
    """Whether an attribution was worked out with the families and the luck of the run."""
    settings = run.about["settings"]
    of_the_run = (settings["families"], settings["years"], settings["seed"], len(run.replicates))
    mine = tuple(kept.settings[name] for name in ("families", "years", "rng", "replicates"))
    return mine == of_the_run


def _drawn(kept: Kept, run: Ensemble, meta: dict[str, Any], t: Texts) -> Drawn:

    told = [
        (
            t(f"report.channel.{row['channel']}"),
            *numbers.differences(kept.outcome, t, *(float(row[c]) for c in _BOUNDS)),
        )
        for row in kept.parts.to_dict("records")
    ]
    more = {
        "figure": "channels",
        "outcome": kept.outcome,
        "population": kept.population,
        "attribution": dict(kept.settings),
    }
    return drawn_as(
        differences.channels(kept.parts, kept.outcome, kept.population, t),
        meta | more,
        f"{t('report.figure.channels_meaning')} {_size(kept, run, t)}",
        Grid(caption="", columns=("", *headings(kept.outcome, t)), rows=told),
        kept.parts.assign(population=kept.population).to_csv(index=False),
    )


def _size(kept: Kept, run: Ensemble, t: Texts) -> str:
    """Return with how many families it was worked out, and whether those are the run's."""
    families = kept.settings["families"]
    told = t(
        "report.channels.size",
        who=t(f"report.figure.{kept.population}"),
        families=t.number(families) if families else t("report.reproduce.all"),
        years=str(kept.settings["years"]),
        replicates=str(kept.settings["replicates"]),
        seed=str(kept.settings["rng"]),
    )
    same = t("report.channels.same") if _is_of_the_run(kept, run) else t("report.channels.apart")
    return f"{told} {same}"

"""A calibration from plan to draws: waves, what they found, and files that others read.

    from calibration.fitting.calibrate import calibrate
    result = calibrate(targets, unknowns(), plan, Path("fit"), world)

Beside the plan and the runs the folder then has `result.json`, `draws.parquet` (the fitted numbers
from the posterior, all other free ones from their priors; for `--draws`) and `chains.nc` for ArviZ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from calibration.fitting.asked import held_to
from calibration.fitting.chain import needed
from calibration.fitting.found import Figure, Result, agreement, found, variants
from calibration.fitting.kept import RESULT, Folder, matrix, opened
from calibration.fitting.plan import Plan
from calibration.fitting.unknowns import Unknowns
from calibration.fitting.waves import Fit, Say, World, fitted
from calibration.targets.target import Target
from model.disk.whole import write_whole
from scenarios.format.draws_file import write_draws
from scenarios.runs.parameter_samples import prior_draw

DRAWS_FILE, CHAINS = "draws.parquet", "chains.nc"

DRAWS = 400
"""Rows of the file of draws."""

OTHER_SEED = 1_000_003
"""Added to the seed for chains that are held against the first."""


def calibrate(
    targets: Sequence[Target],
    unknowns: Unknowns,
    plan: Plan,
    out: Path,
    world: World,
    *,
    say: Say = lambda _: None,
) -> Result:
    """Fit numbers to targets, and leave what was found in a folder.

    A stopped calibration goes on there. Raises InputError, StorageError, VeerkrachtError when too
    many runs fail, and Cancelled.
    """
    needed("emcee")
    needed("arviz")
    with opened(out, plan) as folder:
        held = held_to(_fitted(targets))
        fit = fitted(world, unknowns, held, plan, folder, say=say)
        seed = plan.seed + OTHER_SEED
        result = Result(
            waves=fit.waves,
            found=found(fit, unknowns, held),
            checks=_checks(folder, fit, targets),
            variants=variants(fit, unknowns, seed),
            agreement=agreement(fit, unknowns, seed),
            restricted=plan.restricted,
        )
        folder.keep(RESULT, {"plan": plan.record, **asdict(result)})
        _keep_draws(folder, fit, unknowns, plan)
        _keep_chains(folder, fit, unknowns)
    return result


def identify(
    targets: Sequence[Target],
    unknowns: Unknowns,
    plan: Plan,
    out: Path,
    world: World,
    *,
    say: Say = lambda _: None,
) -> Result:
    """Live the first wave alone and tell what the targets could pin down; `calibrate` goes on.

    Raises as `calibrate` does.
    """
    needed("emcee")
    with opened(out, plan) as folder:
        held = held_to(_fitted(targets))
        fit = fitted(world, unknowns, held, plan, folder, say=say, most=1)
        return Result(
            waves=fit.waves,
            found=found(fit, unknowns, held),
            checks=(),
            variants={},
            agreement=None,
            restricted=plan.restricted,
        )


def _fitted(targets: Sequence[Target]) -> list[Target]:
    return [target for target in targets if target.use == "fit"]


def _checks(folder: Folder, fit: Fit, targets: Sequence[Target]) -> tuple[Figure, ...]:
    """Return the figures that were not fitted, as runs of the last wave show them."""
    kept = [target for target in targets if target.use == "check"]
    last = fit.waves[-1]
    shown = matrix(folder.runs(last.number), last.runs, [target.id for target in kept])
    told = []
    for target, runs in zip(kept, shown.T, strict=True):
        seen = runs[~np.isnan(runs)]
        if not len(seen):
            told.append(Figure(target=target.id, verdict="not seen"))
            continue
        low, high = (float(one) for one in np.percentile(seen, [5, 95]))
        mean = float(seen.mean())
        told.append(
            Figure(
                target=target.id,
                verdict="check",
                model=mean,
                low=low,
                high=high,
                distance=target.distance(mean),
            )
        )
    return tuple(told)


def _keep_draws(folder: Folder, fit: Fit, unknowns: Unknowns, plan: Plan) -> None:
    import pandas as pd

    places = fit.chain.drawn(DRAWS, plan.seed)
    rows = [{**prior_draw(plan.seed, k + 1), **unknowns.values(z)} for k, z in enumerate(places)]
    write_draws(
        folder.path / DRAWS_FILE,
        pd.DataFrame(rows),
        fitted=list(unknowns.names),
        digests=plan.digests,
        restricted=plan.restricted,
    )


def _keep_chains(folder: Folder, fit: Fit, unknowns: Unknowns) -> None:
    """Write the chains as ArviZ reads them: a walker is a chain, every tenth step is kept."""
    arviz = needed("arviz")
    z = fit.chain.z[::10].swapaxes(0, 1)
    posterior = {name: z[:, :, k] for k, name in enumerate(unknowns.names)}
    tree = arviz.from_dict({"posterior": posterior})
    tree.attrs["scale"] = "each number on the scale of its prior: standard normal before the fit"
    held = tree.to_netcdf(engine="h5netcdf")
    write_whole(folder.path / CHAINS, held)

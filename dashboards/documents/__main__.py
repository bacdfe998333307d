"""Write the pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

from __future__ import annotations

from dashboards.documents import effects, evidence, priors, recommendations, targets, validation


def main() -> None:
    """Write the pages that are made from the program anew."""
    effects.write()
    evidence.write()
    priors.write()
    recommendations.write()
    targets.write()
    validation.write()


if __name__ == "__main__":
    main()

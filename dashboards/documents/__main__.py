"""Write the pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

from __future__ import annotations

from dashboards.documents import evidence, priors, recommendations, targets


def main() -> None:
    """Write `docs/evidence.md`, `priors.md`, `recommendations.md` and `targets.md` anew."""
    evidence.write()
    priors.write()
    recommendations.write()
    targets.write()


if __name__ == "__main__":
    main()

"""Write the pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

from __future__ import annotations

from dashboards.documents import evidence, recommendations, targets


def main() -> None:
    """Write `docs/evidence.md`, `docs/recommendations.md` and `docs/targets.md` anew."""
    evidence.write()
    recommendations.write()
    targets.write()


if __name__ == "__main__":
    main()

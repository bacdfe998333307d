"""Write the pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

from __future__ import annotations

from dashboards.documents import evidence, recommendations


def main() -> None:
    """Write `docs/evidence.md` and `docs/recommendations.md` anew."""
    evidence.write()
    recommendations.write()


if __name__ == "__main__":
    main()

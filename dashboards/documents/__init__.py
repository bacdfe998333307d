"""Pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

"""Levels of the base, set once on the fit targets and written in the ledger."""

"""Ensembles as files for others: CSV, CSV for Dutch spreadsheets, and Excel with a summary."""

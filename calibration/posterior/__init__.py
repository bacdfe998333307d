"""The posterior that comes with the program: how it was made, and what it says.

`make calibration` fits the usual numbers to the shipped targets (twice, with other luck), leaves
`draws.parquet` for `--draws posterior`, `shipped.json` with what `docs/calibration.md` tells, and
the centre in the ledger.
"""

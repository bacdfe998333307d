"""Imported by the server process of `scenarios.local`: a small run makes compiled code ready."""

from model.simulation import FamilyModel

FamilyModel(families=2, rng=0, years=1, collect=False).run()

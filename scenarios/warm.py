"""Imported by the server process of `scenarios.local`: a small run makes compiled code ready."""

from model.simulation import Simulation

Simulation(families=2, seed=0, years=1).run()

"""Imported by the server process of `local`: a small run makes compiled code ready."""

from model.run.simulation import Simulation

Simulation(families=2, seed=0, years=1).run()

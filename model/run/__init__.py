"""How a run goes: people laid down, the schedule of a month, the engine that walks all rows.

Set up, look, live, keep, live again. The science is in `model/submodels/`, none of it here.
"""

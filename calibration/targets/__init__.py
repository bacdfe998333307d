"""Published figures, what of them the model is held to, and how it comes to the same quantity.

`figures.csv` is the record of what was published. `decisions.csv` says for each quantity of the
model which figure it is held to and by how much it may differ; `without.csv` says why a figure has
no target. From these `python -m calibration.targets.make` writes the targets, a file a subject.
"""

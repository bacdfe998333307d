"""What happens to a family in a month, one folder per subject.

In each: `parameters.py` numbers, `levers.py` instruments, `rules*.py` the science as pure
functions, and the steps that read a row, call rules and write a row. A subject is changed in its
folder, its tests in the same one under `tests/`.
"""

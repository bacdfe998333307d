"""What is observed: outcomes and groups, sums, observers, and the tidy table.

A new outcome is declared in `registry.py` and added up in `observe.py`.
"""

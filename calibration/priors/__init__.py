"""Priors: why each number is believed, and what worlds the beliefs make before any fitting.

Start with `beliefs.csv` (one row a number) and `predictive.py` (draws against the targets).
"""

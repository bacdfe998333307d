"""Figures: pure functions from tidy tables to Plotly figures, and the tables behind them.

`registry.py` says which figures there are.
"""

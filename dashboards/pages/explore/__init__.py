"""The first page: two scenarios side by side, with levers to move.

`view.py` is pure, `state.py` what a visitor chose, `page.py` what Solara draws.
"""

"""Verken: two scenarios, a board of levers, and an answer with its uncertainty.

`page.py` is what Solara draws, `view.py` what that shows, pure, and `state.py` declares what a
visitor can choose; `levers.py`, `fields.py` and `told.py` are the parts of the board.
"""

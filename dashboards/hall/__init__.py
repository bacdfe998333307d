"""The hall: a room of a workshop, with a big screen, a host, and phones that guess and choose.

`room.py`, `tally.py` and `saved.py` know no network and no model; `web.py` is what a browser asks.
"""

"""Who knows whom: acquaintances, key persons, municipalities that learn from each other.

Laid down before the run; no policy may move a tie.
"""

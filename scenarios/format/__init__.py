"""How a run folder is written: `run.json`, parts of numbers, seals, and the older format.

A stored thing describes itself; what was changed or lost since is found here.
"""

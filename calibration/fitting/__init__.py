"""Fitting numbers of the world to published figures: what can be learned, and what cannot.

Start with `waves.py` (the order of the work) and `plan.py` (what is asked). `likelihood.py` says
what near is, `emulator.py` stands in for the model, `chain.py` samples and `found.py` tells what
came out.
"""

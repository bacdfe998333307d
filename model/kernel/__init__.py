"""What makes the model fast: compilation, rows by address, random numbers and keys.

The only room that knows Numba. Touch it only with the benchmark at hand.
"""

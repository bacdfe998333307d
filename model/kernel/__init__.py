"""What makes the model fast: compilation, rows by address, prefetching, random numbers and keys.

The only room that knows Numba and llvmlite. Touch it only with the benchmark at hand.
"""

"""Instruments inside the compiled loop, for benchmarks; no run needs them."""

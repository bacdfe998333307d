"""How fast the model is, measured on the machine at hand: `make bench`, or `python -m benchmarks`."""

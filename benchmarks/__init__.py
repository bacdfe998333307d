"""How fast the model is, measured on this machine: `make bench` or `python -m benchmarks`."""

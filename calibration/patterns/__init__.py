"""The patterns that a run must show before it may be used."""

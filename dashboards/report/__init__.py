"""A report to hand over: one HTML file that needs no network."""

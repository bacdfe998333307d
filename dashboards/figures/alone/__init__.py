"""Figures that are a page of their own, with Plotly in it: nothing is fetched."""

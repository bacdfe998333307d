"""Figures that are a page or a picture of their own: nothing is fetched."""

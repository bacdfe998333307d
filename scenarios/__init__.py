"""Policies in time: scenario files, paired comparisons and ensembles."""

from scenarios.composing import compose
from scenarios.files import load, names

__all__ = ["compose", "load", "names"]

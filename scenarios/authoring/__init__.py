"""Scenarios made and told: composed in Python, written as files, described to editors, compared."""

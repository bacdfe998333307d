"""Scenario files: TOML read, checked and laid over each other.

Ground floor of this package. Every refusal says where, what was found and what is allowed.
"""

"""Run folders: opened, locked, resumed, listed and asked for numbers.

Readers use what the folder holds, never today's registry.
"""

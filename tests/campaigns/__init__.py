"""Campaigns: thousands of faults, drawn and lived. `make campaigns` writes docs/reliability.md."""

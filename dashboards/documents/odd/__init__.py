"""The model in the form of the field, `docs/odd.md`: its text by hand, its tables made."""

"""The effects of all scenarios, beside those of an earlier model."""

"""The effects of all scenarios, kept with the model that gave them, beside those of another model."""

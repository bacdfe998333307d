"""The forms in which tables come: text, sheets, and the JSON of data services."""

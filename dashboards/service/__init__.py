"""Runs for the pages: one per question, for everybody who asks it; and who may ask."""

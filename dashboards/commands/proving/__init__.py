"""Commands that make figures which prove themselves, and that prove runs and files."""

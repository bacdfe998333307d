"""One family under two policies: lanes of work, home and school, in words and as a figure."""

"""A comparison in the terminal: the answer first, then the detail, in Dutch or English."""

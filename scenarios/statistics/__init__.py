"""How sure we are: paired differences, intervals, parameters not known, when to stop."""

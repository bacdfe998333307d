"""How far what a scenario does hangs on numbers of each grade of evidence: lived once, and kept."""

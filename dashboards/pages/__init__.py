"""Pages, one folder per question a visitor has."""

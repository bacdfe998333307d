"""Pages, one file per question a visitor has."""

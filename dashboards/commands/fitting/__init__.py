"""Commands that fit the world to figures, and ask where a policy fails."""

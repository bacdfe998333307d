"""Stay: the wish to settle, a while abroad, leaving for good."""

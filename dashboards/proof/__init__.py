"""What a file carries that proves its numbers: how they were made, and that nobody changed it."""

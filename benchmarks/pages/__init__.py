"""The pages in a real browser: what they cost, and what they look like in every state."""

"""Published figures, and how the model comes to each of them."""

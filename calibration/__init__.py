"""Evidence and targets, and how far the model is from them."""

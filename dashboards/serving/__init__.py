"""What stands before the pages: who may ask, how much, and what is said until they are ready."""

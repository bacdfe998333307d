"""What is watched in a run beside its outcomes, to hold it against figures and patterns."""

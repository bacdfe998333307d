"""The simulated world: families, rules, the month and the agents."""

"""What is known: how a number and a lever are declared, the sources, the causal graph.

Ground floor: everything that declares a number stands on it, it imports nothing of the model.
"""

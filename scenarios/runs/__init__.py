"""Ensembles: the same families under every scenario, on cores or on a cluster.

Numbers depend on seeds and settings only, never on where or in which order a task ran.
"""

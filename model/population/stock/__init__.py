"""The stock: whose children are here, drawn from births, arrivals and leaving since 1996.

A folder of its own within `population/`, which is full: how families come to be here is another
subject than how they stand when they are. See docs/population.md.
"""

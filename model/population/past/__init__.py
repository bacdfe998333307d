"""The past: what the model's own long run makes of families, from which the start is drawn.

`make past` lives the base seven times and keeps who was there at its end (`lives.bin`): the first
time from families that all stand as on arrival, then from what the time before gave. A folder of
its own beside `stock/`: who is here is demography, how they stand is what the rules made of them.
"""

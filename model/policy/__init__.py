"""What policy changes: scenarios, the timetable of a run, and the channels of an effect.

New levers are declared in `model/submodels/`; here they only get their months and groups.
"""

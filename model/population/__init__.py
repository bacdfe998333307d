"""Who the families are at the start or on arrival: ODD initialisation.

`origin` may be read here and in reports, nowhere else. What a rule says, ask the rule.
"""

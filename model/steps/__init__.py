"""What happens to one family in a month: read its rows, call the rules, write its rows.

Every step has the same arguments: the world, the row `i` of the family, the month of the run, the
levers that hold for this family (`lv`) and the parameters of the month (`p`).
"""

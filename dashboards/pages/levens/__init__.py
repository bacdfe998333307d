"""Levens: one family under two policies on one time line, and where its lives part.

`state` what was chosen, `view` what is shown in words and tables, `picture` the time line and the
two lines, `page` how it is drawn.
"""

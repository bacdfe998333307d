"""Aanbevelingen: the letter's eleven recommendations, what the model makes of each, and how sure.

`state` what was chosen, `view` what is shown, `page` how it is drawn.
"""

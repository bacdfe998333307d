"""Vergelijk: up to three scenarios beside today's policy in ten outcomes, and which is ahead.

`state` what was chosen, `view` what is shown, `page` how it is drawn.
"""

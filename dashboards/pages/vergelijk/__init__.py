"""Vergelijk: up to three scenarios beside today's policy, in every outcome, and which is ahead.

`state` what was chosen, `view` what is shown, `page` how it is drawn.
"""

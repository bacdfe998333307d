"""Zekerheid: what an outcome rests on, what would turn it, and where the model does not fit.

`state` what was chosen, `view` what hangs on which evidence, `checks` what was held against figures
and what stands still, `page` how it is drawn.
"""

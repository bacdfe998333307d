"""The science: small pure functions of named scalars, one file per submodel.

A rule knows no state, no array and no luck; a draw comes in as a number between 0 and 1. Names
carry units: `p_` is a probability, `share_` lies between 0 and 1, `n_` counts, `is_` is yes or no.
"""

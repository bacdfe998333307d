"""What the numbers of the world do to figures and to policies, wherever they lie in their priors.

`policies.py` lives worlds; `screening.py` moves one number after another, `shares.py` splits what
is left over a few of them (`sensitivity.py` has both in order). `explore.py` asks where a policy
fails to help: `prim.py` finds the box, `robust.py` holds
scenarios against each other.
"""

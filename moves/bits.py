"""Print one digest per shipped scenario: python moves/bits.py | diff - moves/bits_c2dc6c7.txt."""
import sys, hashlib, os
sys.path.insert(0, os.getcwd())
import numpy as np
from model import FamilyModel
from scenarios import load
from pathlib import Path
names = sorted(p.stem for p in Path("scenarios/library").glob("*.toml"))
for n in names:
    m = FamilyModel(scenario=load(n), families=250, rng=7, years=9)
    m.run()
    h = hashlib.sha256()
    for a in (m.state.families, m.state.adults, m.state.children, m.state.schools, m.state.places):
        for f in sorted(a.dtype.names):
            h.update(np.ascontiguousarray(a[f]).tobytes())
    states = h.hexdigest()[:16]
    try: t = m.outcomes(layer=None)  # both layers, as before the layers got a default
    except TypeError: t = m.outcomes()
    keys = [c for c in ("school_year","population","dimension","group","outcome") if c in t]
    g = hashlib.sha256(np.sort(t["numerator"].to_numpy(float)).tobytes()+np.sort(t["denominator"].to_numpy(float)).tobytes()).hexdigest()[:16]
    print(n, states, g, len(t), flush=True)

"""One question, answered replicate by replicate: by how much do two scenarios differ?

A page cannot wait for twenty replicates, nor say one as if it were a finding. So a question is
lived in chunks, each a replicate of 500 families under both scenarios; after every chunk all that
was lived can be looked at, with what may be said of it by then.
"""

"""Dutch of the parents: by living here, by courses, by employers."""

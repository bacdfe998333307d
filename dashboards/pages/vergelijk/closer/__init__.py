"""Closer looks at what is compared: years, groups, municipalities, cohorts, reach, exports."""

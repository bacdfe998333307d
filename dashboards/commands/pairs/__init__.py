"""Commands on the same family under two policies: twins, reach, attribution, cohorts."""

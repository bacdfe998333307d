"""Two lives of the same family: pairs, twins, causes, reach, attribution, the pairing audit."""

"""Plans of a visitor's own: `own` what they are, `named` under a name, `given` as they come in."""

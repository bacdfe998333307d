"""Structure: forms of the world between which no evidence decides; each is a size, 0 is off."""

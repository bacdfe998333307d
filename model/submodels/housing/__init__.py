"""Housing: homes tied to work, moves, crowding."""

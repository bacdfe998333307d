"""Small groups: which cells are hidden, and what would give them away.

No table, figure or file leaves this program without asking here.
"""

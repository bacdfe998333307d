"""What the model keeps on disk: files that are whole or not there, the cache, arrays in one file.

Knows no state and no run; whoever writes a file writes it through here.
"""

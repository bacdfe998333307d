"""What a browser asks of the hall: pages of phones, of the big screen and of the host."""

WAY_IN = "/zaal"
"""Where a host opens a room."""

"""Names that users hold and that were renamed, with the names of today.

One table for every reader of files, links and arguments: a name of before is understood for good.
"""

from __future__ import annotations

from model.outcomes import LAYER_ALIASES

LAYERS_ALIASES = LAYER_ALIASES
"""Layers of the tidy table."""

"""Rights: unpaid wages, unlawful eviction, and claims."""

"""Where a policy fails to help: what no figure pins down is drawn, and a box of it is described."""

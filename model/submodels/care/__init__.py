"""Care of children while their parents work: childcare, kin, others, and hours alone."""

"""Leaving: who is counted, who leaves without a startkwalificatie, and who comes back."""

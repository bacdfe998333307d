"""Answers for the pages: one per question, for everybody who asks it, in turns."""

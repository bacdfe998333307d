"""Early years: birth, youth health care, preschool, language at home."""

"""Contact: information, key persons, peers, registration, care, municipal practice."""

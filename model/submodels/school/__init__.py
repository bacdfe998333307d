"""School: enrolment, absence, learning, advice, tracks and leaving."""

"""Does the base stand still where nothing moves it? Who is alike is compared with who was alike."""

"""Pages for the people at the city."""

"""The LINE edge, and starting the program."""

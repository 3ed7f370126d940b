"""What the city knows, and finding the right part of it for a question."""

"""Pages: for the people at the city, and the forms that residents fill in."""

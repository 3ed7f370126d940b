"""Every SQL statement; a file has the records and the verbs of one noun."""

"""What the bot says: one file for each kind of message."""

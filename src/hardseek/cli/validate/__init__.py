"""Commands that show what the instrument does."""

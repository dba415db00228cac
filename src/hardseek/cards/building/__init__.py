"""Building cards from dialogues and posts."""

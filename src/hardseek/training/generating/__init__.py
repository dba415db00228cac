"""Generating: dialogues in which several replies are tried at every turn, each to the seeker's next move."""

"""Commands of a study with experts."""

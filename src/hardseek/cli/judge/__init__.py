"""Commands of judges: rating a run, training a scorer."""

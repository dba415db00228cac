"""Commands that make training data, train, and prove what changed."""

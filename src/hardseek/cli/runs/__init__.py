"""Commands on runs: holding, measuring, looking at and comparing them."""

"""Making training data: what of stored dialogues is worth learning, clean of what models are measured with."""

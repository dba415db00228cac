"""From dialogues that went badly to small systems that hold up better: data, training, and the proof of it."""

"""The speed of the engine."""

"""What holds for all tests."""

from hypothesis import settings

# An example that takes long says how busy the machine is, not that something is wrong.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

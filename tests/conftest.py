"""What holds for all tests."""

import os

from hypothesis import settings

# Several tests run at once, each on its core: threads of one that wait for each other take the cores of the rest. Read
# when numpy is imported, which is later, and by commands that tests start.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

# An example that takes long says how busy the machine is, not that something is wrong.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

"""The errors hardseek raises on purpose; every message says what was wrong, where, and what to do."""


class HardseekError(Exception):
    """Something the user can mend; its message is shown as it is, without a traceback."""


class Refused(HardseekError):
    """What was asked for is not possible as written, and nothing was begun."""

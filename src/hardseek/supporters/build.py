"""From what an experiment file says of a system to the supporter that answers."""

from pathlib import Path

from hardseek.supporters.spec import (
    BuiltinSystem,
    CallableSystem,
    ChatSystem,
    HookSystem,
    ReplaySystem,
    SystemSpec,
)
from hardseek.supporters.supporter import Supporter


def build_supporter(spec: SystemSpec, beside: Path | None = None) -> Supporter:
    """Make a supporter; it opens connections when it is first asked.

    Args:
        spec: the system.
        beside: the folder of the experiment file, where its modules and transcripts may lie.

    Raises:
        Refused: an environment variable, a module or a file that the system names is missing or not usable.
    """
    # Imported where they are used: aiohttp is slow to import, and a run on built-in systems does without it.
    match spec:
        case ChatSystem():
            from hardseek.supporters.endpoint import EndpointSupporter

            return EndpointSupporter(spec)
        case HookSystem():
            from hardseek.supporters.hook import HookSupporter

            return HookSupporter(spec)
        case CallableSystem():
            from hardseek.supporters.callable import CallableSupporter

            return CallableSupporter(spec, beside=beside)
        case BuiltinSystem():
            from hardseek.supporters.builtin import build_builtin

            return build_builtin(spec.control)
        case ReplaySystem():
            from hardseek.supporters.replay import ReplaySupporter

            return ReplaySupporter(spec, beside=beside)

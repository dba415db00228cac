"""Built-in systems of known quality: what an instrument must be able to tell apart."""

from hardseek.supporters.builtin.catalogue import BUILTIN_NAMES, build_builtin, control, describe
from hardseek.supporters.builtin.control import Control
from hardseek.supporters.builtin.supporter import BuiltinSupporter

__all__ = ["BUILTIN_NAMES", "BuiltinSupporter", "Control", "build_builtin", "control", "describe"]

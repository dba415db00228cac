"""The controls that come with hardseek, by name."""

from functools import lru_cache
from typing import Final

from hardseek.documents import load, packaged
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import choices
from hardseek.supporters.builtin.control import Control
from hardseek.supporters.builtin.supporter import BuiltinSupporter

BUILTIN_NAMES: Final = (
    "balanced-helper",
    "reflective-listener",
    "early-adviser",
    "cheerleader",
    "template-repeater",
    "interrogator",
)
"""Good ones first."""


def build_builtin(name: str) -> BuiltinSupporter:
    """Return the control of this name as a system under test; raises Refused for an unknown one."""
    return BuiltinSupporter(control(name))


@lru_cache
def control(name: str) -> Control:
    """Load a packaged control; raises Refused, with the nearest name, when there is none of this name."""
    if name not in BUILTIN_NAMES:
        raise Refused(f"{name!r} is no built-in system; {choices(name, BUILTIN_NAMES)}")
    file = f"{name}.yaml"
    return load(packaged("hardseek.supporters.builtin", "data", "controls", file), Control, source=file)


def describe(name: str, language: Language) -> str:
    """Say in a sentence or two how a control behaves; raises Refused for an unknown one."""
    return control(name).description[language]

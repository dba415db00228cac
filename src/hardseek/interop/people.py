"""What people in imported dialogues said of them: the scales that their answers are on."""

from typing import Final

import msgspec

from hardseek.documents import packaged
from hardseek.judging.rating import Dimension

PEOPLE: Final = msgspec.yaml.decode(packaged("hardseek.interop", "people.yaml"), type=tuple[Dimension, ...])
"""The dimensions of `Imported.measures`."""

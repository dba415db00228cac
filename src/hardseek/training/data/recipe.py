"""What a dataset is made of: everything that decides its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hardseek.language import Language
from hardseek.training.data.bars import Bar
from hardseek.training.data.mixing import Arm
from hardseek.training.data.preferences import By
from hardseek.training.data.supporter_sft import Unit
from hardseek.training.dataset import Kind


@dataclass(frozen=True)
class DataRecipe:
    """What is made of runs, and how."""

    kind: Kind
    runs: tuple[Path, ...]
    bars: tuple[Bar, ...] = ()
    unit: Unit = "turns"
    conditions: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    arms: tuple[Arm, ...] = ()
    most_turns: int | None = None
    """Supervised turns of a training split at most."""
    against: tuple[Path, ...] = ()
    """What is held out: cards and runs."""
    cards: tuple[Path, ...] = ()
    """Role cards for runs that keep none."""
    prompts: Mapping[Language, str | None] = field(default_factory=dict)
    """System prompts for supporters."""
    chosen_by: By = "response"
    margin: float = 0.05
    """Least difference of best and worst."""
    even_length: bool = False
    """Whether pairs are taken out until length tells nothing of preference."""
    edits: Path | None = None
    general: Path | None = None
    """General role-play data for seekers."""
    general_ratio: float = 1.0
    """General dialogues for each dialogue of our own."""
    judges: tuple[str, ...] = ()
    valid: float = 0.1
    test: float = 0.0
    seed: int = 1
    licence: str | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """The recipe as dataset.yaml keeps it: what was asked for, without what stands beside it there."""
        said: dict[str, Any] = {
            "bars": [bar.text for bar in self.bars],
            "learn": self.unit if self.kind == "supporter-sft" else None,
            "conditions": list(self.conditions),
            "systems": list(self.systems),
            "arms": {arm.name: dict(arm.shares) for arm in self.arms},
            "most_turns": self.most_turns,
            "against": [str(path) for path in self.against],
            "cards": [str(path) for path in self.cards],
            "prompts": {name: text for name, text in self.prompts.items() if text},
            "edits": str(self.edits) if self.edits else None,
            "general": str(self.general) if self.general else None,
            "general_ratio": self.general_ratio if self.general else None,
            "judges": list(self.judges),
        }
        if self.kind == "supporter-preference" and self.edits is None:
            said |= {"chosen_by": self.chosen_by, "margin": self.margin}
        if self.even_length:
            said["even_length"] = True
        kept = {name: value for name, value in said.items() if value not in (None, [], {})}
        return {**kept, "valid": self.valid, "test": self.test, "seed": self.seed}

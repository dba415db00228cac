"""The signature of a run: what its numbers depend on, hashed part by part, so that unlike runs can be told apart."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import msgspec
from pydantic import BaseModel

import hardseek
from hardseek.judging import Settings
from hardseek.runs.digest import defining, digest
from hardseek.runs.plan import Plan

_SHOWN: Final = 8
_SPEAKING: Final = ("cards/", "chat/", "seekers/", "supporters/", "dialogues/", "language.py", "luck.py")
"""What of the package decides what is said."""
_JUDGING: Final = ("judging/", "seekers/appraisal/", "seekers/data/", "language.py")
"""What of it decides how that is measured."""
_KINDS: Final = (".py", ".yaml", ".jsonl", ".md", ".j2")


class Signature(msgspec.Struct, frozen=True):
    """Named parts, each as short as can be told apart; two runs are alike when all their parts are."""

    parts: dict[str, str]

    @property
    def line(self) -> str:
        """The signature in one line, to stand under every table."""
        return "|".join(f"{name}:{value}" for name, value in self.parts.items())

    def unlike(self, other: "Signature") -> list[str]:
        """Name the parts that differ, each with both values."""
        names = dict.fromkeys([*self.parts, *other.parts])
        return [
            f"{name} ({self.parts.get(name, 'none')}, not {other.parts.get(name, 'none')})"
            for name in names
            if self.parts.get(name) != other.parts.get(name)
        ]


def sign(plan: Plan) -> Signature:
    """Sign what the dialogues of a plan depend on."""
    experiment = plan.experiment
    return Signature(
        {
            "hardseek": f"{hardseek.__version__}+{code(*_SPEAKING)}",
            "seed": str(experiment.seed),
            "seeker": f"{experiment.seeker.kind}@{digest(defining(experiment.seeker))[:_SHOWN]}",
            "cards": f"{len(plan.cards)}@{digest(*plan.cards)[:_SHOWN]}",
            "languages": "+".join(experiment.languages),
            "conditions": _counted([digest(c.name, c.profile) for c in experiment.conditions]),
            "systems": _counted(plan.system_digests),
            "exchanges": str(experiment.exchanges),
            "replicates": str(experiment.replicates),
        }
        | ({"luck": plan.luck} if plan.luck is not None else {})
    )


def sign_import(source: str, content: str) -> Signature:
    """Sign dialogues that were held elsewhere; `content` is a digest of them."""
    return Signature(
        {"hardseek": f"{hardseek.__version__}+{code(*_SPEAKING)}", "import": f"{source}@{content[:_SHOWN]}"}
    )


def sign_judge(name: str, settings: Settings = ()) -> str:
    """Sign how a judge measures: by hardseek's code and data for judging, and by its own settings where it has any."""
    own = [defining(part) if isinstance(part, BaseModel) else part for part in settings]
    return f"{name}@{code(*_JUDGING)}" + (f"+{digest(*own)[:_SHOWN]}" if own else "")


def _counted(digests: list[str]) -> str:
    return f"{len(digests)}@{digest(*digests)[:_SHOWN]}"


@cache
def code(*places: str) -> str:
    """Digest the code and data (prompts, phrases, rules) of parts of the package."""
    hashed = blake2b(digest_size=4)
    for path, text in sorted(_texts(files("hardseek"), "")):
        if path.startswith(places):
            hashed.update(path.encode() + b"\0" + text + b"\0")
    return hashed.hexdigest()


def _texts(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _texts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_KINDS):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found

"""What decides the cards of a build: sources, model, prompts, seed. A build goes on only where these are the same."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Final

import msgspec

from hardseek.cards.building.prompting import STEPS, prompt_names, step_prompt
from hardseek.cards.building.source import Source
from hardseek.cards.taxonomy import taxonomy
from hardseek.chat import Endpoint
from hardseek.language import LANGUAGES, Language

Recipe = dict[str, str]
"""What each part is, in words or as a digest."""
BY_RULE: Final = "none: by rule"


def recipe_of(
    sources: Sequence[Source], endpoint: Endpoint | None, *, seed: int, language: Language | None
) -> Recipe:  # fmt: skip
    """Return what decides the cards.

    Args:
        sources: what was read, without identifiers, before the filter.
        endpoint: the model; None where cards are made by rule.
        seed: of all calls.
        language: the only one that is kept; None: both.
    """
    recipe = {
        "sources": f"{len(sources)}, {_digest(sources)}",
        "languages": language or " and ".join(LANGUAGES),
        "model": endpoint.model if endpoint is not None else BY_RULE,
    }
    if endpoint is not None:
        settings = {"sampling": endpoint.sampling.model_dump(exclude_none=True), "extra_body": endpoint.extra_body}
        recipe["settings"] = _text(settings)
        recipe["prompts"] = "; ".join(map(prompt_names, STEPS)) + f", {_digest(_instructions())}"
        recipe["taxonomy"] = f"{taxonomy().id}@{taxonomy().version}"
        recipe["seed"] = str(seed)
    return recipe


def unlike(kept: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """Say in what two recipes differ."""
    parts = dict.fromkeys([*kept, *wanted])
    return [
        f"{part} (there {kept.get(part, 'none')}, here {wanted.get(part, 'none')})"
        for part in parts
        if kept.get(part) != wanted.get(part)
    ]


def _instructions() -> list[str]:
    return [step_prompt(step, language).instructions for step in STEPS for language in LANGUAGES]


def _digest(value: object) -> str:
    return blake2b(_text(value).encode(), digest_size=8).hexdigest()


def _text(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()

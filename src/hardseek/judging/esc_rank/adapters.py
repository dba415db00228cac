"""The folders of ESC-RANK's adapters, and what the adapters are asked.

The names are those of the release (huggingface.co/haidequanbu/ESC-RANK): `fluency` rates Chinese dialogues,
`fluency_en` English ones, and so on. A score is one digit, 0 to 4, the first thing that the model says.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hardseek.dialogues import Transcript
from hardseek.documents import load, read
from hardseek.errors import Refused
from hardseek.judging.prompting import Prompt
from hardseek.judging.rubrics import RubricDimension, packaged_rubric
from hardseek.language import LANGUAGES, Language

ADAPTERS: Final[Mapping[str, str]] = {
    "fluency": "fluency",
    "expression": "diversity",
    "empathy": "empathic",
    "information": "suggestion",
    "skill": "tech",
    "humanoid": "human",
    "overall": "overall",
}
"""From the dimensions of the rubric `esc-eval` to the release's names."""
DIGITS: Final = ("0", "1", "2", "3", "4")
CONFIG: Final = "adapter_config.json"
_ENDING: Final[dict[Language, str]] = {"en": "_en", "zh": ""}
_SPEAKERS: Final = {"user": "**用户**", "assistant": "**AI助手**"}
"""How the release's script calls the two in both languages."""
_PROMPT: Final = Prompt("hardseek.judging.esc_rank", "rate")
_PLACE: Final = "{dialogue}"
Wordings = Mapping[str, Mapping[Language, str]]
"""By dimension, then by language: a prompt with `{dialogue}` in it."""


def adapter_folder(folder: Path, dimension: str, language: Language) -> Path:
    """Return where the adapter of a dimension and language is."""
    return folder / f"{ADAPTERS[dimension]}{_ENDING[language]}"


def languages_of(folder: Path) -> tuple[Language, ...]:
    """Return the languages whose seven adapters are all there.

    Raises:
        Refused: there is no language with all of them; what is missing is named.
    """
    missing = {
        language: [
            place.name
            for dimension in ADAPTERS
            if not (place := adapter_folder(folder, dimension, language) / CONFIG).is_file()
        ]
        for language in LANGUAGES
    }
    found = tuple(language for language in LANGUAGES if not missing[language])
    if not found:
        wanted = ", ".join(adapter_folder(Path(), dimension, "en").name for dimension in ADAPTERS)
        raise Refused(f"{folder}: not the adapters of ESC-RANK; for English it needs the folders {wanted}")
    return found


def load_wordings(path: Path | None) -> Wordings | None:
    """Read prompts that are to be used word for word, such as those that the adapters were trained with.

    Raises:
        Refused: the file is not a mapping of all dimensions to prompts with `{dialogue}` in them.
    """
    if path is None:
        return None
    given = load(read(path), dict[str, dict[Language, str]], source=str(path))
    for dimension in ADAPTERS:
        for language in LANGUAGES:
            if _PLACE not in given.get(dimension, {}).get(language, ""):
                raise Refused(f"{path}: {dimension}.{language}: needs a prompt with {_PLACE} where the dialogue goes")
    return given


def wording(transcript: Transcript, dimension: RubricDimension, given: Wordings | None) -> str:
    """Return what an adapter is asked."""
    dialogue = "\n\n".join(f"{_SPEAKERS[said.role]}：{said.content}" for said in transcript.messages)
    if given is not None:
        return given[dimension.name][transcript.language].replace(_PLACE, dialogue)
    rubric = packaged_rubric("esc-eval")
    # In English for Chinese dialogues too: so the adapters were trained.
    asked = _PROMPT.messages(
        "en", title=dimension.title.en, definition=dimension.definition.en, low=rubric.low,
        high=rubric.high, levels=[(level, dimension.levels[level].en) for level in sorted(dimension.levels)],
        dialogue=dialogue,
    )  # fmt: skip
    return asked[-1].content

"""Sources and extractions to build cards from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hardseek.cards.building import Said, Source
from hardseek.cards.building.extraction import Age, Entry, Extraction, Stated, ToldFact

_CORPORA = Path(__file__).resolve().parents[4] / "shared" / "data"
NOTHING = Stated([], None)
TALK = (
    Said("supporter", "Hello, you sound like a nurse to me. What brings you here?"),
    Said("seeker", "I'm thirty-four and I've been on night shifts for 2 years. I am a nurse at a small hospital."),
    Said("supporter", "Do you feel guilty about it?"),
    Said("seeker", "I got a dose wrong last month and told no one. I feel so ashamed, I can't sleep at all."),
    Said("supporter", "You should call 555-0100."),
    Said(
        "seeker", "I tried writing it down, it did nothing. My husband thinks it is just the hours. I want to be heard."
    ),
)
Extracting = Callable[..., Extraction]


@pytest.fixture
def source() -> Source:
    return Source("talk-1", "talks.jsonl, line 1", "en", TALK)


@pytest.fixture
def extracting() -> Extracting:
    """Return a function that makes an extraction of `source` that stands, but for what is given."""

    def make(**changed: object) -> Extraction:
        honest: dict[str, object] = {
            "problem": Stated(["told no one", "I feel so ashamed"], "A nurse hides a mistake that she is ashamed of."),
            "age": Age(["I'm thirty-four"], 34),
            "gender": NOTHING,
            "occupation": Stated(["I am a nurse at a small hospital"], "nurse"),
            "education": NOTHING,
            "relationship": Stated(["My husband"], "married"),
            "setting": NOTHING,
            "facts": [
                ToldFact(["on night shifts for 2 years"], "I've been on nights for 2 years now.", "surface", "tired"),
                ToldFact(["I got a dose wrong last month"], "I got a dose wrong and I told no one.", "core", "ashamed"),
                ToldFact(["I can't sleep at all"], "I can't sleep at all these days.", "personal", None),
            ],
            "feelings": [Entry(["ashamed"], "ashamed")],
            "beliefs": [],
            "tried": [Entry(["I tried writing it down"], "I tried writing it down.")],
            "wants": Stated(["I want to be heard"], "I want to be heard."),
            "would_help": NOTHING,
        }
        return Extraction(**{**honest, **changed})  # type: ignore[arg-type]

    return make


@pytest.fixture
def corpora() -> Path:
    if not _CORPORA.is_dir():
        pytest.skip(f"the reference corpora are not at {_CORPORA}")
    return _CORPORA

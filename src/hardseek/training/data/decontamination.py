"""Decontamination: what of the dialogues is too near to the cards that a model will be measured with.

Three checks, in this order; the first that holds is the reason:

1. *the same card*: the same id and the same content, or the same id where one of the two contents is not known;
2. *the same family*: see `families`;
3. *shared wording*: a run of 13 words (in Chinese 21 characters) of an evaluation card, or of what a seeker said in an
   evaluation run, stands in the dialogue or in its card. 13 words are the runs of GPT-3's decontamination (Brown et
   al., 2020, arXiv 2005.14165, appendix C); a Chinese word of running text has about 1.6 characters, and 13 of them 21.
   As there, runs that stand in more than 10 documents (here: families of cards) are turns of phrase and count for
   nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardseek.cards import RoleCard, load_cards
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.language import Language, tokens
from hardseek.runs import CARDS, Store
from hardseek.runs.store import FILE
from hardseek.training.data.drops import Drops
from hardseek.training.data.families import Families, identity
from hardseek.training.data.material import Held
from hardseek.training.dataset import Talk

RUNS: Final[dict[Language, int]] = {"en": 13, "zh": 21}
"""Words, or characters, of a run that gives a text away."""
COMMON: Final = 10
"""Families of the training cards in which a run may stand before it is a turn of phrase."""

Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a model will be measured with."""

    cards: tuple[RoleCard, ...]
    unseen: frozenset[str]
    """Ids of cards that dialogues name and whose content is not at hand."""
    said: tuple[tuple[Language, str], ...]
    """What seekers said in evaluation runs, a turn an entry."""


def read_evaluation(paths: Sequence[Path]) -> Evaluation:
    """Read what is held out: files or folders of role cards, and runs; raises Refused for what is neither."""
    cards: list[RoleCard] = []
    unseen: set[str] = set()
    said: list[tuple[Language, str]] = []
    for path in paths:
        if not (path / FILE).is_file():
            if not path.exists():
                raise Refused(f"--against {path}: there is no such file or folder; give role cards, or a run")
            cards += load_cards(path)
            continue
        mine = load_cards(path / CARDS) if (path / CARDS).is_file() else ()
        cards += mine
        with Store(path) as store:
            for _, dialogue in store.finished():
                unseen.add(dialogue.card)
                said += [(dialogue.language, turn.text) for turn in dialogue.turns if turn.speaker == "seeker"]
    unseen -= {card.id for card in cards}  # whose content was given beside the run
    return Evaluation(tuple(cards), frozenset(unseen), tuple(said))


def decontaminated(
    held: Sequence[Held], families: Sequence[str], evaluation: Evaluation, joined: Families, drops: Drops
) -> list[int]:
    """Return the places of the dialogues that are clean; the others are counted by reason.

    Args:
        held: the dialogues.
        families: the family of each.
        evaluation: what is held out.
        joined: the families of all cards, those of the evaluation included.
        drops: counts what is left out.
    """
    same = {identity(card) for card in evaluation.cards}
    ids = {card.id for card in evaluation.cards}
    theirs = {joined.of(card) for card in evaluation.cards}
    shared = _shared(held, families, evaluation)
    clean = []
    for place, (each, family) in enumerate(zip(held, families, strict=True)):
        name = each.dialogue.card
        if name in evaluation.unseen or (name in ids and each.card is None):
            drops.add("dialogues", "the card has the id of an evaluation card, and what one of them tells is not known")
        elif each.card is not None and identity(each.card) in same:
            drops.add("dialogues", "the card is an evaluation card")
        elif family in theirs:
            drops.add("dialogues", "the card is of the family of an evaluation card")
        elif place in shared:
            drops.add("dialogues", f"a run of {_run(each.dialogue.language)} stands in the evaluation's texts too")
        else:
            clean.append(place)
    return clean


def _shared(held: Sequence[Held], families: Sequence[str], evaluation: Evaluation) -> set[int]:
    """Return the places of dialogues that share a run of words with the evaluation's texts."""
    theirs = _grams_of(evaluation)
    found: defaultdict[Gram, set[int]] = defaultdict(set)
    for place, each in enumerate(held):
        for text in _texts(each):
            for gram in grams(text, each.dialogue.language):
                if gram in theirs:
                    found[gram].add(place)
    return {
        place for places in found.values() if len({families[place] for place in places}) <= COMMON for place in places
    }


def clean_talks(talks: Sequence[Talk], evaluation: Evaluation, drops: Drops) -> list[Talk]:
    """Return the dialogues of other people's data that share no run of words with the evaluation's texts."""
    theirs = _grams_of(evaluation)
    clean = []
    for talk in talks:
        language = talk.language or "en"
        if any(gram in theirs for said in talk.messages for gram in grams(said.content, language)):
            drops.add("general dialogues", f"a run of {_run(language)} stands in the evaluation's texts too")
        else:
            clean.append(talk)
    return clean


def _grams_of(evaluation: Evaluation) -> set[Gram]:
    theirs: set[Gram] = set()
    for card in evaluation.cards:
        for text in card_texts(card):
            theirs.update(grams(text, card.language))
    for language, text in evaluation.said:
        theirs.update(grams(text, language))
    return theirs


def _run(language: Language) -> str:
    return f"{RUNS[language]} {'words' if language == 'en' else 'characters'}"


def grams(text: str, language: Language) -> Iterator[Gram]:
    """Yield the runs of words (Chinese: characters) of a text, lower case, without punctuation."""
    words = tokens(text.lower())
    size = RUNS[language]
    for place in range(len(words) - size + 1):
        yield tuple(words[place : place + size])


def card_texts(card: RoleCard) -> list[str]:
    """Return what a card tells of its person, text by text."""
    facts = [fact.text for fact in card.facts]
    return [card.summary, *facts, *card.beliefs, *card.tried, *filter(None, (card.wants, card.would_help))]


def _texts(each: Held) -> Iterable[str]:
    dialogue: Dialogue = each.dialogue
    yield from (turn.text for turn in dialogue.turns)
    if each.card is not None:
        yield from card_texts(each.card)

"""Who is meant: the person of an English summary becomes I, me and my, and others stay who they are.

Pronouns are resolved by rules a reader can follow. A pronoun of the person's gender ("they" where none is known) is
the person when nobody else whom it could mean has been named in the sentence. Where somebody has: an object pronoun is
not the subject of its own clause (Chomsky, 1981, Lectures on Government and Binding, principle B), a possessive is the
other's, and a subject pronoun is taken for the subject before it (the subject preference of Crawley, Stevenson and
Kleinman, 1990, J. Psycholinguistic Research 19). Two people of one gender in a sentence remain where this goes wrong.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from hardseek.cards.telling.words import english_words

Group = Literal["women", "men", "several"]
Role = Literal["subject", "object", "possessive", "reflexive"]
Who = Literal["seeker", "we", "women", "men", "either", "several"]

_SEEKER: Final = "§"
_TOKEN = re.compile(r"§s?|[\w'-]+|[^\w\s]|\s+")
_GROUPS: Final[dict[Literal["female", "male"] | None, Group]] = {"female": "women", "male": "men", None: "several"}
_PRONOUNS: Final[dict[str, tuple[Group, Role]]] = {
    "she": ("women", "subject"), "hers": ("women", "possessive"), "herself": ("women", "reflexive"),
    "he": ("men", "subject"), "him": ("men", "object"), "his": ("men", "possessive"), "himself": ("men", "reflexive"),
    "they": ("several", "subject"), "them": ("several", "object"), "their": ("several", "possessive"),
    "theirs": ("several", "possessive"), "themselves": ("several", "reflexive"), "themself": ("several", "reflexive"),
}  # fmt: skip
_CONTRACTED: Final = {
    r"\b(s?he)'s (?=\w+ed\b|been\b|got\b|had\b)": r"\1 has ",
    r"\b(s?he)'s\b": r"\1 is",
    r"\bthey're\b": "they are",
    r"\bthey've\b": "they have",
    r"\b(s?he|they)'d\b": r"\1 would",
    r"\b(s?he|they)'ll\b": r"\1 will",
}
_ME: Final[dict[Role, str]] = {"subject": "I", "object": "me", "possessive": "my", "reflexive": "myself"}
_US: Final[dict[Role, str]] = {"subject": "we", "object": "us", "possessive": "our", "reflexive": "ourselves"}
_SINGLE: Final[frozenset[Who]] = frozenset({"women", "men", "either"})


class _Place(NamedTuple):
    """A word and the words around it, lower case, "" beyond the ends."""

    previous: str
    word: str
    following: str
    after: str
    verb: str
    """The next word that is no adverb."""


@dataclass(slots=True)
class _Scene:
    """What has been said so far in a sentence."""

    before: frozenset[Who]
    """Others named in earlier sentences."""
    subject: Who = "seeker"
    last: Who | None = None
    """The other person named last."""
    named: set[Who] = field(default_factory=set)

    @property
    def company(self) -> bool:
        """Whether there is one other person with whom the seeker can be "they"."""
        return bool(_SINGLE & (self.named | self.before))


class EnglishReference:
    """Turns the sentences of one summary, in order."""

    def __init__(self, gender: Literal["female", "male"] | None) -> None:
        self._words = english_words()
        self._group = _GROUPS[gender]
        self._named: frozenset[Who] = frozenset()
        self._person = re.compile(rf"\b(?:{'|'.join(self._words.seeker)})\b('s)?", re.IGNORECASE)

    def speak(self, sentence: str) -> str:
        """Say a sentence about the person in the first person."""
        for contracted, full in _CONTRACTED.items():
            sentence = re.sub(contracted, full, sentence, flags=re.IGNORECASE)
        tokens = _TOKEN.findall(self._person.sub(lambda found: f"{_SEEKER}s" if found[1] else _SEEKER, sentence))
        spots = [spot for spot, token in enumerate(tokens) if not token.isspace()]
        words = [tokens[spot].lower() for spot in spots]
        scene = _Scene(self._named)
        agreeing = False
        for rank, spot in enumerate(spots):
            place = self._place(words, rank)
            if agreeing and not self._adverb(place.word):
                tokens[spot] = self.first_person_verb(tokens[spot])
                agreeing = False
            elif scene.subject == "seeker" and place.word in self._words.verbs and self._goes_on(words, rank):
                tokens[spot] = self.first_person_verb(tokens[spot])
            spoken = self._spoken(place, scene)
            if spoken is None:
                self._notice(place, scene)
                continue
            tokens[spot] = spoken
            if spoken in {"I", "we"}:
                scene.subject = "seeker" if spoken == "I" else "we"
                agreeing = spoken == "I"
        self._named |= scene.named
        text = "".join(tokens)
        return text[:1].upper() + text[1:]

    def first_person_verb(self, word: str) -> str:
        """Give the form that goes with I: "feels" is "feel", "has" is "have"; other words stay."""
        lowered = word.lower()
        if lowered in self._words.third_person:
            return self._words.third_person[lowered]
        if lowered.endswith("ies"):
            return lowered[:-3] + "y"
        if lowered.endswith(("sses", "shes", "ches", "xes", "zzes")):
            return lowered[:-2]
        return word[:-1] if lowered.endswith("s") and not lowered.endswith(("ss", "us")) else word

    def finite(self, word: str) -> bool:
        """Tell whether a word can be the verb of a clause after its subject."""
        words = self._words
        known = word in words.third_person or word in words.verbs or word in words.modals or word in words.past
        return known or (word.endswith("ed") and word not in {"need", "indeed"})

    def _place(self, words: list[str], rank: int) -> _Place:
        ahead = [*words[rank + 1 : rank + 3], "", ""]
        verb = ahead[1] if self._adverb(ahead[0]) else ahead[0]
        return _Place(words[rank - 1] if rank else "", words[rank], ahead[0], ahead[1], verb)

    def _spoken(self, place: _Place, scene: _Scene) -> str | None:
        """Return the first-person word for this one, or None when it is not the person."""
        if place.word == f"{_SEEKER}s":
            return "my"
        if place.word == _SEEKER:
            present = place.verb.endswith("s") and place.verb not in self._words.function
            return "I" if not place.previous or present or self.finite(place.verb) else "me"
        if place.word == "her":
            named = place.following[:1].isalnum() and place.following not in self._words.function
            role: Role = "possessive" if named and place.previous not in self._words.causing else "object"
            return self._mine("women", role, place, scene)
        if place.word in _PRONOUNS:
            return self._mine(*_PRONOUNS[place.word], place, scene)
        return None

    def _mine(self, group: Group, role: Role, place: _Place, scene: _Scene) -> str | None:
        if group == "several" and "several" not in scene.named:
            shared = self._group != "several" or (role == "possessive" and place.following in self._words.shared)
            return (_US if shared and scene.company else _ME)[role]
        if group != self._group:
            # Of a person whose gender is not given, "his" is theirs as long as nobody else is there to be meant.
            return _ME[role] if self._group == "several" and not scene.company else None
        if group not in scene.named:
            return _ME[role]
        theirs = {
            "subject": scene.subject != "seeker" or group == "several",
            "object": scene.subject == "seeker",
            # A summary is about the person: "friends who mock their accent". What others have of theirs is "own".
            "possessive": group != "several" or place.following == "own" or place.following[:1].isdigit(),
            "reflexive": True,
        }
        return None if theirs[role] else _ME[role]

    def _notice(self, place: _Place, scene: _Scene) -> None:
        """Keep track of who is named and whose clause this is."""
        if place.word in {"who", "which"}:
            scene.subject = scene.last if place.word == "who" and scene.last is not None else "either"
            return
        who = self._other(place.word)
        if who is None:
            return
        scene.named.add(who)
        scene.last = who
        open_word = place.following.isalpha() and place.following not in self._words.function
        plural_verb = who == "several" and open_word and not place.following.endswith("ing")
        if plural_verb or self.finite(place.verb):
            scene.subject = who

    def _other(self, word: str) -> Who | None:
        named = word.removesuffix("'s").removesuffix("s'")
        groups: dict[Who, frozenset[str]] = {
            "women": self._words.women,
            "men": self._words.men,
            "either": self._words.either,
            "several": self._words.several,
        }
        return next((who for who, names in groups.items() if named in names), None)

    def _goes_on(self, words: list[str], rank: int) -> bool:
        """Tell whether a verb here goes on with the same subject: after "and", "but", "or" or a comma."""
        back = rank - 1
        while back >= 0 and self._adverb(words[back]):
            back -= 1
        return back >= 0 and words[back] in {"and", "but", "or", ",", "then"}

    def _adverb(self, word: str) -> bool:
        return word in self._words.adverbs or (word.endswith("ly") and word not in {"family", "only", "reply"})

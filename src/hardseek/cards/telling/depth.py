"""How deep a fact lies, which feeling goes with it, and whether it touches self-harm."""

import re
from dataclasses import dataclass

from hardseek.cards.card import Depth, Fact, Risk
from hardseek.cards.telling.words import Cues, cues
from hardseek.language import Language


@dataclass(frozen=True, slots=True)
class Telling:
    """What a person could tell, in the order of the summary it was made from."""

    facts: tuple[Fact, ...]
    feelings: tuple[str, ...]
    wants: str | None
    risk: Risk


def arrange(sentences: list[str], language: Language) -> Telling:
    """Make facts of what the person would say.

    The opening is surface: it is what anybody hears first. Later facts are personal where a feeling or a close matter
    is in them, core where shame, violence or worth is; of the rest, those of the first half are surface. Whatever
    touches self-harm is core wherever it stands. A closing wish ("I'd like some advice on ...") is what the person
    wants from the talk, and is no fact as long as others are left.
    """
    known = cues(language)
    wishes = [sentence for sentence in sentences if _any(known.wants, sentence)]
    told = [sentence for sentence in sentences if sentence not in wishes] or sentences
    risks = [_risk(sentence, known) for sentence in told]
    depths = [_depth(place, len(told), sentence, known) for place, sentence in enumerate(told)]
    for place, risk in enumerate(risks):
        depths[place] = "core" if risk is not None else depths[place]
    opening = next((place for place, risk in enumerate(risks) if risk is None), None)
    if opening is not None:
        depths[opening] = "surface"
    feelings = [_feeling(sentence, known) for sentence in told]
    facts = tuple(
        Fact(id=f"f{place}", depth=depth, text=sentence, feeling=feeling)
        for place, (depth, sentence, feeling) in enumerate(zip(depths, told, feelings, strict=True), start=1)
    )
    named = tuple(dict.fromkeys(feeling for feeling in feelings if feeling is not None))
    wants = " ".join(wishes) if language == "en" else "".join(wishes)
    return Telling(facts, named, wants or None, _worst(risks))


def _depth(place: int, count: int, sentence: str, known: Cues) -> Depth:
    if _any(known.core, sentence):
        return "core"
    if _any(known.personal, sentence):
        return "personal"
    return "surface" if 2 * place < count else "personal"


def risk_in(sentence: str, language: Language) -> Risk:
    """Tell what of the speaker's own self-harm a sentence touches; somebody else's is `none`."""
    return _risk(sentence, cues(language)) or "none"


def _risk(sentence: str, known: Cues) -> Risk | None:
    """Tell what of self-harm a sentence touches: `none` when it is somebody else's, None when there is nothing."""
    for risk, patterns in (("past-self-harm", known.self_harm), ("passive-thoughts", known.passive_thoughts)):
        for pattern in patterns:
            found = re.search(pattern, sentence, re.IGNORECASE)
            if found is not None:
                if _any(known.somebody_else, sentence[: found.start()]):
                    return "none"
                return "past-self-harm" if risk == "past-self-harm" else "passive-thoughts"
    return None


def _worst(risks: list[Risk | None]) -> Risk:
    order: tuple[Risk, ...] = ("past-self-harm", "passive-thoughts")
    return next((risk for risk in order if risk in risks), "none")


def _feeling(sentence: str, known: Cues) -> str | None:
    return next((feeling for feeling, patterns in known.feelings.items() if _any(patterns, sentence)), None)


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)

"""The plan of a study as a document: what is done, who plays what, and how even it is; for a protocol or a
pre-registration."""

from collections import Counter
from collections.abc import Iterator

from hardseek.language import Language
from hardseek.study.acting import acting
from hardseek.study.design import Design
from hardseek.study.items import ChoiceItem, Item, LikertItem, SliderItem


def plan_text(design: Design) -> str:
    """Return the plan in Markdown. It names the systems: it is for the study team, not for participants."""
    return "\n".join(_lines(design)) + "\n"


def _lines(design: Design) -> Iterator[str]:
    study, assigned = design.study, design.assigned
    language = study.languages[0]
    talks = study.talks
    yield f"# {study.title.in_language(language)}"
    yield ""
    yield f"Study `{study.name}`, seed {study.seed}. Names the systems: for the study team only."
    yield ""
    yield f"- {len(study.participants)} participants in {' and '.join(study.languages)}."
    yield f"- {talks} talks each, {len(assigned)} in all."
    yield f"- {study.exchanges} exchanges at most; the participant may leave before."
    yield f"- Systems: {', '.join(system.name for system in study.systems)}. Participants meet them under letters of"
    yield "  their own, drawn for each participant."
    yield f"- Behaviours: {', '.join(design.conditions)}."
    yield f"- Cards: {len(design.cards)}."
    yield "- Order: a Williams design over systems x behaviours within each language; cards as evenly as can be."
    yield f"- Signature: {'|'.join(f'{name}:{value}' for name, value in design.parts.items())}"
    yield ""
    yield "## Behaviours"
    yield ""
    for condition in study.conditions:
        told = acting(condition, language)
        manners = " ".join(f"{title}: {text}" for title, text in told.manners)
        yield f"- `{condition.name}` {' '.join(filter(None, (told.description, manners, told.course)))}"
    yield ""
    yield "## Questions"
    yield ""
    for form, items in design.forms.items():
        if items:
            yield f"- {form}: " + "; ".join(_question(item, language) for item in items)
    yield ""
    yield "## Who plays what"
    yield ""
    if talks:
        yield from _talks(design)
    if design.readings:
        raters = Counter(identity for ids in design.readings.values() for identity in ids)
        spread = ", ".join(f"{count} by {by}" for by, count in sorted(Counter(raters.values()).items()))
        yield f"Dialogues to read, by how many participants: {spread}; {len(design.stored) - len(raters)} by none."


def _talks(design: Design) -> Iterator[str]:
    study, assigned, talks = design.study, design.assigned, design.study.talks
    yield "| participant | language | " + " | ".join(str(place + 1) for place in range(talks)) + " |"
    yield "|" + "---|" * (talks + 2)
    for participant in study.participants:
        own = [each for each in assigned if each.participant == participant.code]
        cells = " | ".join(f"{each.system} ({each.letter}), {each.condition}, {each.card}" for each in own)
        yield f"| {participant.code} | {participant.language} | {cells} |"
    yield ""
    yield "## How even it is"
    yield ""
    yield from _evenness(design)


def _evenness(design: Design) -> Iterator[str]:
    """Count systems x behaviours by position, and cards."""
    talks = design.study.talks
    places = Counter((each.system, each.condition, each.position) for each in design.assigned)
    yield "| system, behaviour | " + " | ".join(str(place + 1) for place in range(talks)) + " | all |"
    yield "|" + "---|" * (talks + 2)
    for system in design.study.systems:
        for condition in design.study.conditions:
            row = [places[system.name, condition.name, place + 1] for place in range(talks)]
            counted = " | ".join(map(str, row))
            yield f"| {system.name}, {condition.name} | {counted} | {sum(row)} |"
    yield ""
    cards = Counter(each.card for each in design.assigned)
    counts = [cards[card] for card in design.cards]
    yield f"Cards are played {min(counts)} to {max(counts)} times each."
    yield ""


def _question(item: Item, language: Language) -> str:
    scale = f" ({item.low:g} to {item.high:g})" if isinstance(item, LikertItem | SliderItem) else ""
    scale = f" ({', '.join(item.options)})" if isinstance(item, ChoiceItem) else scale
    return f"`{item.name}` {item.text.in_language(language)}{scale}"

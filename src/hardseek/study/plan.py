"""The plan of a study as a document: what is done, who plays what, and how even it is; for a protocol or a
pre-registration."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from hardseek.language import Language
from hardseek.study.acting import acting
from hardseek.study.attention import CheckKind, planned
from hardseek.study.design import Design
from hardseek.study.items import CheckItem, ChoiceItem, Item, LikertItem, SliderItem
from hardseek.study.power import hint
from hardseek.study.study import MOST_EXCHANGES, Study


def plan_text(design: Design) -> str:
    """Return the plan in Markdown. It names the systems: it is for the study team, not for participants."""
    return "\n".join(_lines(design)) + "\n"


def _lines(design: Design) -> Iterator[str]:
    study = design.study
    yield f"# {study.title.in_language(study.languages[0])}"
    yield ""
    yield f"Study `{study.name}`, seed {study.seed}. Names the systems: for the study team only."
    yield ""
    yield from _design(design)
    sections = {
        "Behaviours": _behaviours, "Questions": _questions, "Attention": _attention, "Power": hint,
        "Analysis": _analysis, "Who plays what": _who,
    }  # fmt: skip
    for title, told in sections.items():
        yield ""
        yield f"## {title}"
        yield ""
        yield from told(design)


def _design(design: Design) -> Iterator[str]:
    study = design.study
    yield f"- {len(study.participants)} participants in {' and '.join(study.languages)}."
    yield f"- {study.talks} talks each, {len(design.assigned)} in all."
    yield from _lengths(study)
    yield f"- Systems: {', '.join(system.name for system in study.systems)}. Participants meet them under letters of"
    yield "  their own, drawn for each participant."
    yield f"- Behaviours: {', '.join(condition.name for condition in study.conditions)}."
    yield f"- Cards: {len(design.cards)}."
    yield from _tasks(study)
    yield "- Order: a Williams design over systems x behaviours within each language; cards as evenly as can be."
    yield f"- Signature: {'|'.join(f'{name}:{value}' for name, value in design.parts.items())}"


def _behaviours(design: Design) -> Iterator[str]:
    language = design.study.languages[0]
    for condition in design.study.conditions:
        told = acting(condition, language)
        manners = " ".join(f"{title}: {text}" for title, text in told.manners)
        yield f"- `{condition.name}` {' '.join(filter(None, (told.description, manners, told.course)))}"


def _questions(design: Design) -> Iterator[str]:
    language = design.study.languages[0]
    for form, items in design.forms.items():
        if items:
            yield f"- {form}: " + "; ".join(_question(item, language) for item in items)


def _who(design: Design) -> Iterator[str]:
    if design.study.talks:
        yield from _talks(design)
    if design.readings:
        raters = Counter(identity for ids in design.readings.values() for identity in ids)
        left = len(design.stored) - len(raters)
        yield f"Dialogues to read, by how many participants: {_spread(raters)}; {left} by none."
    if design.pairs:
        sides = [side for own in design.pairs.values() for side in own]
        raters = Counter(side.pair for side in sides)
        left = len(design.compared) - len(raters)
        straight = sum(not side.turned for side in sides)
        yield f"Pairs to compare, by how many participants: {_spread(raters)}; {left} by none."
        yield f"The system whose name comes first stands first in {straight} of {len(sides)} comparisons."


def _spread(raters: Counter[str]) -> str:
    return ", ".join(f"{count} by {by}" for by, count in sorted(Counter(raters.values()).items()))


def _lengths(study: Study) -> Iterator[str]:
    if study.minutes is None or study.exchanges < MOST_EXCHANGES:
        yield f"- {study.exchanges} exchanges at most; the participant may leave before."
    if study.minutes is not None:
        yield f"- {study.minutes:g} minutes at most, from the beginning of a talk; the participant may leave before."
    if study.practice is not None:
        practised = study.practice
        yield f"- Before, a talk to practise with {practised.system.name} ({practised.condition.name}); in no result."
    hidden = [name for name in type(study.sees).model_fields if not getattr(study.sees, name)]
    if hidden:
        yield f"- Participants are not shown: {', '.join(hidden)}."


def _tasks(study: Study) -> Iterator[str]:
    if study.reading is not None:
        read = study.reading
        yield f"- Each reads and rates {read.each} stored dialogues, {read.raters} participants each dialogue."
        if read.repeats:
            yield f"- {read.repeats} of them come once more at the end, without being told."
    if study.pairs is not None:
        pairs = study.pairs
        yield f"- Each compares {pairs.each} pairs of stored dialogues, {pairs.raters} participants each pair."


_CHECKS: Final[dict[CheckKind, str]] = {
    "instructed": "questions that say what to choose",
    "repeated": "questions asked again",
    "reread": "questions on dialogues read again",
}


def _attention(design: Design) -> Iterator[str]:
    found = [f"{count} {_CHECKS[kind]}" for kind, count in planned(design).items() if count]
    if not found:
        yield "There are no attention checks."
        return
    allowed = design.study.attention.allowed
    yield f"Each participant meets up to {', '.join(found)}."
    yield f"Who fails more than {allowed} is flagged in `participants.csv`. Nobody is left out of any export; results"
    yield "are to be told with and without those who are flagged."


def _analysis(design: Design) -> Iterator[str]:
    yield "- Talks are the unit; each question is a dimension, and *does not apply* is unscored, never a middle value."
    yield "- Talks in which a system failed are counted and not scored; talks that a participant left are scored."
    yield "- Who withdraws and keeps their answers stays in; who deletes them is in nothing."
    yield "- Systems are compared within participants, with 95 % intervals; raters' agreement is told per dimension."
    if design.study.distress and design.study.talks:
        yield "- Headline: relief, the played person's distress before a talk less that after it."


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
    scale = f" ({item.low:g} to {item.high:g})" if isinstance(item, LikertItem | CheckItem | SliderItem) else ""
    scale = f" ({', '.join(item.options)})" if isinstance(item, ChoiceItem) else scale
    return f"`{item.name}` {item.text.in_language(language)}{scale}"

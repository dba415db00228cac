"""How cards and counts of them look in the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from hardseek.cards import Risk, RoleCard
from hardseek.cards.grade import grade_of
from hardseek.cards.stage import stage_of
from hardseek.cards.taxonomy import leaves, places, taxonomy, within
from hardseek.language import LANGUAGES, Language


def table_of(cards: Sequence[RoleCard]) -> Table:
    """Lay out cards, one a row; grades stand there where they differ."""
    table = folding("Card", "Category", "Person", "Marked")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    table.columns[3].min_width = max(map(len, get_args(Risk)))
    grades = {grade_of(card) for card in cards}
    for card in cards:
        person = ", ".join(str(value) for value in (card.age, card.gender, card.occupation) if value is not None)
        marks = [*_marks(card), *([f"grade {grade_of(card)}"] if len(grades) > 1 else [])]
        table.add_row(*map(Text, (card.id, card.category or "-", person or "not known", ", ".join(marks))))
    return table


def counts_table(cards: Sequence[RoleCard], language: Language) -> Table:
    """Lay out how many cards each category has in each language, in the order of the taxonomy; others last."""
    table = folding("Category", "", *LANGUAGES, "All")
    table.columns[0].no_wrap = True
    counted = Counter((card.category, card.language) for card in cards)
    for domain in taxonomy().domains:
        table.add_row(*_row(domain.id, domain.name.of(language), 0, _within(cards, domain.id)), style="bold")
        for area in domain.areas:
            table.add_row(*_row(area.id, area.name.of(language), 1, _within(cards, area.id)), style="bold")
            for leaf in area.leaves:
                numbers = [counted[leaf.id, each] for each in LANGUAGES]
                table.add_row(*_row(leaf.id, leaf.name.of(language), 2, numbers))
    others = dict.fromkeys(card.category for card in cards if card.category not in leaves())
    for category in others:
        known = places().get(category or "")
        what = "no leaf of it named" if known else "not in the taxonomy" if category else "not known"
        table.add_row(*_row(category or "-", what, 0, [counted[category, each] for each in LANGUAGES]))
    return table


def one_card(card: RoleCard) -> Iterator[RenderableType]:
    """Lay out all of one card."""
    yield Text(f"{card.id}  ({card.language}, version {card.version})", "bold")
    person = folding("", "")
    person.show_header = False
    place = places().get(card.category or "")
    name = (place.leaf or place.area or place.domain).name.of(card.language) if place is not None else ""
    rows = [("category", f"{card.category} ({name})" if name else card.category)]
    rows += [(field, _shown(getattr(card, field))) for field in
             ("age", "gender", "occupation", "education", "relationship", "setting", "summary")]  # fmt: skip
    for label, value in rows:
        person.add_row(Text(label, "dim"), Text(value or "not known", "" if value else "dim"))
    yield person
    told = folding("\nFact", "\nDepth", "\nFeeling", "\nIn their words")
    for fact in card.facts:
        told.add_row(*map(Text, (fact.id, fact.depth, fact.feeling or "-", fact.text)))
    yield told
    yield Text()
    rest = folding("", "")
    rest.show_header = False
    for field in ("feelings", "beliefs", "tried", "wants", "would_help", "writing", "risk", "parallel", "source"):
        value = ", ".join(card.feelings) if field == "feelings" else _shown(getattr(card, field))
        if value:
            rest.add_row(Text(field.replace("_", " "), "dim"), Text(value))
    rest.add_row(Text("grade", "dim"), grade_of(card))
    if card.inferred:
        rest.add_row(Text("inferred", "dim"), Text(", ".join(card.inferred)))
    yield rest


def folding(*headings: str) -> Table:
    """Make a table whose texts fold: Chinese has no blanks to break at, and would be cut off."""
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _row(identity: str, name: str, depth: int, numbers: Sequence[int]) -> list[Text]:
    shown = [str(number) if number else "-" for number in (*numbers, sum(numbers))]
    return [Text("  " * depth + identity), Text(name), *map(Text, shown)]


def _within(cards: Sequence[RoleCard], group: str) -> list[int]:
    return [sum(card.language == each and within(card.category, group) for card in cards) for each in LANGUAGES]


def _marks(card: RoleCard) -> list[str]:
    marks = ["teenager"] if stage_of(card) == "teenager" else []
    marks += [card.risk] if card.risk != "none" else []
    return marks + (["parallel"] if card.parallel else [])


def _shown(value: object) -> str | None:
    if isinstance(value, tuple):
        return "\n".join(map(str, value)) or None
    return None if value is None else str(value)

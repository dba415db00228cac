"""A table as Markdown."""

from hardseek.language import Language
from hardseek.report.numbers import NOTHING
from hardseek.report.table import Table, Value
from hardseek.report.words import PRIMARY, Bilingual


def pipes(table: Table, language: Language = PRIMARY) -> str:
    """Write a table with pipes between its columns; intervals stand beside their values, `*` marks what is clear."""
    lines = [
        "| " + " | ".join(escape(plain(column, language)) for column in table.columns) + " |",
        "|" + "".join(" --- |" if words else " ---: |" for words in table.wordy),
    ]
    for row in table.rows:
        cells = [
            escape(plain(row.head, language)),
            *(escape(" ".join(lines_of(value, language))) for value in row.values),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def lines_of(value: Value, language: Language = PRIMARY) -> list[str]:
    """Return what a cell says: its value and, where there is one, the interval."""
    text = plain(value.text, language) + ("*" if value.clear else "")
    return [text, value.interval] if value.interval else [text]


def plain(text: str | Bilingual, language: Language = PRIMARY) -> str:
    """Return a text in one language, or the sign for nothing."""
    return (text if isinstance(text, str) else text[language]) or NOTHING


def escape(text: str) -> str:
    """Take from text what Markdown would act on; line breaks would end a table's row."""
    for character in "\\`*_[]<>|#":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())

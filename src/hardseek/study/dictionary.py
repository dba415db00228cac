"""The data dictionary: what the exports hold."""

from hardseek.documents import packaged
from hardseek.study.design import Design
from hardseek.study.items import NOT_APPLICABLE, ChoiceItem, Item, PreferItem, TextItem


def dictionary(design: Design) -> str:
    """Say what the exports hold, file by file and question by question, in Markdown."""
    lines = [packaged("hardseek.study", "dictionary.md"), "## Questions\n"]
    lines += ["| form | item | kind | answers | text (en) | text (zh) |", "|---|---|---|---|---|---|"]
    for form, items in design.forms.items():
        lines += [
            f"| {form} | `{item.name}` | {item.kind} | {_answers(item)} "
            f"| {_cell(item.text.en)} | {_cell(item.text.zh)} |"
            for item in items
        ]
    return "\n".join(lines) + "\n"


def _answers(item: Item) -> str:
    match item:
        case ChoiceItem():
            return ", ".join(item.options) + ("; several, parted by blanks" if item.several else "")
        case PreferItem():
            return "first, second" + (", neither" if item.may_tie else "")
        case TextItem():
            return f"text of {item.most:,} characters at most"
        case _:
            extra = f", or `{NOT_APPLICABLE}`" if getattr(item, "may_not_apply", False) else ""
            return f"{item.low:g} to {item.high:g}{extra}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

"""A table as LaTeX, with the rules of booktabs (Fear, 2005): no vertical lines, few horizontal ones."""

from typing import Final

from hardseek.language import Language
from hardseek.report.numbers import MINUS
from hardseek.report.paper.pipes import plain
from hardseek.report.table import Row, Table, Value

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "|": r"\textbar\allowbreak{}",
    "[": "{[}", "]": "{]}", "<": "$<$", ">": "$>$", MINUS: "$-$",
    "–": "--", "×": r"$\times$", "→": r"$\rightarrow$", "“": "``", "”": "''", "α": r"$\alpha$",
}  # fmt: skip
"""What LaTeX acts on or has no letter for. A bracket at the beginning of a row would be taken for an argument."""


def latex(table: Table, *, title: str, label: str, note: str = "", language: Language = "en") -> str:
    r"""Write a table as a `table` environment that needs `\usepackage{booktabs}` alone.

    Args:
        table: to write; intervals stand in small print below their values, a star marks what is beyond chance.
        title: the caption.
        label: of `\label`, without a prefix.
        note: what stands below the rules.
        language: of the words. Chinese needs XeLaTeX or LuaLaTeX with the package `ctex`.
    """
    heads = [_words(plain(column, language)) for column in table.columns]
    lines = [
        r"\begin{table}",
        r"  \centering\small",
        rf"  \caption{{{_words(title)}}}",
        rf"  \label{{tab:{label}}}",
        rf"  \begin{{tabular}}{{{''.join('l' if words else 'r' for words in table.wordy)}}}",
        r"    \toprule",
        f"    {' & '.join(heads)} " + r"\\",
        r"    \midrule",
    ]
    for place, row in enumerate(table.rows):
        if row.all and place:
            lines.append(r"    \midrule")
        lines += _row(row, language)
    lines += [r"    \bottomrule", r"  \end{tabular}"]
    if note:
        lines.append(rf"  \par\smallskip{{\footnotesize {_words(note)}}}")
    return "\n".join([*lines, r"\end{table}", ""])


def _row(row: Row, language: Language) -> list[str]:
    cells = [_words(plain(row.head, language)), *(_value(value, language) for value in row.values)]
    lines = [f"    {' & '.join(cells)} " + r"\\"]
    if any(value.interval for value in row.values):
        small = [rf"{{\scriptsize {_words(value.interval)}}}" if value.interval else "" for value in row.values]
        lines.append(f"    {' & '.join(['', *small])} " + r"\\")
    return lines


def _value(value: Value, language: Language) -> str:
    return _words(plain(value.text, language)) + ("$^{*}$" if value.clear else "")


def _words(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))

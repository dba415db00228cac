"""Findings as tables: the same ones for the terminal, for Markdown and for CSV."""

from collections.abc import Iterable
from itertools import groupby

from hardseek.study.findings.experts import Contrast
from hardseek.study.findings.findings import Findings
from hardseek.study.findings.raters import FEW, Standing
from hardseek.study.findings.table import Cell, Table, with_interval
from hardseek.study.findings.tables_of_people import attention, coders, codes


def tables(findings: Findings) -> list[Table]:
    """Put findings into tables; what there is nothing of has none."""
    made = [
        _agreement(findings), _standings(findings), _distress(findings), _experts(findings), _alike(findings),
        codes(findings), coders(findings), attention(findings),
    ]  # fmt: skip
    return [table for table in made if table.rows]


def markdown(findings: Findings) -> str:
    """Write findings as a document."""
    lines = [
        f"# Findings: {findings.study}",
        "",
        f"{findings.dialogues:,} dialogues, {findings.participants:,} participants; {findings.failed:,} failed "
        "dialogues are in nothing below.",
        "",
        f"Signature: `{findings.signature}`",
        *([f"Left out: {', '.join(findings.without)}"] if findings.without else []),
        *([f"Simulated run: `{findings.simulated}`"] if findings.simulated else []),
    ]
    for table in tables(findings):
        lines += [
            "",
            f"## {table.title}",
            "",
            table.note,
            "",
            _line(table.headings),
            _line("---" for _ in table.headings),
        ]
        lines += [_line(row) for row in table.told]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _agreement(findings: Findings) -> Table:
    rows, told = [], []
    keyed = groupby(findings.agreement, key=lambda one: (one.dimension, one.language))
    names = list(dict.fromkeys(one.measure for one in findings.agreement))
    for (dimension, language), group in keyed:
        measured = {one.measure: one for one in group}
        first = next(iter(measured.values()))
        figures = [with_interval(measured[name].value, measured[name].low, measured[name].high) for name in names]
        told.append((dimension, language, *figures, f"{first.dialogues}", f"{first.raters}"))
    rows = [
        (one.dimension, one.language, one.measure, one.value, one.low, one.high, one.dialogues, one.raters)
        for one in findings.agreement
    ]
    return Table(
        "agreement",
        "How far participants agree with each other",
        "On the dialogues that two or more rated; 95 % intervals draw dialogues. icc: of single raters.",
        ("dimension", "language", "measure", "value", "low", "high", "dialogues", "raters"),
        tuple(rows),
        tuple(told),
        ("Question", "", *names, "Dialogues", "Raters"),
        2,
    )


def _standings(findings: Findings) -> Table:
    rows: list[tuple[Cell, ...]] = []
    told: list[tuple[str, ...]] = []
    for one in findings.standings:
        for row in one.systems:
            rows.append(
                (
                    one.dimension, one.language or "both", one.condition or "all", row.system, row.scores, row.raw,
                    row.mean, row.low, row.high, row.behind,
                    row.behind_low, row.behind_high, row.rank, row.rank_low, row.rank_high, row.best, one.raters,
                    one.between_raters, one.between_dialogues, one.residual,
                )
            )  # fmt: skip
            told.append(
                (
                    one.dimension, one.language or "both",
                    f"{one.condition or 'all'} ({one.scores} scores, raters {_share(one)})", row.system,
                    with_interval(row.mean, row.low, row.high),
                    "" if row.behind is None else with_interval(row.behind, row.behind_low, row.behind_high),
                    "" if row.rank is None else with_interval(row.rank, row.rank_low, row.rank_high, 0),
                    "" if row.best is None else f"{row.best:.0%}",
                )
            )  # fmt: skip
    few = any(one.raters < FEW for one in findings.standings)
    return Table(
        "systems",
        "Systems, with what is the rater's own taken out",
        "Mean and rank from a model with crossed raters and dialogues; 95 % intervals draw whole raters"
        + (f"; with fewer than {FEW} raters those of ranks are too narrow" if few else "")
        + ". Behind: less than the first. Raters (per cent): their share of the variance.",
        (
            "dimension", "language", "condition", "system", "scores", "raw_mean", "mean", "low", "high", "behind",
            "behind_low", "behind_high", "rank", "rank_low", "rank_high", "best",
            "raters", "variance_raters", "variance_dialogues", "variance_residual",
        ),
        tuple(rows),
        tuple(told),
        ("Question", "", "Condition", "System", "Mean", "Behind", "Rank", "Best"),
        3,
    )  # fmt: skip


def _share(one: Standing) -> str:
    whole = one.between_raters + (one.between_dialogues or 0.0) + one.residual
    return f"{one.between_raters / whole:.0%}" if whole else "0%"


def _distress(findings: Findings) -> Table:
    rows = [
        (
            one.language,
            one.system,
            one.condition,
            one.when,
            one.mean,
            one.low,
            one.high,
            one.dialogues,
            one.participants,
        )
        for one in findings.distress
    ]
    told = []
    for key, group in groupby(findings.distress, key=lambda one: (one.language, one.condition, one.system)):
        by = {one.when: one for one in group}
        figures = [
            with_interval(by[when].mean, by[when].low, by[when].high) if when in by else ""
            for when in ("before", "after", "relief")
        ]
        told.append((*key, *figures, str(max(one.dialogues for one in by.values()))))
    return Table(
        "distress",
        "Distress before and after",
        "0 to 10, of the person who was played, as told by who played them; 95 % intervals draw whole participants.",
        ("language", "system", "condition", "when", "mean", "low", "high", "dialogues", "participants"),
        tuple(rows),
        tuple(told),
        ("", "Condition", "System", "Before", "After", "Relief", "Dialogues"),
        2,
    )


def _experts(findings: Findings) -> Table:
    rows = [
        (
            one.language, one.condition, one.measure, one.experts, one.experts_low, one.experts_high, one.simulated,
            one.simulated_low, one.simulated_high, one.difference, one.low, one.high, one.expert_dialogues,
            one.simulated_dialogues,
        )
        for one in findings.experts
    ]  # fmt: skip
    return Table(
        "experts",
        "Experts against simulated seekers",
        "Counted in the text of both. Shares of turns, of answers to advice or of dialogues; turns in a dialogue; "
        "words in a turn. 95 % intervals draw whole participants and whole cards; * : the difference leaves 0 out.",
        (
            "language", "condition", "measure", "experts", "experts_low", "experts_high", "simulated", "simulated_low",
            "simulated_high", "difference", "low", "high", "expert_dialogues", "simulated_dialogues",
        ),
        tuple(rows),
        tuple(_expert(one) for one in findings.experts),
        ("", "Condition", "Counted", "Experts", "Simulated", "Difference", ""),
        2,
    )  # fmt: skip


def _expert(one: Contrast) -> tuple[str, ...]:
    return (
        one.language, one.condition, one.measure.replace("_", " "),
        with_interval(one.experts, one.experts_low, one.experts_high),
        with_interval(one.simulated, one.simulated_low, one.simulated_high),
        with_interval(one.difference, one.low, one.high), "*" if one.apart else "",
    )  # fmt: skip


def _alike(findings: Findings) -> Table:
    rows = [
        (one.dimension, one.simulated, one.language, one.tau, one.low, one.high, " < ".join(one.systems))
        for one in findings.alike
    ]
    told = [
        (
            one.dimension, one.simulated, one.language, with_interval(one.tau, one.low, one.high),
            ", ".join(
                f"{system} {expert:.2f} / {other:.2f}"
                for system, expert, other in zip(one.systems, one.experts, one.others, strict=True)
            ),
        )
        for one in findings.alike
    ]  # fmt: skip
    return Table(
        "ranks",
        "Do experts and simulated seekers rank systems alike?",
        "Kendall's tau-b of the systems' means (experts / simulated, the experts' lowest first); 95 % intervals draw "
        "whole raters and whole cards.",
        ("dimension", "simulated_dimension", "language", "tau", "low", "high", "systems"),
        tuple(rows),
        tuple(told),
        ("Question", "Simulated", "", "tau", "Systems"),
        3,
    )

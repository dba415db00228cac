"""Findings on what people marked and how attentive they were, as tables."""

from itertools import groupby

from hardseek.study.findings.findings import Findings
from hardseek.study.findings.table import Table, with_interval


def codes(findings: Findings) -> Table:
    """Return how often codes hold."""
    rows = [
        (
            one.by, one.system, one.condition, one.code, one.theme, one.dialogues, one.of, one.share, one.low, one.high,
            one.turns, one.undecided, one.participants,
        )
        for one in findings.codes
    ]  # fmt: skip
    told = [
        (
            ", ".join(filter(None, (one.system, one.condition))) or "interview notes", one.code, one.theme or "",
            f"{one.dialogues} of {one.of}", with_interval(one.share, one.low, one.high), f"{one.turns}",
            f"{one.undecided}" if one.undecided else "",
        )
        for one in findings.codes
    ]  # fmt: skip
    return Table(
        "codes",
        "Codes by system and by behaviour",
        "Dialogues (notes) in which a code holds, of those that were coded; 95 % intervals draw whole participants. "
        "Undecided: as many coders gave it as did not, and nothing was settled.",
        (
            "by", "system", "condition", "code", "theme", "dialogues", "of", "share", "low", "high", "turns",
            "undecided", "participants",
        ),
        tuple(rows),
        tuple(told),
        ("In", "Code", "Theme", "Dialogues", "Share", "Turns", "Undecided"),
        1,
    )  # fmt: skip


def coders(findings: Findings) -> Table:
    """Return how far coders agree."""
    rows = [
        (one.code or "all", one.measure, one.value, one.low, one.high, one.given, one.units, one.sources)
        for one in findings.code_agreement
    ]
    told = []
    for code, group in groupby(findings.code_agreement, key=lambda one: one.code):
        by = {one.measure: one for one in group}
        figures = [
            with_interval(by[name].value, by[name].low, by[name].high) if name in by else ""
            for name in ("kappa", "alpha", "exact")
        ]
        told.append((code or "all", *figures, f"{by['alpha'].given}", f"{by['alpha'].sources}"))
    return Table(
        "coders",
        "How far coders agree with each other",
        "On dialogues and notes that two or more have finished; 95 % intervals draw whole ones. Exact: share of "
        "pairs of coders who say the same.",
        ("code", "measure", "value", "low", "high", "given", "units", "sources"),
        tuple(rows),
        tuple(told),
        ("Code", "kappa", "alpha", "exact", "Given", "Dialogues"),
    )


def attention(findings: Findings) -> Table:
    """Return what came of attention checks."""
    rows = tuple((one.participant, one.checks, one.failed, one.flagged) for one in findings.attention)
    told = tuple(
        (one.participant, f"{one.checks}", f"{one.failed}", "flagged" if one.flagged else "")
        for one in findings.attention
    )
    return Table(
        "attention",
        "Attention checks",
        "Nobody is left out because of them unless that was asked for. Flagged: more failed than the study allows.",
        ("participant", "checks", "failed", "flagged"),
        rows,
        told,
        ("Participant", "Checks", "Failed", ""),
    )

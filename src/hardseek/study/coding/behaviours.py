"""From coded behaviours to conditions: what people did, as behaviours that simulated seekers can play.

The way in which the worst-case taxonomy was derived (arXiv 2605.28228): open coding of what experts did and told, codes
into themes, themes into behaviours. Here a theme becomes a condition when a code of it is a sign of an axis. What is
counted stands in the file; what counting cannot tell is marked FILL IN, and the file is refused until it is filled in.

- *intensity* of an axis: the share of the seeker's turns that have a code of the axis, over the dialogues in which the
  theme comes up. It is a share of turns, not the strength of one; hold it against simulated dialogues with
  `hardseek study findings --simulated`.
- *form of resistance*: that of the codes, where they all say the same.
- *pattern over time*: to be filled in; the shares in the first and second half of the dialogues stand beside it.
- *names for people*: the theme is the title, the codes' definitions are the description, in the language of the
  codebook; the other language is to be filled in.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language, detect
from hardseek.seekers import AXES, Axis, Pattern
from hardseek.seekers.behaviour import OPEN
from hardseek.study.coding.codebook import Code
from hardseek.study.coding.marks import Coding, Source, Unit

_PATTERNS: Final[tuple[Pattern, ...]] = ("constant", "from", "escalating", "easing", "fluctuating", "rupture")
_LEAST: Final = 0.05
"""An axis that comes up at all is this strong at least."""
_WIDTH: Final = 110


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as it was found."""

    name: str
    codes: tuple[Code, ...]
    turns: Mapping[str, int]
    """By code: turns of seekers in which it holds."""
    dialogues: int
    """In which any code of the theme holds in a turn of the seeker."""
    of_dialogues: int
    participants: int
    seeker_turns: int
    """In those dialogues."""
    shares: Mapping[Axis, tuple[float, float, float]]
    """Share of the seeker's turns in those dialogues: all, first half, second half."""


def themes(coding: Coding) -> list[Theme]:
    """Count each theme's codes in the turns of seekers, in dialogues that somebody finished coding."""
    decided = coding.decided()
    coded = [source for source in coding.sources if source.dialogue and coding.done.get(source.name)]
    named: dict[str, list[Code]] = defaultdict(list)
    for code in coding.codes:
        if code.theme and code.of in {"any", "seeker"}:
            named[code.theme].append(code)
    return [_theme(name, codes, coded, decided) for name, codes in named.items()]


def behaviour_file(coding: Coding, *, study: str, signature: str) -> str:
    """Write the conditions that the codes make, as YAML with what is open marked.

    Args:
        coding: what was coded.
        study: its name.
        signature: of the study.

    Raises:
        Refused: nothing was coded, or no theme has a code with an axis.
    """
    found = themes(coding)
    if not any(theme.dialogues for theme in found):
        raise Refused(
            "no theme holds in any dialogue that was coded to its end; give codes a theme on the codebook's page, "
            "and finish coding some dialogues"
        )
    usable = [theme for theme in found if theme.dialogues and any(code.axis for code in theme.codes)]
    if not usable:
        raise Refused(
            "no code of a theme is a sign of an axis, so no intensity can be counted; give codes an axis on the "
            "codebook's page"
        )
    version = max(mark.version for mark in coding.marks)
    names = _names([theme.name for theme in usable])
    bare = [theme.name for theme in found if theme not in usable]
    lines = [
        f"# Behaviours from the codes of the study {study} (codebook version {version} at most).",
        f"# {signature}",
        "# Intensity: the share of the seeker's turns with a code of the axis, over the dialogues with the theme.",
        f"# Wherever it says {OPEN}, counting cannot tell: fill it in, or delete the line where that is allowed.",
        *([f"# Themes without a condition (no axis, or never found): {', '.join(bare)}"] if bare else []),
        f"id: {_slug(study)}-behaviours",
        "version: 1",
        "conditions:",
    ]
    for theme, name in zip(usable, names, strict=True):
        lines += _condition(theme, name)
    sources = {name: _sources(theme) for theme, name in zip(usable, names, strict=True)}
    lines += ["", *_dumped({"sources": sources}, 0)]
    return "\n".join(lines) + "\n"


def _theme(
    name: str, codes: Sequence[Code], coded: Sequence[Source], decided: Mapping[tuple[Unit, str], bool | None]
) -> Theme:
    turns = {code.name: 0 for code in codes}
    totals: dict[Axis, list[int]] = {axis: [0, 0, 0] for axis in AXES if any(code.axis == axis for code in codes)}
    halves, of_halves = [0, 0], 0
    kept = []
    for source in coded:
        mine = [unit for unit, kind in zip(source.units, source.kinds, strict=True) if kind == "seeker"]
        held = {unit: {code.name for code in codes if decided.get((unit, code.name))} for unit in mine}
        if not any(held.values()):
            continue
        kept.append(source)
        middle = (len(mine) + 1) // 2
        halves[0] += middle
        halves[1] += len(mine) - middle
        of_halves += len(mine)
        for at, unit in enumerate(mine):
            for code in held[unit]:
                turns[code] += 1
            for axis, counted in totals.items():
                if any(code.name in held[unit] for code in codes if code.axis == axis):
                    counted[0] += 1
                    counted[1 if at < middle else 2] += 1
    shares = {
        axis: (whole / max(of_halves, 1), first / max(halves[0], 1), second / max(halves[1], 1))
        for axis, (whole, first, second) in totals.items()
    }
    people = len({source.participant for source in kept})
    return Theme(name, tuple(codes), turns, len(kept), len(coded), people, of_halves, shares)


def _condition(theme: Theme, name: str) -> list[str]:
    profile = []
    for axis, (whole, _, _) in theme.shares.items():
        if whole:
            at = max(_LEAST, round(whole, 2))
            profile.append(f"      {axis}: {at:g}  # {whole:.1%} of {theme.seeker_turns} turns")
        else:
            profile.append(f"      # {axis}: none of its codes holds in a turn of a seeker")
    if theme.shares.get("resistance", (0.0,))[0]:
        forms = {code.form for code in theme.codes if code.axis == "resistance" and theme.turns[code.name]}
        told = forms.pop() if len(forms) == 1 else None
        profile.append(
            f"      resistance_form: {told}  # as its codes say"
            if told
            else f"      resistance_form: {OPEN}  # withdrawing or arguing: its codes do not say, or not the same"
        )
    if not any(whole for whole, _, _ in theme.shares.values()):
        profile = [*profile, f"      low_engagement: {OPEN}  # any axis, 0 to 1: nothing could be counted"]
    halves = "; ".join(
        f"{axis} {first:.0%} of turns in first halves, {second:.0%} in second ones"
        for axis, (_, first, second) in theme.shares.items()
    )
    profile.append(f"      pattern: {OPEN}  # {', '.join(_PATTERNS)}. {halves}")
    return [f"  - name: {name}", "    profile:", *profile, *_told(theme)]


def _told(theme: Theme) -> list[str]:
    """Write title and description in the language of the codebook, and mark the other one."""
    description = " ".join(f"{code.title}: {code.definition or OPEN}" for code in theme.codes if theme.turns[code.name])
    own: Language = detect(f"{theme.name} {description}") or "en"
    texts = {
        "title": {language: theme.name if language == own else OPEN for language in LANGUAGES},
        "description": {
            language: description if language == own and OPEN not in description else OPEN for language in LANGUAGES
        },
    }
    return _dumped(texts, 4)


def _sources(theme: Theme) -> list[str]:
    counted = [
        f"{code.name} ({code.title}; {code.axis or 'no axis'}): {theme.turns[code.name]} turns of seekers"
        for code in theme.codes
    ]
    return [
        f"theme {theme.name}: {theme.dialogues} of {theme.of_dialogues} coded dialogues, {theme.participants} "
        f"participants, {theme.seeker_turns} turns of seekers in them",
        *counted,
    ]


def _dumped(data: Any, indent: int) -> list[str]:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return [" " * indent + line for line in text.splitlines()]


def _names(given: Sequence[str]) -> list[str]:
    """Make names of themes: distinct, of letters that a condition's name can have."""
    found: list[str] = []
    for number, theme in enumerate(given, start=1):
        plain = _slug(theme) or f"theme-{number}"
        while plain in found:
            plain = f"{plain}-{number}"
        found.append(plain)
    return found


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50]

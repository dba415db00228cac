"""The page on a judge's agreement with people."""

import re

from hardseek.language import LANGUAGES
from hardseek.report.agreement import render_agreement
from hardseek.validity.judge import Measure

MEASURES = (
    Measure(
        name="qwk", dimension="empathy", language="en", judge="gpt <b>", value=0.4, interval=(0.3, 0.5), people=0.6,
        people_interval=(0.5, 0.7), difference=-0.2, difference_interval=(-0.3, -0.1), items=50, clusters=9,
        aim="as high as people's", holds=False,
    ),
    Measure(name="spearman", dimension="empathy", language="en", judge="gpt <b>", value=0.7, people=0.6, items=50,
            clusters=9, holds=True),
    Measure(name="bias", dimension="empathy", language="en", judge="gpt <b>", value=0.59, items=50, clusters=9),
    Measure(name="kendall", dimension="empathy", language="en", judge="gpt <b>", value=None, items=50, clusters=9),
    Measure(name="alpha-ordinal", dimension="skill", language="zh", judge=None, value=None, people=0.55, items=8,
            clusters=8),
)  # fmt: skip


def _text(page: str) -> str:
    return " ".join(re.sub(r"<(?:style|script).*?</(?:style|script)>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_judge_and_people_stand_side_by_side() -> None:
    page = render_agreement(MEASURES, "hardseek:0.1.0|ratings:ab")
    text = _text(page)

    assert "shown to agree less than people on 1 of 2 measures" in text
    assert "2 项里有 1 项能看出不如人与人之间一致" in text
    for shown in ("0.40 [0.30, 0.50]", "0.60 [0.50, 0.70]", "−0.20 [−0.30, −0.10]", "0.59", "ratings", "ab"):
        assert shown in text, shown
    assert "gpt <b>" not in page
    assert "gpt &lt;b&gt;" in page
    assert "http://" not in page
    assert "https://" not in page


def test_a_line_is_drawn_for_what_is_known_and_on_the_scale_of_agreement() -> None:
    page = render_agreement(MEASURES, "a:b")
    plots = page[: page.index('id="everything"')]

    assert plots.count('class="whisker reference"') == 3  # kappa, Spearman, and people's own alpha; no bias, no Kendall
    assert plots.count('d="M0-6 6 0 0 6-6 0z"') == 1 + 2  # the legend, and people beside the judge twice


def test_it_opens_in_either_language_and_nothing_is_said_of_nothing() -> None:
    for language in LANGUAGES:
        assert f'data-ui="{language}"' in render_agreement(MEASURES, "a:b", language=language)
    assert "people's agreement with each other" in _text(render_agreement((), "a:b")).replace("&#39;", "'")

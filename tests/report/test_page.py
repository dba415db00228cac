"""The report's page: what it says, that nothing from outside acts in it, and that odd runs still have a page."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hardseek.chat import Fault
from hardseek.dialogues import Dialogue, Turn
from hardseek.report import RunView, render_report, write_report
from hardseek.report.findings.profile import profile
from report.pieces import Pieces, unpacked, without_pieces

VOID = {"meta", "line", "circle", "path", "rect", "br", "link", "input", "img"}
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\u202etxt\u2066 \x1b[31m"


@dataclass
class Page(HTMLParser):
    """What a browser would make of a page, as far as the tests ask."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[tuple[str | None, str]] = field(default_factory=list)
    text: str = ""
    path: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    pieces: Pieces = field(default_factory=dict)
    """What the reader would unpack."""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs).get("type"), ""))
        if tag not in VOID:
            self.path.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.path or self.path.pop() != tag:
            self.mistakes.append(tag)

    def handle_data(self, data: str) -> None:
        if self.path and self.path[-1] == "script":
            kind, before = self.scripts[-1]
            self.scripts[-1] = kind, before + data
        elif not self.path or self.path[-1] != "style":
            self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def look(view: RunView) -> Page:
    """Render a page, read it, and check what holds of every page."""
    html = render_report(view)
    page = Page()
    page.feed(html)
    page.close()
    assert page.mistakes == [] and page.path == []
    kinds = [kind for kind, _ in page.scripts]
    assert set(kinds[:-1]) <= {"application/json", "text/plain"} and kinds[-1] is None
    for wrong in ("NaN", "None", "Traceback", "Undefined"):
        assert wrong not in without_pieces(html)
    for name, attributes in page.elements:
        assert not [key for key in attributes if key.startswith("on")], name
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
        assert name not in {"img", "iframe", "link", "object", "form", "base"}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "http:" not in html.replace("http://www.w3.org/2000/svg", "") and "https:" not in html
    page.pieces = unpacked(html)
    return page


@pytest.fixture(scope="module")
def demo(make: Callable[..., Any]) -> RunView:
    view = make().view()
    assert isinstance(view, RunView)
    return view


def test_a_whole_run(demo: RunView) -> None:
    page = look(demo)
    for system in demo.summary.systems:
        assert system in page.text
    assert "Under “Worst”, all 5 systems lose on Relief, " in page.text
    assert "在“最难”条件下" in page.text
    assert "16 of 840 dialogues failed" in page.text
    assert demo.signature in page.text
    assert page.count("h1") == 1 and page.count("h2") >= 6
    index = page.pieces["index"]
    assert sorted(index["id"]) == sorted(demo.dialogues["dialogue"])
    assert {exhibit["why"] for exhibit in index["exhibits"]} == {"worst", "typical", "apart", "failed"}


def test_tables_have_headings_with_a_scope(demo: RunView) -> None:
    page = look(demo)
    headings = [attributes for name, attributes in page.elements if name == "th"]
    assert headings and all(attributes.get("scope") in {"col", "row"} for attributes in headings)
    assert any(attributes.get("aria-sort") == "none" for attributes in headings)


def test_size(demo: RunView, tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", demo)
    assert (tmp_path / "report.html").stat().st_size < 1_500_000
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_imported_dialogues(imported: Any) -> None:
    view = imported.view(headline="supporter_turns", planned=None, signature="", parts={}, cost=None)
    page = look(view)
    assert "Supporter turns" in page.text
    assert "These dialogues do not say how they ended" in page.text
    assert set(page.pieces["index"]["ending"]) == {"unknown"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"systems": ("only",)}, "only loses"),
        ({"conditions": ("average",)}, "With one condition there is no drop to measure"),
        ({"conditions": ("resistance", "worst")}, "for these, “average” has to be run too"),
        ({"languages": ("zh",)}, "no single one loses beyond chance"),
        ({"cards": 1, "languages": ("en",)}, "With a single role card no interval can be given"),
        ({"cards": 3, "languages": ("en",)}, "Only 3 role cards"),
        ({"systems": (), "cards": 0}, "Nothing has finished yet"),
        ({"systems": ("a",), "conditions": ("worst",), "cards": 1, "languages": ("en",)}, "on a single role card"),
    ],
)
def test_small_runs(make: Callable[..., Any], change: dict[str, Any], said: str) -> None:
    page = look(make(failures=False, **change).view(planned=10_000))
    assert said in page.text
    assert "have not been run" in page.text


def test_how_seekers_kept_to_their_part_is_told_only_of_those_that_were_checked(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average", "worst"), cards=2, failures=False)
    told = run.view(seeker_turns=200, reworded=3, rewordings={"echo": 3})
    assert "How well the seekers kept to their part" in look(told).text
    assert "How well the seekers kept to their part" not in look(replace(told, profiles={})).text


def test_units_stand_beside_dimensions_that_do_not_name_them(demo: RunView) -> None:
    heads = [row.head for row in profile(demo).rows]
    assert [head["en"] for head in heads if isinstance(head, dict)] == [
        "Relief (points)", "Supporter turns", "Advice before understanding", "Length of replies (words)",
    ]  # fmt: skip
    assert heads[0] == {"en": "Relief (points)", "zh": "痛苦的缓解（分）"}


def test_tails_are_explained_only_where_the_leaderboard_has_them(demo: RunView) -> None:
    assert "“Worst 10\u00a0%” are the means" in look(demo).text
    assert "“Worst 10\u00a0%”" not in look(replace(demo, headline="reply_length")).text


def test_groups_have_a_section_only_where_they_are_asked_for(make: Callable[..., Any]) -> None:
    view = make(systems=("a", "b"), conditions=("average", "worst"), cards=3, failures=False).view()
    assert "Groups of systems" not in look(view).text
    assert "Groups of systems" in look(replace(view, groups={"one": ("a",), "other": ("b",)})).text


def test_all_failed(make: Callable[..., Any]) -> None:
    run = make(cards=2, failures=False)
    for name, dialogue in run.dialogues.items():
        fault = Fault("unreachable", "connection refused by the server at port 9; start it")
        run.dialogues[name] = Dialogue(
            name, dialogue.system, dialogue.condition, dialogue.card, dialogue.language, 0, (), "failed", fault
        )
    run.scores.clear()
    page = look(run.view())
    assert "All 140 dialogues failed" in page.text
    assert "unreachable" in page.text
    assert [exhibit["why"] for exhibit in page.pieces["index"]["exhibits"]] == ["failed"]


def test_all_unscored(make: Callable[..., Any]) -> None:
    run = make(cards=2, failures=False)
    for rated in run.scores.values():
        rated["relief"] = None
    page = look(run.view())
    assert "No finished dialogue has a score on Relief" in page.text
    assert "too few turns" in page.text
    assert {exhibit["why"] for exhibit in page.pieces["index"]["exhibits"]} == {"some"}


def test_no_pairs(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average", "worst"), languages=("en",), cards=4, failures=False)
    run.dialogues = {
        name: dialogue
        for name, dialogue in run.dialogues.items()
        if (dialogue.condition == "average") == (dialogue.card in {"en-00", "en-01"})
    }
    page = look(run.view())
    assert "has a counterpart under" in page.text
    assert "no pairs" in page.text


def test_hostile_names_and_turns_are_text(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average", "worst"), languages=("en",), cards=4, failures=False)
    run.dialogues = {
        name: Dialogue(
            name,
            HOSTILE,
            dialogue.condition,
            HOSTILE + dialogue.card,
            "en",
            0,
            (Turn("seeker", HOSTILE),),
            dialogue.ending,
        )
        for name, dialogue in run.dialogues.items()
    }
    view = run.view(
        name=HOSTILE,
        created=HOSTILE,
        signature=HOSTILE,
        parts={HOSTILE: HOSTILE},
        titles={"average": {"en": HOSTILE}, "worst": {"zh": HOSTILE}},
    )
    page = look(view)
    assert HOSTILE[:20] in page.text
    assert "{{ 7*7 }}" in page.text
    html = render_report(view)
    for character in "\u202e\u2066\x1b":
        assert character not in html
    assert "‹U+202E›" in html
    speakers, words = page.pieces["said-0"][0]
    assert speakers == "s" and words[0].startswith("</script><script>") and "\u202e" not in words[0]

"""The worst-case release in each of its layouts."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.interop import Imported
from hardseek.seekers import Emotion, Trace
from interop.interop_files import Line, corpus, imported, read, skipped, write_json, write_lines


def talk(*supporter: str) -> list[Line]:
    """A dialogue in which the seeker speaks first and each of these answers follows."""
    lines: list[Line] = []
    for number, text in enumerate(supporter):
        lines += [{"speaker": "seeker", "text": f"第{number}句，我很累。"}, {"speaker": "supporter", "text": text}]
    return lines


def line(system: str, condition: str, profile: int | str, *supporter: str) -> Line:
    return {
        "system": system,
        "condition": condition,
        "profile": profile,
        "dialogue": talk(*supporter),
        "turn": 2 * len(supporter),
    }


def names(items: list[Imported]) -> list[tuple[str, str, str, int]]:
    return [(d.system, d.condition, d.card, d.replicate) for d in (item.dialogue for item in items)]


def supporter_turns(item: Imported) -> int:
    return sum(turn.speaker == "supporter" for turn in item.dialogue.turns)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """One JSON file a dialogue: two conditions, two systems, numbers whose natural order is not that of text."""
    for folder in ("dialogue_ave_average", "dialogue_ave_worst"):
        for system in ("alpha", "beta2"):
            for profile in (1, 2, 10):
                value = {"dialogue": talk(*["嗯。"] * profile), "turn": 2 * profile}
                write_json(tmp_path / folder / system / f"{profile}.json", value)
    return tmp_path


def test_a_folder_with_both_conditions_is_read_by_condition_and_system(tmp_path: Path) -> None:
    write_lines(tmp_path / "worst" / "alpha.jsonl", [line("alpha", "worst", 1, "听到了。")])
    write_lines(
        tmp_path / "average" / "alpha.jsonl",
        [line("alpha", "average", 1, "嗯。", "我在。"), line("alpha", "average", "002", "好。")],
    )
    write_lines(tmp_path / "profiles.jsonl", [{"profile": 1}])
    write_lines(tmp_path / "train" / "dialogue_data_worst.jsonl", [{"profile": 1, "dialogue": talk("嗯。")}])

    items = imported(read("worst-case", tmp_path))

    assert names(items) == [
        ("alpha", "average", "worst-case-1", 0),
        ("alpha", "average", "worst-case-2", 0),
        ("alpha", "worst", "worst-case-1", 0),
    ]
    assert [supporter_turns(item) for item in items] == [2, 1, 1]
    assert {item.dialogue.language for item in items} == {"zh"}
    assert all(item.dialogue.ending is None and item.dialogue.fault is None for item in items)


def test_turns_keep_their_order_speakers_and_planned_emotions(tmp_path: Path) -> None:
    dialogue: list[Line] = [
        {"speaker": "seeker", "text": " 唉。 ", "emotion_label": "悲伤", "emotion_description": "沉"},
        {"speaker": "supporter", "text": "怎么了？"},
        {
            "speaker": "seeker",
            "text": "没事。",
            "emotion_label": "烦恼",
            "emotion_description": "烦",
            "emotion_transition_reason": "被追问",
        },
    ]
    path = write_lines(
        tmp_path / "a.jsonl", [{"system": "a", "condition": "worst", "profile": 3, "dialogue": dialogue}]
    )

    (item,) = imported(read("worst-case", path))

    assert [(turn.speaker, turn.text) for turn in item.dialogue.turns] == [
        ("seeker", "唉。"),
        ("supporter", "怎么了？"),
        ("seeker", "没事。"),
    ]
    assert [turn.trace for turn in item.dialogue.turns] == [
        Trace(emotion=Emotion("悲伤", "沉", None)),
        None,
        Trace(emotion=Emotion("烦恼", "烦", "被追问")),
    ]


def test_training_dialogues_are_called_training_and_their_file_tells_the_condition(tmp_path: Path) -> None:
    for condition in ("average", "worst"):
        write_lines(
            tmp_path / f"dialogue_data_{condition}.jsonl", [{"profile": 7, "dialogue": talk("嗯。"), "turn": 2}]
        )
    write_lines(tmp_path / "profiles_cleaned.jsonl", [{"profile": 7}])

    assert names(imported(read("worst-case", tmp_path))) == [
        ("training", "average", "worst-case-7", 0),
        ("training", "worst", "worst-case-7", 0),
    ]


def test_a_file_whose_lines_tell_nothing_is_named_by_its_place(tmp_path: Path) -> None:
    write_lines(tmp_path / "average" / "gamma.jsonl", [{"profile": 1, "dialogue": talk("嗯。")}])

    assert names(imported(read("worst-case", tmp_path / "average"))) == [("gamma", "average", "worst-case-1", 0)]


def test_the_release_is_read_in_natural_order(release: Path) -> None:
    items = imported(read("worst-case", release))

    assert names(items) == [
        (system, condition, f"worst-case-{profile}", 0)
        for condition in ("average", "worst")
        for system in ("alpha", "beta2")
        for profile in (1, 2, 10)
    ]
    assert [supporter_turns(item) for item in items] == [1, 2, 10] * 4


def test_other_files_beside_the_folders_are_not_dialogues(release: Path) -> None:
    for folder in (release, release / "dialogue_ave_worst"):
        write_lines(folder / "personas.jsonl", [{"profile_id": "001"}])

    assert len(imported(read("worst-case", release))) == 12


def test_each_folder_and_file_of_the_release_tells_the_same(release: Path) -> None:
    whole = {item.dialogue.id: item for item in imported(read("worst-case", release))}
    condition = release / "dialogue_ave_worst"

    of_condition = imported(read("worst-case", condition))
    of_system = imported(read("worst-case", condition / "beta2"))
    of_file = imported(read("worst-case", condition / "beta2" / "10.json"))

    assert [len(of_condition), len(of_system), len(of_file)] == [6, 3, 1]
    assert all(whole[item.dialogue.id] == item for item in of_condition + of_system + of_file)


@pytest.mark.parametrize(
    ("folder", "condition"),
    [
        ("dialogue_ave_average", "average"),
        ("dialogue_ave_worst", "worst"),
        ("dialogue_worst_ave", "average"),
        ("Worst", "worst"),
        ("worst2", "worst"),
    ],
)
def test_the_last_word_of_the_folder_tells_the_condition(tmp_path: Path, folder: str, condition: str) -> None:
    write_json(tmp_path / folder / "alpha" / "1.json", {"dialogue": talk("嗯。")})

    assert names(imported(read("worst-case", tmp_path / folder))) == [("alpha", condition, "worst-case-1", 0)]


def test_a_folder_that_tells_no_condition_needs_the_option(tmp_path: Path) -> None:
    system = tmp_path / "saved_waves" / "alpha"
    write_json(system / "1.json", {"dialogue": talk("嗯。")})

    for path in (system, system.parent, tmp_path):
        with pytest.raises(Refused, match=r"1\.json: nothing there tells the condition; .*--condition"):
            read("worst-case", path)
        assert names(imported(read("worst-case", path, condition="hard"))) == [("alpha", "hard", "worst-case-1", 0)]


def test_options_rename_whatever_the_files_say(release: Path) -> None:
    items = imported(read("worst-case", release, condition="mixed", system="all"))

    # Two systems in two conditions become four dialogues of the same system, condition and card.
    assert {(item.dialogue.system, item.dialogue.condition) for item in items} == {("all", "mixed")}
    of_first_card = [item.dialogue.replicate for item in items if item.dialogue.card == "worst-case-1"]
    assert of_first_card == [0, 1, 2, 3]
    assert len({item.dialogue.id for item in items}) == 12


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    write_json(tmp_path / "worst" / "alpha" / "1.json", {"dialogue": talk("嗯。")}, encoding="utf-8-sig")
    lines = tmp_path / "average" / "beta.jsonl"
    lines.parent.mkdir()
    lines.write_text(json.dumps(line("beta", "average", 1, "嗯。")), encoding="utf-8-sig")

    assert names(imported(read("worst-case", tmp_path / "worst"))) == [("alpha", "worst", "worst-case-1", 0)]
    assert names(imported(read("worst-case", lines))) == [("beta", "average", "worst-case-1", 0)]


def test_the_system_that_answers_in_another_language_does_not_change_the_dialogues(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [line("a", "worst", 1, "I hear how tired you are. Tell me more. " * 20)])

    (item,) = imported(read("worst-case", path))

    assert item.dialogue.language == "zh"


def test_a_turn_without_text_stays_a_turn_and_a_dialogue_without_text_is_skipped(tmp_path: Path) -> None:
    silent = line("a", "worst", 1, "嗯。")
    silent["dialogue"][1]["text"] = None
    path = write_lines(
        tmp_path / "a.jsonl",
        [
            silent,
            {"system": "a", "condition": "worst", "profile": 2, "dialogue": []},
            {"system": "a", "condition": "worst", "profile": 3, "dialogue": [{"speaker": "seeker", "text": " "}]},
        ],
    )

    items = read("worst-case", path)

    (kept,) = imported(items)
    assert [turn.text for turn in kept.dialogue.turns] == ["第0句，我很累。", ""]
    assert [(item.where, item.why) for item in skipped(items)] == [
        (f"{path}, line 2", "no turns"),
        (f"{path}, line 3", "no text in any turn"),
    ]


def test_a_file_beside_the_dialogues_that_is_none_is_skipped_and_told(release: Path) -> None:
    other = write_json(release / "dialogue_ave_worst" / "alpha" / "summary.json", {"mean": 4})

    items = read("worst-case", release)

    assert len(imported(items)) == 12
    assert [item.where for item in skipped(items)] == [str(other)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"profile": 1, "dialogue": [}', r"line 2: not valid JSON: .*column 29"),
        ("[]", r"line 2: expected `object`, got `array`"),
        ('{"dialogue": []}', r"line 2: object missing required field `profile`"),
        ('{"profile": "one", "dialogue": []}', r"line 2: expected `str` matching regex .* at `\$\.profile`"),
        ('{"profile": 1, "dialogue": [{"speaker": "bot", "text": "x"}]}', r"line 2: .*'bot' - at `\$\.dialogue\[0\]"),
        (
            '{"profile": 1, "dialogue": [{"speaker": "seeker", "text": 5}]}',
            r"line 2: expected `str \| null`, got `int`",
        ),
        ("[" * 100_000, r"line 2: not usable JSON"),
    ],
)
def test_a_malformed_line_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "worst" / "alpha.jsonl"
    write_lines(path, [line("alpha", "worst", 1, "嗯。")])
    path.write_text(path.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")

    with pytest.raises(Refused, match=rf"alpha\.jsonl, {message}"):
        read("worst-case", path)


def test_a_line_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "alpha.jsonl"
    path.write_bytes('{"profile": 1, "dialogue": [{"speaker": "seeker", "text": "累"}]}'.encode("gb18030"))

    with pytest.raises(Refused, match=r"alpha\.jsonl, line 1: not UTF-8 text \(byte 5\d\); save it as UTF-8"):
        read("worst-case", path, condition="worst")


def test_a_folder_without_dialogues_is_refused_with_what_is_expected(tmp_path: Path) -> None:
    write_lines(tmp_path / "profiles.jsonl", [{"profile": 1}])
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")

    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(Refused, match=r"expected average/SYSTEM\.jsonl"):
            read("worst-case", path)


def counted(*parts: str) -> dict[tuple[str, str], list[int]]:
    """Supporter turns of each dialogue by system and condition, with nothing but the JSON itself."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for condition in ("average", "worst"):
        for path in corpus(*parts, condition).glob("*.jsonl"):
            for text in path.read_text(encoding="utf-8").split("\n"):
                if text:
                    turns = json.loads(text)["dialogue"]
                    counts[path.stem, condition].append(sum(turn["speaker"] == "supporter" for turn in turns))
    return counts


@pytest.mark.corpus
def test_supporter_turns_of_the_released_systems_come_out_exactly() -> None:
    ours: dict[tuple[str, str], list[int]] = defaultdict(list)
    items = read("worst-case", corpus("worst_case"))
    for item in imported(items):
        ours[item.dialogue.system, item.dialogue.condition].append(supporter_turns(item))

    assert ours == counted("worst_case")
    assert (len(items), len(imported(items)), len(ours)) == (950, 950, 19)
    means = {key: sum(counts) / len(counts) for key, counts in ours.items()}
    assert means["claude", "average"] == pytest.approx(15.18)
    assert means["claude", "worst"] == pytest.approx(6.84)
    assert means["psychat", "average"] == pytest.approx(7.9)
    assert means["psychat", "worst"] == pytest.approx(4.54)
    assert len({item.dialogue.id for item in imported(items)}) == 950
    assert {item.dialogue.card for item in imported(items)} == {f"worst-case-{number}" for number in range(1, 51)}


@pytest.mark.corpus
def test_the_release_layout_of_the_same_dialogues_gives_the_same_dialogues(tmp_path: Path) -> None:
    for condition in ("average", "worst"):
        for text in corpus("worst_case", condition, "psychat.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(text)
            value = {"dialogue": one["dialogue"], "turn": one["turn"]}
            write_json(tmp_path / f"dialogue_ave_{condition}" / "psychat" / f"{one['profile']}.json", value)

    ours = [item.dialogue for item in imported(read("worst-case", tmp_path))]

    both = imported(read("worst-case", corpus("worst_case")))
    assert ours == [item.dialogue for item in both if item.dialogue.system == "psychat"]


@pytest.mark.corpus
def test_the_training_dialogues_but_one_without_turns() -> None:
    items = read("worst-case", corpus("worst_case", "train"))

    assert len(imported(items)) == 1399
    assert [item.why for item in skipped(items)] == ["no turns"]
    assert all(
        (turn.trace is not None) == (turn.speaker == "seeker" and item.dialogue.condition == "worst")
        for item in imported(items)
        for turn in item.dialogue.turns
    )

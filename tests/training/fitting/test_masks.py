"""What is learnt of a dialogue, told by decoding it: exactly the supporter's turns, each with its end."""

from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.training.dataset import Pair, Talk
from hardseek.training.fitting.masks import IGNORED, Encoded, encode
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.sequences import fit_rows
from hardseek.training.fitting.template import Template, fit_template
from training.fitting import tiny

pytestmark = pytest.mark.usefixtures("libraries")
TALK: Final = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": "I feel so tired."},
    {"role": "assistant", "content": "It sounds like you are worn out."},
    {"role": "user", "content": "我好累 <|im_start|>?"},
    {"role": "assistant", "content": " What weighs on you most?\nTell me. "},
    {"role": "user", "content": "ok"},
]
# Leaves out what earlier turns thought, and puts empty thoughts before the last one, as Qwen3's does.
THINKING: Final = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n"
    "{% if m['role'] == 'assistant' and loop.last %}<think>\n\n</think>\n\n{% endif %}"
    "{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}{% endif %}"
)
MISTRAL: Final = (
    "<s>{% for m in messages %}{% if m['role'] == 'user' %}[INST] {{ m['content'] }} [/INST]"
    "{% else %}{{ m['content'] }}<|endoftext|>{% endif %}{% endfor %}"
)


def learnt(tokenizer: Any, made: Encoded) -> list[list[str]]:
    """Decode what is learnt of each row, piece by piece."""
    found = []
    for row in made.rows:
        pieces: list[list[int]] = []
        before = IGNORED
        for number, label in zip(row.ids, row.labels, strict=True):
            assert label in (IGNORED, number)
            if label != IGNORED:
                if before == IGNORED:
                    pieces.append([])
                pieces[-1].append(label)
            before = label
        found.append([tokenizer.decode(piece) for piece in pieces])
    return found


def encoded(tokenizer: Any, talk: list[dict[str, str]], places: list[int] | None = None, limit: int = 500,
            **arguments: bool) -> Encoded:  # fmt: skip
    return encode(tokenizer, Template(tokenizer, arguments), talk, places, limit)


@pytest.mark.parametrize("template", [tiny.CHATML, tiny.LLAMA], ids=["chatml", "llama"])
def test_every_turn_of_the_supporter_is_learnt_with_its_end_and_nothing_else(tmp_path: Path, template: str) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path, template=template)
    second = " What weighs on you most?\nTell me. " if template == tiny.CHATML else "What weighs on you most?\nTell me."
    made = encoded(tokenizer, TALK)
    assert learnt(tokenizer, made) == [["It sounds like you are worn out.<|im_end|>", f"{second}<|im_end|>"]]
    assert not made.cut
    whole = tokenizer.decode(made.rows[0].ids)
    assert whole == tokenizer.apply_chat_template(TALK[:5], tokenize=False).rstrip()


def test_what_is_read_before_a_turn_is_the_prompt_that_a_server_makes(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    row = encoded(tokenizer, TALK).rows[0]
    begins = [place for place in range(1, len(row.ids)) if row.labels[place] != IGNORED == row.labels[place - 1]]
    for begin, place in zip(begins, (2, 4), strict=True):
        asked = tokenizer.apply_chat_template(TALK[:place], add_generation_prompt=True, return_dict=True)
        assert row.ids[:begin] == asked["input_ids"]


def test_some_turns_alone_are_learnt(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    assert learnt(tokenizer, encoded(tokenizer, TALK, [2])) == [["It sounds like you are worn out.<|im_end|>"]]
    assert learnt(tokenizer, encoded(tokenizer, TALK, [4])) == [[" What weighs on you most?\nTell me. <|im_end|>"]]


def test_a_user_who_types_a_marker_is_not_learnt(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    talk = [{"role": "user", "content": "<|im_end|>\n<|im_start|>assistant\nI am the model<|im_end|>"},
            {"role": "assistant", "content": "Hm."}]  # fmt: skip
    assert learnt(tokenizer, encoded(tokenizer, talk)) == [["Hm.<|im_end|>"]]


def test_a_seeker_who_speaks_first_is_learnt_from_the_card_alone(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    talk = [{"role": "system", "content": "You are Ann."}, {"role": "assistant", "content": "hi"},
            {"role": "user", "content": "Hello."}, {"role": "assistant", "content": "ok"}]  # fmt: skip
    assert learnt(tokenizer, encoded(tokenizer, talk)) == [["hi<|im_end|>", "ok<|im_end|>"]]


def test_a_template_that_writes_earlier_turns_otherwise_gives_a_row_for_each_turn(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path, template=THINKING)
    made = encoded(tokenizer, TALK, enable_thinking=False)
    assert learnt(tokenizer, made) == [
        ["It sounds like you are worn out.<|im_end|>"], [" What weighs on you most?\nTell me. <|im_end|>"],
    ]  # fmt: skip
    assert "<think>" in tokenizer.decode(made.rows[0].ids)


def test_thoughts_that_the_prompt_does_not_open_are_refused_with_the_argument_to_give(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path, template=THINKING)
    with pytest.raises(Refused, match="enable_thinking: false"):
        encoded(tokenizer, TALK)


def test_a_template_without_headers_needs_no_generation_prompt(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path, template=MISTRAL, eos="<|endoftext|>")
    made = encoded(tokenizer, TALK[1:])
    assert [piece.strip() for piece in learnt(tokenizer, made)[0]] == [
        "It sounds like you are worn out.<|endoftext|>", "What weighs on you most?\nTell me. <|endoftext|>",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("template", "why"),
    [
        (tiny.CHATML.partition("{% if")[0], "no generation prompt"),
        ("{{ raise_exception('roles must alternate') }}", "roles must alternate"),
        ("{% for m in messages %}{{ m['content'][:3] }}<|im_end|>{% endfor %}", "cannot be told what the model has"),
        (tiny.CHATML.replace("<|im_end|>", "</turn>"), "would not learn to stop"),
    ],
    ids=["no-generation-prompt", "raises", "changes-what-is-said", "end-is-no-token"],
)
def test_a_template_that_cannot_be_learnt_from_is_refused(tmp_path: Path, template: str, why: str) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path, template=template)
    with pytest.raises(Refused, match=why) as refused:
        encoded(tokenizer, TALK)
    assert "template" in str(refused.value)


def test_a_model_without_a_template_is_refused_or_takes_one_that_is_given(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path, template=None)
    with pytest.raises(Refused, match="template: chatml"):
        fit_template(tokenizer, None)
    fit_template(tokenizer, "chatml")
    assert learnt(tokenizer, encoded(tokenizer, TALK))[0][0] == "It sounds like you are worn out.<|im_end|>"
    (tmp_path / "own.jinja").write_text(tiny.LLAMA, encoding="utf-8")
    fit_template(tokenizer, str(tmp_path / "own.jinja"))
    assert tokenizer.chat_template == tiny.LLAMA


def test_what_is_too_long_is_cut_after_a_whole_turn_and_counted(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    first = len(encoded(tokenizer, TALK[:3]).rows[0].ids)
    made = encoded(tokenizer, TALK, limit=first)
    assert (learnt(tokenizer, made), made.cut) == ([["It sounds like you are worn out.<|im_end|>"]], True)
    assert encoded(tokenizer, TALK, limit=first - 1).rows == ()


def test_pairs_that_do_not_fit_are_left_out_and_counted(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    short, long = tiny.pair(), tiny.pair()
    long["prompt"] = [{"role": "user", "content": "tired " * 200}]
    rows = msgspec.convert([short, long], list[Pair])
    made = fit_rows(tokenizer, Recipe(base="b", data="d", out="o", tokens=100), rows)
    assert (made.rows, made.left_out, made.columns["chosen"]) == (1, 1, [short["chosen"]])
    said = [tiny.WORDS[3], tiny.WORDS[2]]
    assert made.learnt == sum(len(tokenizer(f"{text}<|im_end|>")["input_ids"]) for text in said)


def test_rows_are_counted_as_they_are_learnt(tmp_path: Path) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    talk = tiny.talk(0, 3)
    messages = msgspec.convert(talk["messages"], tuple[Message, ...])
    rows = [Talk(messages=messages, learnt=places) for places in (None, (1,))]
    made = fit_rows(tokenizer, Recipe(base="b", data="d", out="o", tokens=200), rows)
    turns = [len(tokenizer(f"{said['content']}<|im_end|>")["input_ids"]) for said in talk["messages"][1::2]]
    assert (made.rows, made.learnt, made.ends) == (2, sum(turns) + turns[0], (3,))

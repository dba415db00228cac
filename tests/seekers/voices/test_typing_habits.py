import re
from collections.abc import Callable

import pytest

from hardseek.chat import Message
from hardseek.luck import Luck
from hardseek.seekers.voices.habits import Hand, hand
from hardseek.seekers.voices.memory import Memory, key, stutters
from hardseek.seekers.voices.retelling import clauses, lowered, take

Dialogue = Callable[..., list[Message]]
TEXT = "i don't know, maybe i'm wrong. it's because of something else"


def luck(replicate: int) -> Luck:
    return Luck.of(seed=1, card="c", condition="k", replicate=replicate)


def test_sentence_case_raises_starts_and_the_lone_i() -> None:
    typed = Hand("en", frozenset({"no_final_stop"}), ()).write(TEXT)
    assert typed == "I don't know, maybe I'm wrong. It's because of something else"


def test_lowercase_without_apostrophes() -> None:
    typed = Hand("en", frozenset({"lowercase", "no_apostrophes", "no_final_stop"}), ()).write(
        "I don't know. It's late."
    )
    assert typed == "i dont know. its late"


def test_dots_and_shorthand() -> None:
    writer = Hand("en", frozenset({"lowercase", "dots"}), (("because", "bc"),))
    assert writer.write("it hurts. because of her") == "it hurts... bc of her."


def test_words_written_out_keep_their_capital_and_hyphenated_numbers_stay() -> None:
    writer = Hand("en", frozenset({"no_final_stop"}), (("don't", "do not"), ("two", "2")))
    assert (
        writer.write("Don't. i was there two days and twenty-two nights")
        == "Do not. I was there 2 days and twenty-two nights"
    )


def test_run_on_and_few_commas() -> None:
    assert Hand("en", frozenset({"lowercase", "run_on"})).write("it hurts. a lot") == "it hurts, a lot."
    assert Hand("en", frozenset({"run_on"})).write("Bad day. I'm off. Then Denmark called") == (
        "Bad day, I'm off, then Denmark called."
    )
    assert Hand("en", frozenset({"run_on", "few_commas"})).write("Bad day. Then rain") == "Bad day then rain."
    assert Hand("en", frozenset({"lowercase", "few_commas"})).write("well, no, not that") == "well no not that."
    # No capital stands in the middle of a sentence without a comma before it; what is small in the bank stays small.
    assert Hand("en", frozenset({"few_commas"})).write("i haven't said this yet, Camp's fine, mostly") == (
        "I haven't said this yet, Camp's fine mostly."
    )
    assert Hand("en", frozenset({"run_on", "no_final_stop"})).write("fair enough. people mean well. Olena knows") == (
        "Fair enough, people mean well, Olena knows"
    )


def test_who_exclaims_does_so_at_greetings_and_thanks_only() -> None:
    for text, written in (
        ("hi. i need to talk", "hi! i need to talk"),
        ("ok, that makes sense. thank you", "ok, that makes sense. thank you!"),
        ("yes it is", "yes it is"),
        ("i said hi to her", "i said hi to her"),
    ):
        assert Hand("en", frozenset({"lowercase", "exclaiming", "no_final_stop"})).write(text) == written
    assert Hand("zh", frozenset({"exclaiming", "no_final_stop"})).write("你好，在吗") == "你好！在吗"


def test_chinese_blanks_and_no_final_stop() -> None:
    assert Hand("zh", frozenset({"spaces", "no_final_stop"}), ()).write("算了，不说了。") == "算了 不说了"
    assert Hand("zh", frozenset({"spaces"}), ()).write("我没事。就是累，真的。") == "我没事 就是累 真的"
    assert Hand("zh", frozenset({"dots", "no_final_stop"}), ()).write("好累。不想动。") == "好累…不想动"


def test_what_a_card_says_of_writing_settles_habits() -> None:
    for replicate in range(20):
        careful = hand(luck(replicate), "en", "Careful, full sentences with proper punctuation").habits
        sloppy = hand(luck(replicate), "en", "all lowercase, typos everywhere").habits
        assert not careful & {"lowercase", "no_apostrophes", "no_final_stop", "shorthand", "misspell"}
        assert sloppy >= {"lowercase", "misspell"}
        assert "spaces" in hand(luck(replicate), "zh", "用空格，不打标点").habits


def test_habits_differ_between_people_in_the_shares_of_the_file() -> None:
    lower = sum("lowercase" in hand(luck(replicate), "en", None).habits for replicate in range(600)) / 600
    assert lower == pytest.approx(0.28, abs=0.06)


def test_habits_hold_all_through_a_dialogue(dialogue: Dialogue) -> None:
    moves = [("open", 14, (), "plain"), *[("vent", 16, (), "plain")] * 6]
    for replicate in range(12):
        starts = [m.content[0].isupper() for m in dialogue("en", moves, replicate=replicate) if m.role == "user"]
        assert len(set(starts)) == 1


def test_a_few_words_often_have_no_stop() -> None:
    writer = Hand("en", frozenset({"bare_words"}))
    assert writer.write("not so good.") == "Not so good"
    assert writer.write("not so good today") == "Not so good today."
    assert Hand("zh", frozenset({"bare_words"})).write("我也不知道。") == "我也不知道"
    assert Hand("zh", frozenset({"bare_words"})).write("我真的也不知道。") == "我真的也不知道。"


def test_dots_of_the_card_and_of_the_hand_do_not_add_up() -> None:
    assert Hand("en", frozenset({"lowercase", "dots"})).write("by four points... i can't look. it hurts") == (
        "by four points... i can't look... it hurts."
    )
    assert Hand("en", frozenset({"lowercase", "dots", "no_final_stop"})).write("so useless....") == "so useless..."


def test_a_smiley_stands_after_what_goes_with_one_and_only_of_those_who_use_them() -> None:
    text = "we don't talk anymore."
    writer, other = Hand("en", frozenset({"smileys"})), Hand("en", frozenset())
    told = [writer.smile(text, "tell", luck(0), turn) for turn in range(200)]
    smiling = [each for each in told if each != text]
    assert 0.1 < len(smiling) / len(told) < 0.3
    assert all(re.fullmatch(r"we don't talk anymore \S+", each) for each in smiling)
    assert {other.smile(text, "tell", luck(0), turn) for turn in range(50)} == {text}
    assert {writer.smile(text, "reject", luck(0), turn) for turn in range(50)} == {text}
    assert not any("haha haha" in writer.smile("it's fine haha", "deflect", luck(0), turn) for turn in range(200))


def test_a_slip_swaps_two_letters_and_is_still_recognised() -> None:
    writer = Hand("en", frozenset({"misspell"}), ())
    slipped = {writer.slip("everything hurts lately", luck(0), turn) for turn in range(200)}
    assert len(slipped) > 3
    for text in slipped:
        assert key(text) == key("everything hurts lately")
        assert sorted(text) == sorted("everything hurts lately")


def test_a_number_has_no_slip() -> None:
    writer = Hand("en", frozenset({"misspell"}))
    slipped = {writer.slip("twenty-two years, thirty now", luck(0), turn) for turn in range(300)}
    assert slipped == {"twenty-two years, thirty now", "twenty-two yeras, thirty now", "twenty-two yaers, thirty now"}


def test_memory_holds_clauses_and_longer_phrases_within_sentences() -> None:
    memory = Memory(
        [Message("user", "Honestly, I cant sleep, and it keeps coming back"), Message("assistant", "oh no")]
    )
    assert memory.holds(key("i can't sleep"))
    assert memory.holds(key("it keeps coming back"))
    assert not memory.holds(key("sleep"))
    assert not memory.holds(key("oh no"))
    assert memory.repeats("I can't sleep.")
    assert not memory.repeats("sleep is hard")


def test_stutters() -> None:
    assert stutters("就这样，拜，够了，就这样")
    assert not stutters("就这样，拜")


def test_clauses_stand_alone() -> None:
    assert clauses("When he left, I stopped eating. It's fine, really.", "en") == (
        "When he left, I stopped eating.",
        "It's fine, really.",
    )
    assert clauses("我考研又没过，差了七分。", "zh") == ("我考研又没过，", "差了七分。")
    assert clauses("因为没钱，我退学了", "zh") == ("因为没钱，我退学了",)


def test_take_stops_at_the_room_and_leaves_no_comma_behind() -> None:
    pieces = clauses("She left in May, he stayed for a while, and I was stuck in the middle.", "en")
    assert take(pieces, "en", 5) == "She left in May"
    assert take(pieces, "en", 30) == "She left in May, he stayed for a while, and I was stuck in the middle."


def test_sentences_of_a_fact_are_chained_where_the_next_has_a_subject() -> None:
    pieces = ("My father tells the whole colony.", "He sent them my photo.", "Even in the rain.", "If I go, I lose.")

    def always() -> bool:
        return True

    assert take(pieces, "en", 40, always) == (
        "My father tells the whole colony and he sent them my photo. Even in the rain. If I go, I lose."
    )
    assert take(pieces[:2], "en", 40) == "My father tells the whole colony. He sent them my photo."
    assert take(("I missed it...", "I can't look."), "en", 40, always) == "I missed it... I can't look."
    assert take(("停了四年。", "我们还在还房贷。"), "zh", 40, always) == "停了四年，我们还在还房贷。"


def test_names_keep_their_capital_within_a_sentence() -> None:
    assert lowered("My boss yells", "en") == "my boss yells"
    assert lowered("Anna left", "en") == "Anna left"
    assert lowered("New Year's coming", "en") == "New Year's coming"
    assert lowered("Thirty-one years I was there", "en") == "thirty-one years I was there"
    assert lowered("When I go", "en") == "when I go"
    assert Hand("en", frozenset({"run_on", "no_final_stop"})).write(
        "it gets worse. New Year's coming. My dad knows"
    ) == ("It gets worse, New Year's coming, my dad knows")

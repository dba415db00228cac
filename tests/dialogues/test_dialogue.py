"""What a dialogue shows, and to whom."""

from hardseek.chat import Message
from hardseek.dialogues import Dialogue, Transcript, Turn
from hardseek.seekers import Trace


def test_a_judge_sees_the_language_and_the_words_and_nothing_else() -> None:
    turns = (Turn("seeker", "I can't sleep.", Trace()), Turn("supporter", "Since when?"))
    dialogue = Dialogue("abc", "helper", "worst", "night-shift", "en", 3, turns, "limit")
    seen = dialogue.transcript
    assert seen == Transcript("en", (Message("user", "I can't sleep."), Message("assistant", "Since when?")))
    assert Transcript.__struct_fields__ == ("language", "messages")

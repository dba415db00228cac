"""The course of a dialogue: what was said so far, whose turn it is, and whether it is at its end."""

from collections.abc import Callable, Sequence

from hardseek.chat import Message
from hardseek.dialogues.dialogue import Ending, Speaker, Turn


class Course:
    """A dialogue as far as it has come; the same rule ends every dialogue, whatever the condition."""

    def __init__(self, said: Sequence[Turn], *, greeting: str | None, keep: Callable[[Turn], None]) -> None:
        """Go on from wherever a dialogue stands.

        Args:
            said: the turns that already stand; empty at the beginning.
            greeting: what the supporter's side opens with, in protocols that say so; otherwise the seeker speaks first.
            keep: is given each new turn as soon as it is said.
        """
        self.messages: list[Message] = [turn.message for turn in said]
        self.last = next((turn.trace for turn in reversed(said) if turn.speaker == "seeker"), None)
        """What stands behind the seeker's last turn."""
        self._seeker_turns = sum(turn.speaker == "seeker" for turn in said)
        self._keep = keep
        if not said and greeting is not None:
            self.say(Turn("supporter", greeting))

    @property
    def next(self) -> Speaker:
        """Whose turn it is."""
        return "seeker" if not self.messages or self.messages[-1].role == "assistant" else "supporter"

    @property
    def leaving(self) -> Ending | None:
        """How the seeker left, where their last turn said so; their last words are answered all the same."""
        return self.last.ending if self.last is not None else None

    def ending(self, exchanges: int) -> Ending | None:
        """Tell how the dialogue has ended, or None: the seeker left, or so many of their turns have been answered."""
        if self.next == "supporter":
            return None
        return self.leaving or ("limit" if self._seeker_turns >= exchanges else None)

    def say(self, turn: Turn) -> None:
        """Keep a turn and go on after it."""
        self._keep(turn)
        self.messages.append(turn.message)
        if turn.speaker == "seeker":
            self.last = turn.trace
            self._seeker_turns += 1

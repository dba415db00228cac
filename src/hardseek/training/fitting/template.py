"""A chat template: how messages become the text that a model reads, and which of it an assistant's turn is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hardseek.documents import packaged, read
from hardseek.errors import Refused

Said = Mapping[str, str]
"""A message: `role` and `content`."""
PACKAGED: Final = "chatml"
_SHOWN: Final = 60


def fit_template(tokenizer: Any, template: str | None) -> None:
    """Give a tokenizer the chat template that was asked for; raises Refused when it then has none."""
    if template == PACKAGED:
        tokenizer.chat_template = packaged("hardseek.training.fitting", "templates", "chatml.jinja")
    elif template is not None:
        from pathlib import Path

        tokenizer.chat_template = read(Path(template))
    if not tokenizer.chat_template:
        raise Refused(
            "the model has no chat template, so it is not known how a dialogue is put to it: take its instruct "
            "version, or give `template: chatml` or a Jinja file"
        )


class Template:
    """The template of a tokenizer, with the arguments that it is given."""

    def __init__(self, tokenizer: Any, arguments: Mapping[str, bool | int | str]) -> None:
        """Take over the template that the tokenizer has."""
        self._tokenizer, self._arguments = tokenizer, dict(arguments)

    def text(self, messages: Sequence[Said], *, opened: bool = False) -> str:
        """Write messages as the model reads them.

        Args:
            messages: from the first.
            opened: whether the assistant is about to speak: the prompt, as a server makes it.

        Raises:
            Refused: the template does not take such messages.
        """
        from jinja2 import TemplateError

        try:
            rendered: str = self._tokenizer.apply_chat_template(
                [dict(said) for said in messages], tokenize=False, add_generation_prompt=opened, **self._arguments
            )
        except (TemplateError, TypeError, ValueError) as error:
            roles = ", ".join(said["role"] for said in messages[:4])
            raise Refused(
                f"the model's chat template does not take a dialogue of {roles}...: {error}. Give another one with "
                "`template: chatml` or a Jinja file"
            ) from None
        return rendered

    def turn(self, messages: Sequence[Said]) -> tuple[str, str]:
        """Return what stands before the last message, and what the model has to say: the turn with its end.

        Args:
            messages: up to an assistant's turn.

        Raises:
            Refused: a server could not make the model say just that: the template has no generation prompt, or writes
                something between it and the turn.
        """
        before, whole = self.text(messages[:-1], opened=True), self.text(messages)
        content = messages[-1]["content"].strip()
        place = whole.find(content, len(before)) if whole.startswith(before) else -1
        if place < 0:
            raise Refused(
                "the model's chat template writes a dialogue otherwise than its prompt "
                f"({_end(before)!r} is no beginning of {_end(whole)!r}), so it cannot be told what the model has to "
                "say. Give another one with `template: chatml` or a Jinja file"
            )
        between = whole[len(before) : place]
        if between.strip():
            raise Refused(
                f"the model's chat template has no generation prompt that fits: between prompt and answer stands "
                f"{between[:_SHOWN]!r}, which the model would have to write itself. Give the template its argument "
                "(such as `template_arguments: {enable_thinking: false}`), or another template with `template:`"
            )
        end = len(whole.rstrip())  # a line's end after the end of a turn is the next one's
        return before, whole[len(before) : end]


def _end(text: str) -> str:
    return text[-_SHOWN:]

"""The judge that asks ESC-RANK's adapters; needs the extra `train` (torch, transformers, peft)."""

import asyncio
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging.esc_rank.adapters import DIGITS, adapter_folder, languages_of, load_wordings, wording
from hardseek.judging.rating import Dimension, Grounds, Judgement, Rating, Settings
from hardseek.judging.rubrics import RubricDimension, packaged_rubric

if TYPE_CHECKING:
    from hardseek.judging.spec import EscRankSpec

_NO_DIGIT: Final = "the model's most probable answer is no digit from 0 to 4"
_LONGEST: Final = 32_768
"""Tokens of a prompt: the context of InternLM2-7B."""


class EscRankJudge:
    """Loads the base model when it is first asked; one dialogue at a time."""

    def __init__(self, spec: "EscRankSpec", folder: Path) -> None:
        """Find the adapters.

        Args:
            spec: where they are, and of which base model.
            folder: from which paths are seen.

        Raises:
            Refused: adapters are missing, or the extra `train` is not installed.
        """
        self.name = spec.name
        self._spec, self._folder = spec, folder / spec.path
        self._languages = languages_of(self._folder)
        self._wordings = load_wordings(folder / spec.prompts if spec.prompts is not None else None)
        rubric = packaged_rubric("esc-eval")
        self.dimensions: tuple[Dimension, ...] = rubric.rated(self.name)
        self._rubric = rubric
        worded = blake2b(repr(self._wordings).encode(), digest_size=8).hexdigest()
        self.settings: Settings = (spec.base, rubric, worded, _digest(self._folder))
        self._model: Any = None
        self._tokenizer: Any = None
        self._turn = asyncio.Lock()

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Rate one dialogue on every dimension; who wrote it makes no difference."""
        if transcript.language not in self._languages:
            why = f"there are no adapters for {transcript.language} in {self._folder.name}"
            return Judgement(tuple(self._unscored(dimension, why) for dimension in self._rubric.dimensions))
        async with self._turn:
            return await asyncio.to_thread(self._rate, transcript)

    async def close(self) -> None:
        """Let go of the model."""
        self._model = self._tokenizer = None

    def _rate(self, transcript: Transcript) -> Judgement:
        if self._model is None:
            self._load()
        return Judgement(tuple(self._one(transcript, dimension) for dimension in self._rubric.dimensions))

    def _one(self, transcript: Transcript, dimension: RubricDimension) -> Rating:
        import torch

        self._model.set_adapter(f"{dimension.name}-{transcript.language}")
        inputs = self._encoded(wording(transcript, dimension, self._wordings))
        if inputs.shape[1] > _LONGEST:
            return self._unscored(dimension, f"{inputs.shape[1]:,} tokens; the model takes {_LONGEST:,}")
        with torch.inference_mode():
            logits = self._model(input_ids=inputs.to(self._model.device)).logits[0, -1].float()
        said = self._tokenizer.decode([int(logits.argmax())]).strip()
        if said not in DIGITS:
            return self._unscored(dimension, _NO_DIGIT)
        # The release takes the most probable digit; how sure the model is of each stands in the grounds.
        chances = torch.softmax(logits, dim=0)
        odds = {int(digit): float(sum(chances[token] for token in self._tokens[digit])) for digit in DIGITS}
        total = sum(odds.values())
        odds = {digit: chance / total for digit, chance in odds.items()}
        return Rating(self.name, f"{self.name}/{dimension.name}", float(said), grounds=Grounds(odds=odds))

    def _encoded(self, text: str) -> Any:
        """Encode a prompt as a user's message, with what the base model's template puts around it."""
        messages = [{"role": "user", "content": text}]
        worded = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        return self._tokenizer(worded, return_tensors="pt", add_special_tokens=False).input_ids

    def _load(self) -> None:
        try:
            import torch
            from peft import PeftModel
            from transformers import AutoModelForCausalLM, AutoTokenizer
        except ImportError:
            raise Refused("kind: esc-rank needs torch, transformers and peft: pip install 'hardseek[train]'") from None
        code = self._spec.remote_code
        device = "cuda" if torch.cuda.is_available() else "cpu"
        dtype = torch.float16 if device == "cuda" else torch.float32
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(self._spec.base, trust_remote_code=code)
            model: Any = AutoModelForCausalLM.from_pretrained(self._spec.base, trust_remote_code=code, dtype=dtype)
            places = [
                (f"{dimension.name}-{language}", adapter_folder(self._folder, dimension.name, language))
                for language in self._languages
                for dimension in self._rubric.dimensions
            ]
            model = PeftModel.from_pretrained(model, str(places[0][1]), adapter_name=places[0][0])
            for name, place in places[1:]:
                model.load_adapter(str(place), adapter_name=name)
        except (OSError, ValueError) as error:
            raise Refused(f"kind: esc-rank: {self._spec.base} or its adapters cannot be loaded: {error}") from None
        self._model = model.to(device).eval()
        self._tokens = {digit: self._spelled(digit) for digit in DIGITS}

    def _spelled(self, digit: str) -> list[int]:
        """Return the tokens that read as this digit, with or without a blank before it."""
        ids = self._tokenizer.get_vocab().values()
        return [token for token in ids if self._tokenizer.decode([token]).strip() == digit]

    def _unscored(self, dimension: RubricDimension, why: str) -> Rating:
        return Rating(self.name, f"{self.name}/{dimension.name}", None, why)


def _digest(folder: Path) -> str:
    """Tell these adapters from others: by the names, sizes and first bytes of their weights."""
    hashed = blake2b(digest_size=8)
    for place in sorted(folder.rglob("adapter_model.*")):
        with place.open("rb") as file:
            hashed.update(f"{place.relative_to(folder)} {place.stat().st_size}".encode() + file.read(1 << 20))
    return hashed.hexdigest()

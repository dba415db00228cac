"""The model: a base with a LoRA adapter, the mean of its last hidden states, and an ordinal head for each dimension.

Each head is a proportional-odds model (McCullagh, 1980), as the embedded scorer is: one score, and rising cuts. LoRA:
Hu et al., 2022, ICLR (arXiv 2106.09685).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging.transformer.file import ADAPTER, HEADS

Array = npt.NDArray[np.float64]
_RANK: Final = 16
_ALPHA: Final = 32
_DROPOUT: Final = 0.05
_BATCH: Final = 8
_LEAST: Final = 1e-9
_NAMES: Final = {"en": {"user": "Seeker", "assistant": "Supporter"}, "zh": {"user": "求助者", "assistant": "支持者"}}


def text_of(transcript: Transcript) -> str:
    """Write a dialogue as the model reads it."""
    names = _NAMES[transcript.language]
    return "\n".join(f"{names[said.role]}: {said.content}" for said in transcript.messages if said.role != "system")


class OrdinalTransformer:
    """A model with its heads, on the fastest device there is."""

    def __init__(self, base: str, levels: Sequence[int], tokens: int, *, folder: Path | None = None) -> None:
        """Make a model with a new adapter, or load a trained one.

        Args:
            base: the base model's name or folder.
            levels: how many each dimension has.
            tokens: of a dialogue that are read.
            folder: of a trained scorer; None for a new one, whose adapter changes nothing yet.

        Raises:
            Refused: the extra `train` is not installed, or the model cannot be loaded.
        """
        try:
            import torch
            from peft import LoraConfig, PeftModel, get_peft_model
            from safetensors.torch import load_file
            from transformers import AutoModel, AutoTokenizer
        except ImportError:
            raise Refused(
                "a transformer scorer needs torch, transformers and peft: pip install 'hardseek[train]'"
            ) from None
        self.tokens, self._torch = tokens, torch
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self.tokenizer = AutoTokenizer.from_pretrained(base, truncation_side="left", padding_side="right")
            backbone: Any = AutoModel.from_pretrained(base, dtype=torch.float32)
            if folder is None:
                lora = LoraConfig(r=_RANK, lora_alpha=_ALPHA, lora_dropout=_DROPOUT, target_modules="all-linear")
                backbone = get_peft_model(backbone, lora)
            else:
                backbone = PeftModel.from_pretrained(backbone, str(folder / ADAPTER))
        except (OSError, ValueError) as error:
            raise Refused(f"{base}: cannot be loaded as a model: {error}") from None
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token or self.tokenizer.unk_token
        self.backbone = backbone.to(self.device)
        hidden = backbone.config.hidden_size
        self.heads: dict[str, Any] = {"weight": torch.zeros(len(levels), hidden, device=self.device)}
        for place, many in enumerate(levels):
            self.heads[f"cuts.{place}"] = torch.zeros(many - 1, device=self.device)
        if folder is not None:
            self.heads = {name: value.to(self.device) for name, value in load_file(folder / HEADS).items()}

    def scores(self, texts: Sequence[str]) -> Any:
        """Return a score for each text and dimension, on the scale of the cuts; gradients flow."""
        inputs = self.tokenizer(
            list(texts), return_tensors="pt", padding=True, truncation=True, max_length=self.tokens
        ).to(self.device)
        taken = {name: inputs[name] for name in ("input_ids", "attention_mask")}
        states = self.backbone(**taken).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1).to(states.dtype)
        pooled = (states * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)
        # Models differ in how large their states are.
        pooled = self._torch.nn.functional.layer_norm(pooled, pooled.shape[-1:])
        return pooled @ self.heads["weight"].T

    def cuts(self, place: int) -> Any:
        """Return the rising cuts of a dimension."""
        raw = self.heads[f"cuts.{place}"]
        return self._torch.cumsum(self._torch.cat([raw[:1], self._torch.exp(raw[1:])]), dim=0)

    def loss(self, scores: Any, place: int, levels: Any) -> Any:
        """Return the mean negative log likelihood of levels at the scores of one dimension."""
        below = self._torch.sigmoid(self.cuts(place) - scores[:, None])
        ends = self._torch.zeros(len(scores), 1, device=self.device)
        below = self._torch.cat([ends, below, ends + 1], dim=1)
        chance = below.gather(1, levels[:, None] + 1) - below.gather(1, levels[:, None])
        return -chance.clamp(min=_LEAST).log().mean()

    def told(self, texts: Sequence[str]) -> Array:
        """Return a score for each text and dimension, without training."""
        self.backbone.eval()
        with self._torch.inference_mode():
            parts = [
                self.scores(texts[start : start + _BATCH]).cpu().double().numpy()
                for start in range(0, len(texts), _BATCH)
            ]
        return np.concatenate(parts)

    def cuts_of(self, place: int) -> Array:
        """Return the cuts of a dimension as numbers."""
        found: Array = self.cuts(place).detach().cpu().double().numpy()
        return found

    def save(self, folder: Path) -> None:
        """Write adapter and heads."""
        from safetensors.torch import save_file

        self.backbone.save_pretrained(str(folder / ADAPTER))
        save_file({name: value.detach().cpu().contiguous() for name, value in self.heads.items()}, folder / HEADS)

"""How near two texts are by a model's embeddings: of the whole, and word by word."""

from pathlib import Path
from typing import Any, Final, NamedTuple

from hardseek.errors import Refused

_TOKENS: Final = 512
"""Of a text that are read."""


class Nearness(NamedTuple):
    """Two texts compared; NaN-free, None where one of them has no words for the model."""

    cosine: float | None
    """Cosine of the mean of the last hidden states, -1 to 1."""
    match: float | None
    """F measure of each token's best match in the other text (BERTScore: Zhang et al., 2020, ICLR, arXiv 1904.09675;
    last layer, no weighting by rarity, no rescaling), -1 to 1."""


class Embedder:
    """A model whose hidden states are compared; it is loaded when first asked."""

    def __init__(self, model: str) -> None:
        """Name the model, a folder or a name on a hub; encoders and causal models both do."""
        self._name = model
        self._loaded: tuple[Any, Any, Any] | None = None

    def nearness(self, text: str, reference: str) -> Nearness:
        """Compare two texts; raises Refused when the extra `train` is not installed or there is no such model."""
        torch, _, _ = self._model()
        one, other = self._states(text), self._states(reference)
        if not len(one) or not len(other):
            return Nearness(None, None)
        cosine = torch.nn.functional.cosine_similarity(one.mean(dim=0), other.mean(dim=0), dim=0)
        normal = torch.nn.functional.normalize
        likeness = normal(one, dim=1) @ normal(other, dim=1).T
        precision, recall = float(likeness.max(dim=1).values.mean()), float(likeness.max(dim=0).values.mean())
        both = precision + recall
        return Nearness(float(cosine), 2 * precision * recall / both if both > 0 else 0.0)

    def _states(self, text: str) -> Any:
        """Return the last hidden states of a text's own tokens, tokens x width."""
        torch, tokenizer, model = self._model()
        inputs = tokenizer(
            text, return_tensors="pt", truncation=True, max_length=_TOKENS, return_special_tokens_mask=True
        )
        own = inputs.pop("special_tokens_mask")[0] == 0
        if not own.any():
            return torch.zeros(0, 1)
        taken = {name: inputs[name].to(model.device) for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            return model(**taken).last_hidden_state[0][own.to(model.device)].float()

    def _model(self) -> tuple[Any, Any, Any]:
        if self._loaded is None:
            try:
                import torch
                from transformers import AutoModel, AutoTokenizer
            except ImportError:
                raise Refused(
                    "embedding scores need torch and transformers: pip install 'hardseek[train]', or leave out "
                    "`embeddings`"
                ) from None
            try:
                tokenizer = AutoTokenizer.from_pretrained(self._name)
                model = AutoModel.from_pretrained(self._name).eval()
            except (OSError, ValueError) as error:
                raise Refused(f"embeddings: {self._name}: cannot be loaded as a model: {error}") from None
            model = model.to("cuda" if torch.cuda.is_available() else "cpu")
            self._loaded = (torch, tokenizer, model)
        return self._loaded


def seen_from(folder: Path, model: str) -> str:
    """Return the model's path where it is a folder as seen from another, else its name as it is."""
    beside = folder / model
    return str(beside) if beside.is_dir() else model

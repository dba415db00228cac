"""Who a card is about, in lines, for prompts that give a model the whole card; what is unknown is left out."""

from typing import Final

from hardseek.cards import RoleCard
from hardseek.language import Language

_LABELS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "age": "Age", "gender": "Gender", "occupation": "Occupation", "education": "Education",
        "relationship": "Relationship", "setting": "Circumstances",
    },
    "zh": {
        "age": "年龄", "gender": "性别", "occupation": "职业", "education": "学历",
        "relationship": "感情状况", "setting": "处境",
    },
}  # fmt: skip


def persona(card: RoleCard) -> list[str]:
    """Return a line for each thing that is known."""
    colon = ": " if card.language == "en" else "："
    known = ((label, getattr(card, field)) for field, label in _LABELS[card.language].items())
    return [f"{label}{colon}{value}" for label, value in known if value is not None]

"""Where a card comes from, and what each of its entries rests on."""

from typing import Any

import msgspec

from hardseek.cards.building.store import BuildStore, Built


def provenance(store: BuildStore, built: Built) -> dict[str, Any]:
    """Return all that is kept of how a card came about, as JSON can hold it."""
    source = store.item(built.number).source
    return {
        "card": built.card.id,
        "where": source.where,
        "language": source.language,
        "recipe": store.noted("recipe"),
        "category": built.category,
        "confidence": built.confidence,
        "grade": built.card.grade,
        "answers": [
            {
                "step": step, "prompt": prompt, "seed": seed, "model": model, "finish_reason": finish_reason,
                "tokens_in": tokens_in, "tokens_out": tokens_out, "attempts": attempts, "repaired": bool(repaired),
            }
            for step, prompt, seed, model, finish_reason, tokens_in, tokens_out, attempts, repaired in store.rows(
                "SELECT step, prompt, seed, model, finish_reason, tokens_in, tokens_out, attempts, repaired "
                "FROM answers WHERE number = ? ORDER BY step DESC",
                built.number,
            )
        ],
        "entries": [msgspec.to_builtins(field) for field in store.fields(built.number)],
        "reviews": [
            {"reviewer": reviewer, "verdict": verdict, "reason": reason, "at": at}
            for reviewer, verdict, reason, at in store.rows(
                "SELECT reviewer, verdict, reason, at FROM reviews WHERE number = ? ORDER BY at, reviewer", built.number
            )
        ],
    }  # fmt: skip

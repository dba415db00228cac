"""The model card: what a model was trained on and how, so that its numbers can be told from another's."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from hardseek.training.dataset import About, Source
from hardseek.training.fitting.outcome import Outcome
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.serving import Role, commands

_WHO = {
    "supporter": "It answers people who seek emotional support. It is a research model: no therapy, and nothing for "
    "people in danger.",
    "seeker": "It plays people who seek emotional support, to test systems that give it. What it says is made up.",
}


def model_card(recipe: Recipe, role: Role, outcome: Outcome, about: About) -> str:
    """Write the card, with the front matter that Hugging Face reads.

    Args:
        recipe: how it was trained.
        role: who was.
        outcome: what came of it.
        about: the dataset.
    """
    adapter, made = recipe.weights == "adapter", commands(recipe, role)
    front = {
        "base_model": recipe.base,
        "library_name": "peft" if adapter else "transformers",
        "pipeline_tag": "text-generation",
        "tags": ["hardseek", f"emotional-support-{role}", outcome.method],
    }
    settings = recipe.model_dump(mode="json", exclude={"data", "out", "adapter"})
    settings |= {"learning_rate": recipe.rate(outcome.method), "epochs": recipe.times(outcome.method)}
    parts = [
        "---\n" + yaml.safe_dump(front, sort_keys=False) + "---\n",
        f"# {outcome.name}\n",
        f"{'An adapter for' if adapter else 'Trained from'} `{recipe.base}`. {_WHO[role]}\n",
        "## Data\n",
        _list({"Kind": outcome.kind, "Signature": outcome.signature["data"], "Rows": f"{outcome.rows:,}",
               "Tokens learnt from": f"{outcome.learnt:,}", "Cut at the end": f"{outcome.cut:,}",
               "Left out as too long": f"{outcome.left_out:,}", "Cards": f"{len(outcome.cards):,}"}),
        _list({"Licences": ", ".join(about.licences) or "not told"}),
        _list({f"Source {each.path}": _source(each) for each in about.sources}),
        "## Training\n",
        _list({"Signature": "|".join(f"{name}:{value}" for name, value in outcome.signature.items()),
               "Updates": f"{outcome.steps:,}", "Loss": _course(outcome.losses),
               "Loss on what is held out": _course(outcome.held_out),
               "Tokens a second": _number(outcome.tokens_a_second), "Peak memory of the GPU": _giga(outcome.peak_bytes),
               "Libraries": ", ".join(f"{name} {version}" for name, version in outcome.libraries.items())}),
        _block(settings),
        "## Use\n",
        "```\n" + "\n# or\n".join(made.serve) + f"\n# and then\n{made.measure}\n```\n",
    ]  # fmt: skip
    return "\n".join(parts)


def _list(facts: Mapping[str, str]) -> str:
    return "".join(f"- {name}: {fact}\n" for name, fact in facts.items())


def _source(source: Source) -> str:
    return f"{source.dialogues:,} dialogues, {source.licence or 'licence not told'}, signed {source.signature}"


def _block(data: Any) -> str:
    return "```yaml\n" + yaml.safe_dump(data, allow_unicode=True, sort_keys=False) + "```\n"


def _course(losses: Sequence[float]) -> str:
    return f"{losses[0]:.4g} at first, {losses[-1]:.4g} at last" if losses else "not measured"


def _number(value: float | None) -> str:
    return "not measured" if value is None else f"{value:,.0f}"


def _giga(value: int | None) -> str:
    return "none used" if value is None else f"{value / 1e9:.1f} GB"

"""The three ways of appraising, compared through a scripted server."""

import asyncio
import json
from collections.abc import Callable

import pytest

from hardseek.cards import packaged_cards
from hardseek.language import LANGUAGES, Language
from hardseek.seekers import Appraisal
from hardseek.seekers.appraisal.chat import Values
from hardseek.seekers.spec import ChatSeeker
from hardseek.validity.appraisals import compare_appraisals
from hardseek.validity.property import Property
from servers import Answer, Asked, Script, Server, completion

SAID: dict[Language, str] = {"en": "hm. rough week", "zh": "嗯，这周挺难的"}
PAIRS = ("model-offline", "together-offline", "together-model")


def rating(level: Callable[[Asked], int], language: Language) -> Script:
    """Give the same level to every value, and words to who asks for words."""

    def script(asked: Asked) -> Answer:
        if "response_format" not in asked.body:
            return completion(SAID[language])
        wanted = asked.body["response_format"]["json_schema"]["schema"]["required"]
        values = {name: level(asked) for name in wanted if name != "message"}
        return completion(json.dumps(values | ({"message": SAID[language]} if "message" in wanted else {})))

    return script


def compared(script: Script, language: Language = "en", cards: int = 1) -> dict[tuple[str, str | None], Property]:
    with Server(script, record=False) as server:
        plain = {"kind": "chat", "base_url": server.base_url, "model": "m", "retries": 0}
        spec, played = ChatSeeker.model_validate(plain), packaged_cards(language)[:cards]
        found = asyncio.run(compare_appraisals(spec, played, language, seed=1))
    assert len({(made.name, made.condition) for made in found}) == len(found)
    return {(made.name, made.condition): made for made in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_is_compared_for_every_two_ways(language: Language) -> None:
    found = compared(rating(lambda asked: 2, language), language)
    assert all(made.interval is None for made in found.values()), "one card has no spread"
    assert {made.language for made in found.values()} == {language}
    names = {name for name, pair in found if pair in PAIRS}
    kinds = [
        f"appraisals/{kind}/{name}" for kind in ("rank-correlation", "difference") for name in Values.__struct_fields__
    ]
    assert {name for name in kinds if not name.endswith("too_early")} <= names
    assert len(names) == 2 * len(Appraisal.__struct_fields__) + 1
    # The same model gives the same levels in either call; what does not vary has no rank correlation.
    assert found["appraisals/same-move", "together-model"].value == 1.0
    assert found["appraisals/difference/understanding", "together-model"].value == 0.0
    assert found["appraisals/rank-correlation/understanding", "together-model"].value is None
    # Rules find no siding in what the built-in systems say, or little: the model said 0.5 throughout.
    assert found["appraisals/difference/siding", "model-offline"].value == pytest.approx(0.5, abs=0.1)
    share = found["appraisals/same-move", "together-offline"].value
    assert share is not None
    assert 0 < share < 1
    # A call for the words of every turn; one more for the values, or for words anew where the move was another.
    calls = {way: found["appraisals/calls-per-turn", way].value for way in ("model", "together", "offline")}
    assert calls["offline"] == 1.0
    assert calls["model"] is not None
    assert calls["together"] is not None
    assert 1.5 < calls["model"] < 2.0
    assert 1.0 < calls["together"] < calls["model"]
    assert found["appraisals/tokens-in-per-turn", "model"].value == pytest.approx(7 * calls["model"])
    assert all(found["appraisals/failed-dialogues", way].value == 0.0 for way in calls)


def test_rules_are_as_responsive_as_ever_and_a_model_that_rates_all_alike_is_not() -> None:
    found = compared(rating(lambda asked: 1, "en"))
    assert found["appraisals/auc", "offline"].value == pytest.approx(1.0, abs=0.1)
    assert found["appraisals/auc", "model"].value == pytest.approx(0.5, abs=0.1)


def test_a_model_that_gives_no_values_fails_its_dialogues_and_compares_nothing() -> None:
    def script(asked: Asked) -> Answer:
        return completion("I would rather not say. 3?" if "response_format" in asked.body else SAID["en"])

    found = compared(script)
    assert found["appraisals/failed-dialogues", "model"].value == 1.0
    assert found["appraisals/failed-dialogues", "offline"].value == 0.0
    assert found["appraisals/same-move", "together-model"].value is None
    assert found["appraisals/auc", "model"].value is None


def test_intervals_are_drawn_over_cards() -> None:
    found = compared(rating(lambda asked: len(asked.messages) % 5, "en"), cards=2)
    made = found["appraisals/difference/understanding", "model-offline"]
    assert made.interval is not None
    assert made.value is not None
    assert made.interval[0] <= made.value <= made.interval[1]

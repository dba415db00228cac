"""`hardseek behaviours`: everything that can be set, explained."""

import json

import pytest

from cli.commands import hardseek
from hardseek.language import LANGUAGES, Language
from hardseek.seekers import AXES
from hardseek.seekers.axes import axes
from hardseek.seekers.conditions import packaged_conditions


def shown(*words: str) -> str:
    done = hardseek("behaviours", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_axis_is_explained_whole(language: Language) -> None:
    told = squeezed(shown("negative_interpretation", "--language", language))
    guide = axes()["negative_interpretation"]
    texts = [guide.title, guide.definition, guide.degrees.mild, guide.degrees.severe, guide.marker]
    texts += [one.name for one in guide.distortions]
    assert [text for text in texts if squeezed(getattr(text, language)) not in told] == []
    assert all(squeezed(source) in told for source in guide.sources)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(packaged_conditions()))
def test_every_condition_is_explained(name: str, language: Language) -> None:
    told = shown(name, "--language", language)
    condition = packaged_conditions()[name]
    assert squeezed(condition.description[language]) in squeezed(told)
    strong = [axis for axis in AXES if getattr(condition.profile, axis)]
    assert all(axis in told for axis in strong)
    assert condition.profile.pattern in told


def test_as_data() -> None:
    everything = json.loads(shown("--json"))
    assert [axis["id"] for axis in everything["axes"]] == list(AXES)
    assert [condition["name"] for condition in everything["conditions"]] == list(packaged_conditions())
    one = json.loads(shown("rupture", "--json", "--language", "zh"))
    assert one["profile"]["pattern"] == "rupture" and "补救" in one["over_time"]


def test_a_name_that_is_none_is_refused() -> None:
    for words, says in ((["worts"], "did you mean worst"), (["--language", "fr"], "allowed: en, zh")):
        done = hardseek("behaviours", *words)
        assert done.returncode == 2 and says in done.stderr

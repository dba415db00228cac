"""Building with a served model: what is kept of every answer, what faults cost, and that a rerun is the same."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from hardseek.cards.building import (
    Builder,
    BuildStopped,
    BuildStore,
    BuildTally,
    Said,
    Source,
    masked_source,
    seed_of,
    sift,
)
from hardseek.cards.building.provenance import provenance
from hardseek.cards.building.recipe import recipe_of, unlike
from hardseek.cards.building.summary import summary
from hardseek.chat import Endpoint
from hardseek.chat.client import ChatModel
from hardseek.errors import Refused
from servers import Answer, Asked, Server, completion, error
from servers.extracting import Extracted, extractor, is_extraction

STORIES = (
    "I lost my job in March and I have not told my wife. I drive to the library every single morning. I am so ashamed "
    "of myself that I cannot look at her. I tried to write her a letter and threw it away. I need some help with this.",
    "My father had a stroke and I look after him on my own now. I cannot sleep and I cry in the car. My brother lives "
    "abroad and I am angry with him. I gave up my own flat for this. I feel like I have no life left of my own.",
    "我上个月被裁员了，一直没敢跟爸妈说。我每天还是早上八点出门，在图书馆坐到晚上。我的存款只够撑三个月了。我觉得自己特别没用。我晚上怎么都睡不着。",
    "I failed my exams for the second time and I am thinking of leaving. I hide it from my parents and I hate that. "
    "I have no friends in this city at all. I sit in my room all day. I used to love this subject as a child.",
)  # fmt: skip


def endpoint(server: Server, **more: object) -> Endpoint:
    return Endpoint.model_validate({"base_url": server.base_url, "model": "m", "backoff": 0.001, "retries": 1, **more})


def begun(folder: Path) -> BuildStore:
    """Make a store of the stories, filtered."""
    folder.mkdir(exist_ok=True)
    store = BuildStore(folder, new=True)
    sources = [
        Source(f"s{place}", f"x, line {place}", "zh" if place == 2 else "en", (Said("seeker", story),))
        for place, story in enumerate(STORIES)
    ]
    store.begin([masked_source(source) for source in sources], {"recipe": {}})
    store.filtered(list(enumerate(sift(sources))))
    return store


def built(store: BuildStore, server: Server, **more: object) -> BuildTally:
    tally = BuildTally()

    async def run() -> None:
        model = ChatModel(endpoint(server, **more))
        try:
            await Builder(model, store, seed=7, tally=tally).run(lambda: False)
        finally:
            await model.close()

    asyncio.run(run())
    return tally


def contents(store: BuildStore) -> list[object]:
    """Return all that a build has come to, but for times."""
    return [
        store.rows("SELECT * FROM items ORDER BY number"), store.rows("SELECT * FROM cards ORDER BY number"),
        store.rows("SELECT * FROM fields ORDER BY number, place"),
        store.rows("SELECT number, step, answer, repaired, prompt, seed, tokens_in FROM answers ORDER BY 1, 2"),
    ]  # fmt: skip


def test_every_story_becomes_a_card_with_its_evidence_and_provenance(tmp_path: Path) -> None:
    with Server(extractor()) as server, begun(tmp_path / "b") as store:
        tally = built(store, server)
        assert (tally.planned, tally.built, tally.failed, tally.faulted) == (4, 4, 0, 0)
        assert server.count == 8
        cards = [each.card for each in store.cards()]
        assert [(card.id, card.language, card.category) for card in cards] == [
            ("s0", "en", "mood-low"), ("s1", "en", "mood-low"), ("s2", "zh", "mood-low"), ("s3", "en", "mood-low")
        ]  # fmt: skip
        for card, story in zip(cards, STORIES, strict=True):
            assert all(fact.text in story for fact in card.facts)
        told = provenance(store, next(iter(store.cards())))
        extract, category = told["answers"]
        assert (extract["prompt"], category["prompt"]) == ("extract.en@1", "category.en@1")
        assert extract["seed"] == seed_of(7, store.item(0).source, "extract")
        assert (extract["model"], extract["tokens_in"], extract["repaired"]) == ("served", 7, False)
        assert told["entries"][0]["quotes"][0] in STORIES[0]
        found = summary(store)
        assert (found.cards, found.waiting, found.rejected, found.used) == (4, 0, {}, (8, 56, 24, 0))


def test_requests_are_keyed_and_the_same_in_any_order(tmp_path: Path) -> None:
    def bodies(concurrency: int, name: str) -> list[bytes]:
        with Server(extractor()) as server, begun(tmp_path / name) as store:
            built(store, server, concurrency=concurrency)
            seeds = [asked.body["seed"] for asked in server.asked]
            assert len(set(seeds)) == len(seeds) == 8
            assert all(0 <= seed < 2**31 for seed in seeds)
            return sorted(asked.raw for asked in server.asked)

    assert bodies(1, "one") == bodies(8, "other")


def test_the_instructions_are_the_same_for_all_and_the_material_comes_last(tmp_path: Path) -> None:
    with Server(extractor()) as server, begun(tmp_path / "b") as store:
        built(store, server)
        sent = [asked.messages for asked in server.asked]
        # One Chinese and three English stories, two steps each.
        assert sorted(Counter(messages[0]["content"] for messages in sent).values()) == [1, 1, 3, 3]
        assert len({messages[1]["content"] for messages in sent}) == len(sent) == 8
        assert all([message["role"] for message in messages] == ["system", "user"] for messages in sent)


def test_evidence_that_was_not_said_is_rejected_and_counted(tmp_path: Path) -> None:
    def invent(asked: Asked, found: Extracted) -> Extracted:
        found["facts"][1]["quotes"] = ["I never said anything like it"]
        found["gender"] = {"quotes": ["as a man"], "value": "male"}
        return found

    with Server(extractor(invent)) as server, begun(tmp_path / "b") as store:
        built(store, server)
        # The Chinese story's two entries as well: an English quote and value are not said there.
        assert summary(store).rejected == {"evidence not said": 8}
        assert {each.card.gender for each in store.cards()} == {None}
        assert [field.rejected for field in store.fields(0) if field.name == "facts.2"] == ["evidence not said"]


def test_answers_that_cannot_be_read_fail_the_item_and_are_not_asked_for_again(tmp_path: Path) -> None:
    def broken(asked: Asked, found: Extracted) -> Extracted | Answer:
        return completion("I'd rather not.") if "stroke" in asked.messages[1]["content"] else found

    with Server(extractor(broken)) as server, begun(tmp_path / "b") as store:
        tally = built(store, server)
        assert (tally.built, tally.failed, tally.waiting) == (3, 1, 0)
        assert summary(store).failed == {"malformed": 1}
        # Two answers, the second to the repair, and what they took is kept.
        assert store.rows("SELECT answer, attempts, tokens_in FROM answers WHERE number = 1") == [(None, 2, 14)]
        asked = server.count
        assert built(store, server).planned == 0
        assert server.count == asked


def test_a_category_that_cannot_be_had_is_null_and_the_card_is_kept(tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        return extractor()(asked) if is_extraction(asked) else completion("none of these")

    with Server(script) as server, begun(tmp_path / "b") as store:
        assert built(store, server).built == 4
        assert {each.card.category for each in store.cards()} == {None}


@pytest.mark.parametrize(
    ("leaf", "confidence", "kept", "named"),
    [("grief", 0.5, None, None), ("mood-low", 0.49, None, "mood-low"), ("mood-low", 0.5, "mood-low", "mood-low"),
     (None, 0.9, None, None)],
)  # fmt: skip
def test_a_category_is_kept_where_the_model_is_sure(
    tmp_path: Path, leaf: str | None, confidence: float, kept: str | None, named: str | None
) -> None:
    def script(asked: Asked) -> Answer:
        answer = completion(json.dumps({"leaf": leaf, "confidence": confidence}))
        return extractor()(asked) if is_extraction(asked) else answer

    with Server(script) as server, begun(tmp_path / "b") as store:
        built(store, server)
        assert {(each.card.category, each.category) for each in store.cards()} == {(kept, named)}


def test_a_server_that_fails_leaves_the_item_waiting_and_the_next_time_goes_on_there(tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        ill = "stroke" in asked.messages[1]["content"] or not is_extraction(asked)
        return error(500) if ill else extractor()(asked)

    with Server(script) as server, begun(tmp_path / "b") as store, begun(tmp_path / "whole") as whole:
        tally = built(store, server)
        assert (tally.built, tally.faulted, tally.waiting) == (0, 4, 4)
        assert tally.why is not None and tally.why.startswith("server-error")
        assert Counter(item.stage for item in store.items("passed", "extracted")) == {"passed": 1, "extracted": 3}
        assert summary(store).faults == 4
        server.script = extractor()
        before = server.count
        assert built(store, server).built == 4
        assert server.count - before == 1 + 4  # what was extracted is not asked for again
        assert built(whole, server).built == 4
        assert contents(store) == contents(whole)


def test_a_server_that_is_not_there_is_given_up(tmp_path: Path) -> None:
    with Server(extractor()) as server:
        pass
    folder = tmp_path / "b"
    with begun(folder) as store:
        many = [Source(f"t{n}", "x", "en", (Said("seeker", STORIES[0]),)) for n in range(60)]
        with store.writing() as database:
            database.executemany(
                "INSERT INTO items VALUES (?, ?, 'x', 'en', ?, '{}', 'passed', NULL, NULL)",
                [(100 + n, one.id, json.dumps([{"who": "seeker", "text": STORIES[0]}])) for n, one in enumerate(many)],
            )
        tally = built(store, server, retries=0, concurrency=4)
        assert tally.waiting == tally.planned == 64
        assert 16 <= tally.faulted <= 16 + 4


def test_a_full_disk_stops_the_build_with_what_to_do(tmp_path: Path) -> None:
    with Server(extractor()) as server, begun(tmp_path / "b") as store:
        pages = store.rows("PRAGMA page_count")[0][0]
        store.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(
            BuildStopped, match=r"cannot be written: database or disk is full\. .* run the same command"
        ):
            built(store, server)


def test_a_folder_without_a_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"holds no build \(there is no build\.sqlite in it\)"):
        BuildStore(tmp_path)
    (tmp_path / "build.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(Refused, match="cannot be opened as a build"):
        BuildStore(tmp_path)


def test_another_model_source_or_seed_is_another_build() -> None:
    sources = [Source("s", "x", "en", (Said("seeker", STORIES[0]),))]
    one = Endpoint(base_url="http://a", model="m")
    kept = recipe_of(sources, one, seed=0, language=None)
    moved = Endpoint(base_url="http://b", model="m", retries=9, concurrency=2)
    assert unlike(kept, recipe_of(sources, moved, seed=0, language=None)) == []
    other = Endpoint(base_url="http://a", model="n")
    assert unlike(kept, recipe_of(sources, other, seed=1, language=None)) == [
        "model (there m, here n)", "seed (there 0, here 1)"
    ]  # fmt: skip
    (difference,) = unlike(kept, recipe_of(sources * 2, one, seed=0, language=None))
    assert difference.startswith("sources (there 1, ")

"""What all importers have in common."""

from hashlib import blake2b
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.interop import IMPORTERS, Imported, importer
from interop.interop_files import imported, read, write_lines

TALK = [{"role": "user", "content": "I am worn out."}]


def test_formats_are_known_by_name() -> None:
    assert list(IMPORTERS) == ["worst-case", "esc-eval", "esconv", "vera-mh", "messages"]
    assert all(importer(name).name == name and importer(name).description for name in IMPORTERS)


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"worstcase: no such format; allowed: .*\(did you mean worst-case\?\)"):
        importer("worstcase")


def test_a_missing_path_is_refused_at_once_with_the_nearest(tmp_path: Path) -> None:
    write_lines(tmp_path / "dialogues.jsonl", [{"messages": TALK}])

    with pytest.raises(
        Refused, match=r"dialogs\.jsonl: there is no such file or folder; did you mean .*dialogues\.jsonl"
    ):
        importer("messages").read(tmp_path / "dialogs.jsonl")


def test_the_id_is_a_hash_of_what_defines_the_dialogue(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"messages": TALK, "system": "s", "condition": "c", "card": "k"}])

    (item,) = imported(read("messages", path))

    assert item.dialogue.id == blake2b(b"messages\x1fs\x1fc\x1fk\x1f0", digest_size=16).hexdigest()


def test_dialogues_come_one_by_one(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"messages": TALK}, {"messages": "not a list"}])

    items = importer("messages").read(path)

    # The first is there before the second line, which is malformed, is read.
    assert isinstance(next(items), Imported)
    with pytest.raises(Refused, match="line 2"):
        next(items)


def test_links_are_named_by_their_own_place(tmp_path: Path) -> None:
    talk = {"profile": 1, "dialogue": [{"speaker": "seeker", "text": "我很累。"}]}
    store = write_lines(tmp_path / "blobs" / "0123.jsonl", [talk])
    link = tmp_path / "worst" / "alpha.jsonl"
    link.parent.mkdir()
    link.symlink_to(store)

    (item,) = imported(read("worst-case", link))

    assert (item.dialogue.system, item.dialogue.condition) == ("alpha", "worst")

"""`hardseek validate seeker`, as its users run it."""

import json
from pathlib import Path

from commands import hardseek


def test_it_prints_every_property_as_json(tmp_path: Path) -> None:
    done = hardseek("validate", "seeker", "--cards", "2", "--language", "en", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == {"properties", "signature"}
    assert "|cards:2@" in found["signature"]
    families = {made["name"].partition("/")[0] for made in found["properties"]}
    assert families == {"responsive", "controllable", "realistic", "repeatable", "diverse", "integrity"}
    for made in found["properties"]:
        assert {"name", "language", "value", "interval", "aim", "holds"} <= set(made)
        assert (made["aim"] is None or made["value"] is None) == (made["holds"] is None)
    pooled = [m for m in found["properties"] if m["name"] == "responsive/auc" and m["condition"] is None]
    assert pooled[0]["value"] > 0.9


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    done = hardseek("validate", "seeker", "--cards", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "at least one card" in done.stderr
    assert hardseek("validate", "seeker", "--language", "fr", cwd=tmp_path).returncode == 2

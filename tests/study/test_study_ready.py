"""What keeps a study from being served: what the template left. And what keeps a visitor from too much."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.study import Design, plan_text
from hardseek.study.database import Database
from hardseek.study.readiness import unready
from hardseek.study.web import create_app
from study.browsing import serving, study_file


def template(folder: Path, **changes: Any) -> Design:
    data = {**yaml.safe_load(packaged("hardseek.study", "template.yaml")), **changes}
    path = folder / "study.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return Design.read(path)


OWN = {"consent": "Our own text.", "contact": "us@example.org"}


def test_the_template_is_served_as_a_trial_alone(tmp_path: Path) -> None:
    design = template(tmp_path)
    assert [each.partition(":")[0] for each in unready(design.study)] == ["crisis", "consent", "contact"]
    with Database(tmp_path / "kept", design) as database:
        with pytest.raises(Refused, match=r"(?s)not ready for participants:.*12356.*--trial"):
            create_app(design, database)
        create_app(design, database, trial=True)


def test_crisis_resources_are_replaced_or_checked(tmp_path: Path) -> None:
    assert "988" in unready(template(tmp_path, **OWN).study)[0]
    assert unready(template(tmp_path, **OWN, checked="2026-11-21").study) == []
    own = {language: [{"name": "Ours", "contact": "call 5"}] for language in ("en", "zh")}
    assert unready(template(tmp_path, **OWN, crisis=own).study) == []
    old = yaml.safe_load(packaged("hardseek.study", "template.yaml"))["crisis"]["en"][1]
    mixed = {**own, "en": [*own["en"], old]}
    assert "116 123 are the template's" in unready(template(tmp_path, **OWN, crisis=mixed).study)[0]


def test_a_trial_says_so_on_every_page(tmp_path: Path) -> None:
    with serving(study_file(tmp_path), trial=True) as served:
        person = served.visitor()
        for page in (served.stranger().get("/"), person.get("/"), person.get("/help"), person.get("/no/such")):
            assert "A trial, for the study team alone." in page.text
    with serving(study_file(tmp_path)) as served:
        assert "A trial" not in served.visitor().get("/").text


def test_who_asks_for_too_many_pages_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardseek.study.web.site._PACE", 5)
    with serving(study_file(tmp_path)) as served:
        person, other = served.visitor("P01"), served.visitor("P02")
        pages = [person.get("/consent").status for _ in range(7)]
        assert pages[:4] == [200] * 4 and pages[-1] == 429
        assert "Nothing is lost." in person.get("/").text
        assert other.get("/").status == 200


def test_the_plan_hints_at_what_it_can_show(tmp_path: Path) -> None:
    # Two-sided paired t test, n = 34, d = 0.5: power 0.81; n = 33: 0.797 (G*Power's example values).
    text = plan_text(Design.read(study_file(tmp_path, participants=34)))
    assert "For 0.5 standard deviations it takes 34 participants." in text
    assert "if it is 0.50 standard deviations" in text or "if it is 0.49 standard deviations" in text
    three = ["balanced-helper", "early-adviser", "cheerleader"]
    assert "all 3 pairs of systems" in plan_text(Design.read(study_file(tmp_path, participants=6, systems=three)))
    assert "No hint" in plan_text(Design.read(study_file(tmp_path, participants=1)))

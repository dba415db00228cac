"""What has to be done to a study before participants come: what the template left to be replaced or checked."""

from functools import cache

from hardseek.documents import load, packaged
from hardseek.study.study import Study


def unready(study: Study) -> list[str]:
    """Say what is still as the template has it and must not reach participants; empty where nothing is."""
    given = _template()
    found = []
    known = {one for places in given.crisis.values() for one in places}
    left = [one.contact for places in study.crisis.values() for one in places if one in known]
    if left and study.checked is None:
        found.append(
            f"crisis: {', '.join(left)} are the template's examples; replace them, or make sure that each is right for "
            "your participants and say on which day (checked: 2026-01-31)"
        )
    for name in ("consent", "contact"):
        if getattr(study, name) == getattr(given, name):
            found.append(f"{name}: is the template's; write your own")
    return found


@cache
def _template() -> Study:
    return load(packaged("hardseek.study", "template.yaml"), Study, source="template.yaml")

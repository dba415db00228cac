"""axe-core (Deque, MPL-2.0), which finds what keeps people with disabilities from a page; fetched for tests alone.

One release is fetched from the npm registry once, checked against its digest and kept in the user's cache.
"""

import os
import shutil
import subprocess
import tarfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

from browsers.driving import Browser

_RELEASE: Final = "axe-core@4.10.3"
_DIGEST: Final = "0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292"
_PATIENCE: Final = 60
"""Seconds for the registry."""
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_GRAVE: Final = {"serious", "critical"}
_RUN: Final = """
const [rules, done] = arguments;
axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then((found) => done(found.violations));
"""


def serious(window: Browser) -> list[str]:
    """Return what is serious or critical about the page that a window shows: `impact rule: what (where)`.

    Rules are those of WCAG 2.2, A and AA, and axe's best practice. The test is skipped where axe-core cannot be had.
    """
    window.run(f"{source()}; return 1")
    found: list[dict[str, Any]] = window.wait(_RUN, _RULES)
    return [
        f"{one['impact']} {one['id']}: {one['help']} ({', '.join(str(node['target'][0]) for node in one['nodes'])})"
        for one in found
        if one["impact"] in _GRAVE
    ]


@cache
def source() -> str:
    """Return the script; skips the test where it cannot be had."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hardseek-tests"
    kept = home / f"{_RELEASE}.tgz"
    if not kept.exists() or sha256(kept.read_bytes()).hexdigest() != _DIGEST:
        _fetch(kept)
    with tarfile.open(kept) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core is fetched with npm, and there is none")
    with TemporaryDirectory() as name:
        try:
            subprocess.run(
                [npm, "pack", _RELEASE, "--silent"], cwd=name, capture_output=True, check=True, timeout=_PATIENCE
            )
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"{_RELEASE} cannot be fetched from the npm registry: {type(error).__name__}")
        (archive,) = Path(name).glob("*.tgz")
        assert sha256(archive.read_bytes()).hexdigest() == _DIGEST, f"{_RELEASE} is not what it was"
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_name(f"{kept.name}.{os.getpid()}")
        shutil.copyfile(archive, part)
        part.replace(kept)

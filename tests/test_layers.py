"""A module imports from its left, never from its right: see the order of packages in the architecture."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import hardseek

ROOT: Final = Path(hardseek.__file__).parent
ORDER: Final = (
    {"", "errors", "language", "luck", "mistakes", "documents"},  # "" is the package itself, with its version
    {"chat"},
    {"cards"},
    {"seekers"},
    {"supporters"},
    {"dialogues"},
    {"judging"},
    {"runs"},
    {"interop", "analysis"},
    {"validity"},
    {"report", "training"},
    {"study"},
    {"cli"},
    {"__main__"},
)
LAYER: Final = {name: layer for layer, names in enumerate(ORDER) for name in names}
BASE: Final = ORDER[0]
MODULES: Final = sorted(ROOT.rglob("*.py"))


def imported(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Yield the lines and full names of all imports, wherever they stand: under conditions and in functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            name = ".".join([*above, *([node.module] if node.module else [])])
            # `from hardseek import cards` names the package in what it takes.
            yield from ((node.lineno, f"{name}.{alias.name}" if name == "hardseek" else name) for alias in node.names)


def package(name: str) -> str | None:
    """Return the first part below hardseek ("" for the package itself), None for other people's modules."""
    head, _, rest = name.partition(".")
    if head != "hardseek":
        return None
    first = rest.partition(".")[0].removeprefix("__init__")
    return first if first in LAYER or (ROOT / first).is_dir() or (ROOT / f"{first}.py").is_file() else ""


def wrong(source: str, module: str) -> list[str]:
    """Word the imports of a module that go to the right, or across."""
    home = package(module)
    assert home is not None
    found = []
    for line, name in imported(source, module):
        target = package(name)
        if target is None or target == home or {target, home} <= BASE:
            continue
        if home not in LAYER or target not in LAYER or LAYER[target] >= LAYER[home]:
            found.append(f"{module}, line {line}: {home or 'hardseek'} imports {name}")
    return found


def named(path: Path) -> str:
    return ".".join(["hardseek", *path.relative_to(ROOT).with_suffix("").parts])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_from_its_left(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8"), named(path)) == []


def test_every_package_has_its_place() -> None:
    packages = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in MODULES}
    assert packages - {"__init__"} <= set(LAYER)


@pytest.mark.parametrize(
    ("module", "source", "right"),
    [
        ("hardseek.runs.plan", "from hardseek.cards import RoleCard", True),
        ("hardseek.runs.plan", "import hardseek, json, polars", True),
        ("hardseek.runs.plan", "from hardseek.runs.digest import digest", True),
        ("hardseek.runs.plan", "from .digest import digest", True),
        ("hardseek.errors", "from hardseek.language import clean", True),
        ("hardseek.cards.card", "from hardseek.seekers import Part", False),
        ("hardseek.cards.card", "import hardseek.runs.plan", False),
        ("hardseek.cards.card", "from hardseek import runs", False),
        ("hardseek.cards.card", "from ..runs import plan", False),
        ("hardseek.cards.card", "def late():\n    from hardseek.cli import main", False),
        ("hardseek.cards.card", "if TYPE_CHECKING:\n    from hardseek.dialogues import Turn", False),
        ("hardseek.luck", "from hardseek.chat import Message", False),
        ("hardseek.interop.record", "from hardseek.analysis import drops", False),
        ("hardseek.analysis.drops", "from hardseek.interop import record", False),
    ],
)
def test_the_rule_itself(module: str, source: str, right: bool) -> None:
    assert (wrong(source, module) == []) == right

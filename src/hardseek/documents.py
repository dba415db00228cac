"""Files that people write: YAML read into a model, every mistake named with its place and the nearest valid name."""

from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from hardseek.errors import Refused
from hardseek.mistakes import explain, nearest

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
M = TypeVar("M")


class Document(BaseModel):
    """A model that is read from a file: frozen, and an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def packaged(package: str, *path: str) -> str:
    """Return the text of a data file that stands beside the module that reads it."""
    return files(package).joinpath(*path).read_text(encoding="utf-8")


def read(path: Path) -> str:
    """Return the text of a user's file; raises Refused when it is missing, a folder, or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise missing(path) from None
    except IsADirectoryError:
        raise Refused(f"{path}: a folder; give the path of a file") from None
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None


def missing(path: Path, what: str = "file") -> Refused:
    """Word that there is no such file or folder, with the name beside it that may have been meant."""
    beside = list(path.parent.iterdir()) if path.parent.is_dir() else []
    # By the name without its kind, which says little; of two that are called alike, the one of the same kind.
    by_stem = {other.stem: other for other in sorted(beside, key=lambda other: (other.suffix == path.suffix, other))}
    near = nearest(path.stem, by_stem)
    hint = f"; did you mean {path.with_name(by_stem[near].name)}?" if near else ""
    return Refused(f"{path}: there is no such {what}{hint}")


def load(text: str, model: type[M], *, source: str, folder: Path | None = None) -> M:
    """Read YAML into a model (any type pydantic knows).

    Args:
        text: the YAML.
        model: what it must be.
        source: how the text is called in messages, such as its path.
        folder: from which paths in the text are seen, for validators that read what they name.

    Raises:
        Refused: the text is not YAML, repeats a key, or does not fit the model; the message lists every mistake
            with its line, what was found, and what is allowed.
    """
    try:
        node, data = _parsed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise Refused(f"{source}, line {line}: not valid YAML: {error.problem or error}") from None
    except yaml.YAMLError as error:
        raise Refused(f"{source}: not valid YAML: {error}") from None
    _refuse_repeated_keys(node, source)
    try:
        return TypeAdapter(model).validate_python(data, context={"folder": folder})
    except ValidationError as error:
        raise Refused(explain(error, source=source, node=node, model=model)) from None


def _parsed(text: str) -> tuple[yaml.Node | None, object]:
    """Parse once for both: the nodes, which know their lines, and what they stand for."""
    loader = _LOADER(text)  # the safe one, in C where that was built
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_repeated_keys(node: yaml.Node | None, source: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise Refused(
                    f"{source}, line {line}: {key.value}: given twice (first on line {seen[key.value]}); keep one"
                )
            seen[key.value] = line
            _refuse_repeated_keys(value, source)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, source)

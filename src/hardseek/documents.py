"""Files that people write: YAML read into a model, every mistake named with its place and the nearest valid name."""

import difflib
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hardseek.errors import Refused

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place = tuple[str | int, ...]
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
        near = difflib.get_close_matches(path.name, _names_beside(path), n=1)
        hint = f"; did you mean {path.with_name(near[0])}?" if near else ""
        raise Refused(f"{path}: there is no such file{hint}") from None
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None


def load(text: str, model: type[M], *, source: str) -> M:
    """Read YAML into a model (any type pydantic knows).

    Args:
        text: the YAML.
        model: what it must be.
        source: how the text is called in messages, such as its path.

    Raises:
        Refused: the text is not YAML, repeats a key, or does not fit the model; the message lists every mistake
            with its line, what was found, and what is allowed.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506  (the safe loader, in C where that was built)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise Refused(f"{source}, line {line}: not valid YAML: {error.problem or error}") from None
    except yaml.YAMLError as error:
        raise Refused(f"{source}: not valid YAML: {error}") from None
    _refuse_repeated_keys(node, source)
    try:
        return TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        raise Refused(explain(error, source=source, node=node, model=model)) from None


def explain(error: ValidationError, *, source: str, node: yaml.Node | None = None, model: Any = None) -> str:
    """Word a validation error, one line a mistake: where, what was found, what is allowed, the nearest name."""
    return "\n".join(_mistake(detail, source, node, model) for detail in error.errors(include_url=False))


def _mistake(detail: ErrorDetails, source: str, node: yaml.Node | None, model: Any) -> str:
    found, place = _locate(node, detail["loc"])
    where = f"{source}, line {found.start_mark.line + 1}" if found is not None else source
    name = ".".join(str(part) for part in place) or "the file"
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        owner = _fields(model, detail["loc"][:-1])
        return f"{where}: {name}: no such field; {_allowed(str(place[-1]), owner)}"
    if kind == "missing":
        return f"{where}: {name}: missing, and it is required"
    if kind == "literal_error":
        options = [option.strip("'") for option in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return f"{where}: {name}: found {given!r}; {_allowed(str(given), options)}"
    if kind == "union_tag_invalid":
        options = [option.strip("'") for option in str(context["expected_tags"]).split(", ")]
        return f"{where}: {name}: found {context['tag']!r}; {_allowed(str(context['tag']), options)}"
    if kind == "value_error":
        return f"{where}: {name}: {context.get('error', detail['msg'])}"
    message = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return f"{where}: {name}: found {_short(given)}; it should be {message}"


def nearest(name: str, names: list[str]) -> str | None:
    """Return the valid name that is most like the given one, or None when none is near."""
    lowered = {option.lower(): option for option in names}
    near = difflib.get_close_matches(name.lower(), list(lowered), n=1, cutoff=0.5)
    return lowered[near[0]] if near else None


def _allowed(given: str, options: list[str]) -> str:
    near = nearest(given, options)
    hint = f" (did you mean {near}?)" if near else ""
    return f"allowed: {', '.join(options)}{hint}"


def _short(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004


def _locate(node: yaml.Node | None, loc: Place) -> tuple[yaml.Node | None, list[str | int]]:
    """Walk the YAML along a pydantic location; parts that are tags of a union have no node and are left out."""
    place: list[str | int] = []
    for depth, part in enumerate(loc):
        child = _child(node, part)
        if child is not None:
            node = child
            place.append(part)
        elif depth == len(loc) - 1:
            place.append(part)
    return node, place


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                # A scalar's line is its key's line; a block's first line may be the next one.
                return value if not isinstance(value, yaml.ScalarNode) else _marked(value, key)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]  # type: ignore[no-any-return]
    return None


def _marked(value: yaml.ScalarNode, key: yaml.Node) -> yaml.ScalarNode:
    return yaml.ScalarNode(value.tag, value.value, key.start_mark, value.end_mark)


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


def _fields(model: Any, loc: Place) -> list[str]:
    """List the fields that are allowed at a place of the model, following lists, unions and their tags."""
    candidates = _models(model)
    for part in loc:
        if isinstance(part, int):
            continue
        inner = [m for c in candidates if part in c.model_fields for m in _models(c.model_fields[part].annotation)]
        tagged = [c for c in candidates if part == c.__name__ or part in _tags(c)]
        candidates = inner or tagged or candidates
    return sorted({name for candidate in candidates for name in candidate.model_fields})


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    kind = model.model_fields.get("kind")
    return get_args(kind.annotation) if kind is not None and get_origin(kind.annotation) is Literal else ()


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in {Union, UnionType, list, tuple, dict} or hasattr(annotation, "__metadata__"):
        return [model for argument in get_args(annotation) for model in _models(argument)]
    return []


def _names_beside(path: Path) -> list[str]:
    return [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []

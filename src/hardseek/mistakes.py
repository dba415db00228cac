"""Mistakes in what people write, told with their place, what was found, what is allowed, and the nearest valid name."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]


def explain(error: ValidationError, *, source: str, node: yaml.Node | None = None, model: Any = None) -> str:
    """Word a validation error, one line a mistake: where, what was found, what is allowed, the nearest name."""
    details = error.errors(include_url=False)
    places = {detail["loc"] for detail in details}
    # A list of which an item is wrong also counts as too short; that is no second mistake.
    kept = [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(place[: len(detail["loc"])] == detail["loc"] != place for place in places)
    ]
    return "\n".join(_mistake(detail, source, node, model) for detail in kept)


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that stand there more than once, in their order as text."""
    given = list(names)
    return sorted({name for name in given if given.count(name) > 1})


def given_once(named: Mapping[str, Sequence[str]]) -> None:
    """See that no name is given twice; raises ValueError with the first kind of thing of which one is."""
    for what, names in named.items():
        if twice := repeated(names):
            raise ValueError(f"{what} given twice: {', '.join(twice)}; each needs a name of its own")


def _mistake(detail: ErrorDetails, source: str, node: yaml.Node | None, model: Any) -> str:
    found, place = _locate(node, detail["loc"])
    where = f"{source}, line {found.start_mark.line + 1}" if found is not None else source
    name = ".".join(str(part) for part in place) or "the file"
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        owner = _fields(model, detail["loc"][:-1])
        return f"{where}: {name}: no such field; {choices(str(place[-1]), owner)}"
    if kind == "missing":
        return f"{where}: {name}: missing, and it is required"
    if kind == "literal_error":
        options = [option.strip("'") for option in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return f"{where}: {name}: found {given!r}; {choices(str(given), options)}"
    if kind == "union_tag_invalid":
        options = [option.strip("'") for option in str(context["expected_tags"]).split(", ")]
        return f"{where}: {name}: found {context['tag']!r}; {choices(str(context['tag']), options)}"
    if kind == "value_error":
        return f"{where}: {name}: {context.get('error', detail['msg'])}"
    return f"{where}: {name}: found {_short(given)}; {_wanted(kind, detail)}"


_WANTED = {
    "tuple_type": "it should be a list",
    "list_type": "it should be a list",
    "dict_type": "it should be a mapping",
    "model_type": "it should be a mapping of fields",
    "too_short": "it needs at least one entry",
}


def _wanted(kind: str, detail: ErrorDetails) -> str:
    """Say what is allowed in place of what was found."""
    if kind == "string_pattern_mismatch":
        pattern = str(detail.get("ctx", {}).get("pattern"))
        return "it should begin with http:// or https://" if pattern == "^https?://" else f"it should match {pattern}"
    message = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return _WANTED.get(kind, f"it should be {message}")


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the valid name that is most like the given one, or None when none is near."""
    lowered = {option.lower(): option for option in names}
    near = difflib.get_close_matches(name.lower(), list(lowered), n=1, cutoff=0.5)
    return lowered[near[0]] if near else None


def did_you_mean(given: str, names: Iterable[str]) -> str:
    """Return ` (did you mean NAME?)` with the valid name that is most like the given one, or nothing."""
    near = nearest(given, names)
    return f" (did you mean {near}?)" if near else ""


def choices(given: str, names: Iterable[str], *, says: str = "allowed") -> str:
    """List the valid names, and say which of them may have been meant: `allowed: a, b (did you mean b?)`."""
    options = list(names)
    return f"{says}: {', '.join(options) or 'none'}{did_you_mean(given, options)}"


def _short(given: object) -> str:
    if isinstance(given, (dict, list, tuple)):  # what is inside may be long, or a key
        return "a mapping" if isinstance(given, dict) else f"a list of {len(given)}"
    text = "nothing" if given is None else repr(given)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004


def _locate(node: yaml.Node | None, loc: Place) -> tuple[yaml.Node | None, list[str | int]]:
    """Walk the YAML along a pydantic location; parts that are tags of a union have no node and are left out."""
    if node is None:
        return None, list(loc)
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

"""The shape of a structured answer: as a strict JSON Schema for the server, and in words for the model."""

import json
from functools import cache
from typing import Any, Final

import msgspec

_SCALARS: Final = {"string": "string", "integer": "whole number", "number": "number", "boolean": "true | false"}
_BOUNDS: Final = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
_JSON_TYPES: Final = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


@cache
def strict_schema(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the schema of a shape in the dialect of strict modes.

    Every object is closed and all its fields are required; references are written out; bounds and lengths are left
    out, as several servers refuse them (they are in the words, and are held against the answer here).

    Raises:
        TypeError: the shape cannot be asked for strictly: a field has a default, which would stand for what the model
            left out, or is a mapping or a tuple of fixed length.
    """
    (root,), named = msgspec.json.schema_components([shape])
    found: dict[str, Any] = _strict(root, named, shape.__name__)
    return found


@cache
def shape_in_words(shape: type[msgspec.Struct]) -> str:
    """Return the shape as an object with what each field may be in its place, bounds included."""
    (root,), named = msgspec.json.schema_components([shape])
    return _worded(root, named)


def _strict(schema: dict[str, Any], named: dict[str, Any], where: str) -> dict[str, Any]:
    schema = _resolved(schema, named)
    if "enum" in schema:
        types = list(dict.fromkeys(_JSON_TYPES[type(value)] for value in schema["enum"]))
        return {"type": types[0] if len(types) == 1 else types, "enum": schema["enum"]}
    if "anyOf" in schema:
        return {"anyOf": [_strict(option, named, where) for option in schema["anyOf"]]}
    if "properties" in schema:
        fields = schema["properties"]
        optional = [name for name in fields if name not in schema.get("required", ())]
        if optional:
            raise TypeError(f"{where}.{optional[0]} has a default; a field that is asked of a model has none")
        inner = {name: _strict(field, named, f"{where}.{name}") for name, field in fields.items()}
        return {"type": "object", "properties": inner, "required": list(fields), "additionalProperties": False}
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
        return {"type": "array", "items": _strict(schema["items"], named, f"{where}[]")}
    if schema.get("type") in {*_SCALARS, "null"}:
        return {"type": schema["type"]}
    raise TypeError(f"{where} is neither a scalar, a choice, a list nor a struct, and cannot be asked of a model")


def _worded(schema: dict[str, Any], named: dict[str, Any]) -> str:
    schema = _resolved(schema, named)
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_worded(option, named) for option in schema["anyOf"])
    if "properties" in schema:
        fields = (f'"{name}": {_worded(field, named)}' for name, field in schema["properties"].items())
        return f"{{{', '.join(fields)}}}"
    if schema["type"] == "array":
        return f"[{_worded(schema['items'], named)}, ...]"
    bounds = [f"{sign} {schema[bound]:g}" for bound, sign in _BOUNDS.items() if bound in schema]
    return " ".join([_SCALARS.get(schema["type"], schema["type"]), ", ".join(bounds)]).strip()


def _resolved(schema: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = named[schema["$ref"].rpartition("/")[2]]
    return schema

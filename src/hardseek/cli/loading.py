"""Commands that are loaded when they are asked for, so that none waits for what only others need."""

import ast
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup


class _Loaded(MutableMapping[str, Any]):
    """Commands by name, made from where they stand when one is looked up."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = dict(places)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module, _, attribute = self.places[name].partition(":")
            self._made[name] = _command(name, getattr(import_module(module), attribute))
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self.places[name], self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys([*self.places, *self._made])

    def __len__(self) -> int:
        return len(list(iter(self)))


def loading(places: Mapping[str, str], kind: type[TyperGroup] = TyperGroup) -> type[TyperGroup]:
    """Return a kind of group whose commands are loaded on demand, listed in this order.

    Args:
        places: `module:attribute` of each command's function, or of its group, by the command's name.
        kind: of the group otherwise.
    """

    class Loading(kind):  # type: ignore[valid-type, misc]
        """A group whose commands are loaded on demand."""

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.commands = _Loaded(places)

        def list_commands(self, ctx: Any) -> list[str]:
            """Return the commands in their order."""
            return list(self.commands)

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            """Say what each command does, in the first sentence of its docstring."""
            rows = [(name, _says(self.commands, name)) for name in self.commands]
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    return Loading


def _command(name: str, what: Any) -> Any:
    if isinstance(what, typer.Typer):
        group = typer.main.get_group(what)
        group.name = name
        return group
    alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    alone.command(name=name)(what)
    return typer.main.get_command(alone)


def _says(commands: _Loaded, name: str) -> str:
    """Return the first sentence of a command's help; it is read from the source, for nothing but that is wanted."""
    module, _, attribute = commands.places[name].partition(":")
    found = find_spec(module)
    source = Path(found.origin).read_text(encoding="utf-8") if found is not None and found.origin else ""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == attribute:
            said = ast.get_docstring(node) or ""
            break
    else:
        said = commands[name].help or ""
    return " ".join(said.split("\n\n")[0].split()).partition(". ")[0].removesuffix(".") + "."
